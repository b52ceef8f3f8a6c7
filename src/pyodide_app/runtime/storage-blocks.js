/**
 * The bytes of files, in numbered blocks of a device; a block that was saved is never overwritten.
 *
 *     a file  [7, 8, -1, 3]        its blocks in their order; -1 is a hole, which has only zeros
 *              │  │      └──────┐
 *     device  ┄7┄┄8┄┄┄┄ 3 ┄┄┄┄┄┄┘  blocks of a fixed size, in a file or in memory
 *
 * A write into a saved block goes to a free one, which takes its place in the list. The saved one is free again when
 * a list without it has been saved: see Volume.
 */

/**
 * @typedef {object} Device
 * @property {number} blockSize bytes
 * @property {(block: number, start: number, into: Uint8Array) => void} read on into the blocks that follow
 * @property {(block: number, start: number, bytes: Uint8Array) => void} write the same; raises, if there is no room
 */

export const HOLE = -1;

export class Blocks {
  /** @type {number[]} */
  #free = [];
  #fresh = new Set(); // written since the last saving, so they may be overwritten
  /** @type {number[]} */
  #released = []; // the last saving still names them

  /** @param {Device} device @param {Set<number>} used @param {number} first that may be used */
  constructor(device, used, first) {
    this.device = device;
    this.size = device.blockSize;
    this.end = first; // the first block that was never used
    for (const block of used) this.end = Math.max(this.end, block + 1);
    for (let block = this.end - 1; block >= first; block--) if (!used.has(block)) this.#free.push(block);
  }

  /** From now on all blocks are taken as saved. @returns {number[]} those that are free once they are */
  take() {
    this.#fresh.clear();
    return this.#released.splice(0);
  }

  /** It was not saved: they stay. @param {number[]} released as `take` gave them */
  putBack(released) {
    this.#released.push(...released);
  }

  /** @param {number[]} blocks that nothing saved names */
  release(blocks) {
    for (const block of blocks) {
      this.#fresh.delete(block);
      this.#free.push(block);
    }
  }

  /** @param {number[]} blocks that a file no longer has */
  drop(blocks) {
    for (const block of blocks) {
      if (this.#fresh.has(block)) this.release([block]);
      else if (block !== HOLE) this.#released.push(block);
    }
  }

  /** @param {number[]} file @param {Uint8Array} into @param {number} position within the file, as all of `into` is */
  read(file, into, position) {
    for (let done = 0; done < into.length; ) {
      const index = Math.floor((position + done) / this.size);
      const start = (position + done) % this.size;
      let count = 1;
      while (count * this.size - start < into.length - done && follows(file, index, count)) count++;
      const part = into.subarray(done, Math.min(into.length, done + count * this.size - start));
      const block = /** @type {number} */ (file[index]);
      if (block === HOLE) part.fill(0);
      else this.device.read(block, start, part);
      done += part.length;
    }
  }

  /**
   * Writes over what is there: all of it, or it raises and nothing has changed.
   *
   * @param {number[]} file that is long enough
   * @param {Uint8Array} bytes
   * @param {number} position
   * @returns {number[]} the indices at which it has other blocks now
   */
  write(file, bytes, position) {
    const first = Math.floor(position / this.size);
    const last = Math.ceil((position + bytes.length) / this.size);
    const inPlace = [];
    /** @type {[index: number, block: number][]} */
    const moved = [];
    try {
      // What can fail comes first.
      for (let index = first; index < last; index++) {
        if (this.#fresh.has(file[index])) {
          inPlace.push(index);
          continue;
        }
        const count = this.#whole(file, index, last, bytes, position);
        const block = this.#allocate(count);
        for (let i = 0; i < count; i++) moved.push([index + i, block + i]);
        this.device.write(block, 0, this.#content(file, index, count, bytes, position));
        index += count - 1;
      }
    } catch (error) {
      this.release(moved.map(([, block]) => block));
      throw error;
    }
    for (const index of inPlace) {
      const [from, to] = this.#span(index, bytes, position);
      this.device.write(/** @type {number} */ (file[index]), (position + from) % this.size, bytes.subarray(from, to));
    }
    for (const [index, block] of moved) {
      this.drop([/** @type {number} */ (file[index])]);
      file[index] = block;
      this.#fresh.add(block);
    }
    return moved.map(([index]) => index);
  }

  /**
   * How many blocks from this one on can be written at once: those that are written whole, to where none was before.
   *
   * @param {number[]} file
   * @param {number} index
   * @param {number} last
   * @param {Uint8Array} bytes
   * @param {number} position
   */
  #whole(file, index, last, bytes, position) {
    if (this.#free.length > 0) return 1; // free blocks may lie anywhere
    let count = 0;
    while (index + count < last && !this.#fresh.has(file[index + count])) {
      const [from, to] = this.#span(index + count, bytes, position);
      if (to - from < this.size) break;
      count++;
    }
    return Math.max(count, 1);
  }

  /**
   * What blocks hold after a write: whole ones new bytes, others the old ones with new ones over them.
   *
   * @param {number[]} file
   * @param {number} index
   * @param {number} count
   * @param {Uint8Array} bytes
   * @param {number} position
   */
  #content(file, index, count, bytes, position) {
    const [from, to] = this.#span(index, bytes, position);
    if (to - from === this.size) return bytes.subarray(from, from + count * this.size);
    const mixed = new Uint8Array(this.size);
    const old = /** @type {number} */ (file[index]);
    if (old !== HOLE) this.device.read(old, 0, mixed);
    mixed.set(bytes.subarray(from, to), (position + from) % this.size);
    return mixed;
  }

  /** Which of the bytes go into a block. @param {number} index @param {Uint8Array} bytes @param {number} position */
  #span(index, bytes, position) {
    const at = index * this.size - position;
    return /** @type {const} */ ([Math.max(at, 0), Math.min(at + this.size, bytes.length)]);
  }

  /** @param {number} count one, or as many as follow each other @returns {number} the first */
  #allocate(count) {
    const block = count === 1 ? this.#free.pop() : undefined;
    if (block !== undefined) return block;
    this.end += count;
    return this.end - count;
  }
}

/** Whether the block so many places on lies right behind those before it. @param {number[]} file @param {number} index @param {number} count */
function follows(file, index, count) {
  const first = /** @type {number} */ (file[index]);
  return file[index + count] === (first === HOLE ? HOLE : first + count);
}
