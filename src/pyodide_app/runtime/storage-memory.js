/** Blocks in memory. */

export class MemoryDevice {
  /** @type {Map<number, Uint8Array>} */
  blocks = new Map();

  /** @param {number} blockSize bytes */
  constructor(blockSize) {
    this.blockSize = blockSize;
  }

  /** @param {number} block @param {number} start @param {Uint8Array} into */
  read(block, start, into) {
    this.#each(block, start, into, (part, bytes) => bytes.set(part));
  }

  /** @param {number} block @param {number} start @param {Uint8Array} bytes */
  write(block, start, bytes) {
    this.#each(block, start, bytes, (part, written) => part.set(written));
  }

  /**
   * @param {number} block
   * @param {number} start
   * @param {Uint8Array} bytes
   * @param {(part: Uint8Array, bytes: Uint8Array) => void} copy between part of a block and part of the bytes
   */
  #each(block, start, bytes, copy) {
    for (let done = 0; done < bytes.length; block++, start = 0) {
      const whole = this.blocks.get(block) ?? new Uint8Array(this.blockSize);
      this.blocks.set(block, whole);
      const count = Math.min(bytes.length - done, this.blockSize - start);
      copy(whole.subarray(start, start + count), bytes.subarray(done, done + count));
      done += count;
    }
  }
}
