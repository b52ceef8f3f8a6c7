/**
 * A picture of memory without its empty pages, which are most of it: a third is to be read at the next visit.
 *
 *     sizes of the memory and of the head, number of runs, (first page, pages) for each run    numbers of 32 bits
 *     the head: what Pyodide puts before the memory
 *     the bytes of those pages, one run after the other
 */

const PAGE = 4096; // bytes; a WebAssembly memory has whole ones

/**
 * @param {Uint8Array<ArrayBuffer>} picture what Pyodide makes: its head, then the memory
 * @param {number} size of the memory (bytes)
 */
export function pack(picture, size) {
  const head = picture.subarray(0, picture.length - size);
  const memory = picture.subarray(head.length);
  const words = new Uint32Array(memory.buffer, memory.byteOffset, size / 4);
  /** @type {[first: number, count: number][]} */
  const runs = [];
  let pages = 0;
  for (let page = 0; page * PAGE < size; page++) {
    if (isEmpty(words, page)) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === page) last[1] += 1;
    else runs.push([page, 1]);
    pages += 1;
  }
  const index = new Uint8Array(new Uint32Array([size, head.length, runs.length, ...runs.flat()]).buffer);
  const packed = new Uint8Array(index.length + head.length + pages * PAGE);
  packed.set(index);
  packed.set(head, index.length);
  let at = index.length + head.length;
  for (const [first, count] of runs) {
    packed.set(memory.subarray(first * PAGE, (first + count) * PAGE), at);
    at += count * PAGE;
  }
  return packed;
}

/** @typedef {ReturnType<typeof unpack>} Picture */

/** @param {ArrayBuffer} packed */
export function unpack(packed) {
  const [, size, count] = /** @type {[number, number, number]} */ (
    /** @type {unknown} */ (new Uint32Array(packed, 0, 3))
  );
  const runs = new Uint32Array(packed, 12, 2 * count);
  return {
    head: new Uint8Array(packed, 12 + runs.byteLength, size),
    /**
     * Makes this the content of a memory.
     *
     * @param {ArrayBuffer} memory in which something else may be by now
     */
    restore(memory) {
      const bytes = new Uint8Array(memory);
      const words = new Uint32Array(memory);
      let at = 12 + runs.byteLength + size;
      let done = 0;
      for (let run = 0; run < runs.length; run += 2) {
        const [first, pages] = /** @type {[number, number]} */ (/** @type {unknown} */ (runs.subarray(run, run + 2)));
        clear(words, done, first);
        bytes.set(new Uint8Array(packed, at, pages * PAGE), first * PAGE);
        at += pages * PAGE;
        done = first + pages;
      }
      clear(words, done, memory.byteLength / PAGE);
    },
  };
}

/** Writes only where that is needed: to write to a new page costs more than to look. */
function clear(/** @type {Uint32Array} */ words, /** @type {number} */ from, /** @type {number} */ to) {
  for (let page = from; page < to; page++) {
    if (!isEmpty(words, page)) words.fill(0, (page * PAGE) / 4, ((page + 1) * PAGE) / 4);
  }
}

/** @param {Uint32Array} words @param {number} page */
function isEmpty(words, page) {
  const end = ((page + 1) * PAGE) / 4;
  for (let at = (page * PAGE) / 4; at < end; at++) if (words[at] !== 0) return false;
  return true;
}
