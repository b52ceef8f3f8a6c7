/**
 * A picture of memory without its empty pages, which are most of it: a third is to be read at the next visit.
 *
 *     size  number of runs  (first page, pages) for each run        numbers of 32 bits
 *     the bytes of those pages, one run after the other
 */

const PAGE = 4096; // bytes

/** @param {Uint8Array} memory @returns {Uint8Array<ArrayBuffer>} */
export function withoutEmptyPages(memory) {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, Math.floor(memory.length / 4));
  /** @type {[first: number, count: number][]} */
  const runs = [];
  let pages = 0;
  for (let page = 0; page * PAGE < memory.length; page++) {
    if (isEmpty(words, page)) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === page) last[1] += 1;
    else runs.push([page, 1]);
    pages += 1;
  }
  const head = new Uint32Array([memory.length, runs.length, ...runs.flat()]);
  const packed = new Uint8Array(head.byteLength + pages * PAGE);
  packed.set(new Uint8Array(head.buffer));
  let at = head.byteLength;
  for (const [first, count] of runs) {
    packed.set(memory.subarray(first * PAGE, (first + count) * PAGE), at);
    at += count * PAGE;
  }
  return packed;
}

/** The memory again. @param {ArrayBuffer} packed */
export function withEmptyPages(packed) {
  const [size, count] = /** @type {[number, number]} */ (/** @type {unknown} */ (new Uint32Array(packed, 0, 2)));
  const runs = new Uint32Array(packed, 8, 2 * count);
  const memory = new Uint8Array(Math.ceil(size / PAGE) * PAGE);
  let at = 8 + runs.byteLength;
  for (let run = 0; run < runs.length; run += 2) {
    const [first, pages] = /** @type {[number, number]} */ (/** @type {unknown} */ (runs.subarray(run, run + 2)));
    memory.set(new Uint8Array(packed, at, pages * PAGE), first * PAGE);
    at += pages * PAGE;
  }
  return memory.subarray(0, size);
}

/** Whether it is whole, and nothing in it. @param {Uint32Array} words @param {number} page */
function isEmpty(words, page) {
  const end = ((page + 1) * PAGE) / 4;
  for (let at = (page * PAGE) / 4; at < end; at++) if (words[at] !== 0) return false;
  return true;
}
