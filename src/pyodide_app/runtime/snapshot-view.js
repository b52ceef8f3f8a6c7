/**
 * What Pyodide gets as its picture of memory, before that is here: at first it asks only how large the memory is, and
 * makes its program ready, which takes about as long as to read the picture. In the end it copies what it got over the
 * memory; and here the picture is written to where it belongs, instead of being made whole and copied.
 */

import { unpack } from "./snapshot-pages.js";

export class SnapshotView extends Uint8Array {
  #size;
  #memory;
  /** @type {import("./snapshot-pages.js").Picture | undefined} */
  #picture;
  /** @type {unknown} */
  #failure = new Error("The picture of the memory is not here.");

  /** Settles when the picture is here, or cannot be had: then whoever looks into this hears why. */
  arrived;

  /**
   * @param {number} size of the memory (bytes)
   * @param {Promise<ArrayBuffer>} packed
   * @param {() => ArrayBuffer} memory the program's
   */
  constructor(size, packed, memory) {
    super();
    this.#size = size;
    this.#memory = memory;
    this.arrived = packed.then(unpack).then(
      (picture) => void (this.#picture = picture),
      (error) => void (this.#failure = error),
    );
  }

  get #here() {
    if (!this.#picture) throw this.#failure;
    return this.#picture;
  }

  get length() {
    return this.#size;
  }

  get buffer() {
    return this.#here.head.buffer;
  }

  get byteOffset() {
    return this.#here.head.byteOffset;
  }

  get byteLength() {
    return this.#here.head.byteLength;
  }

  /**
   * A part of the head; from where the memory begins, nothing: it is in its place then, and the picture let go, since
   * Pyodide keeps this.
   *
   * @param {number} begin
   * @param {number} [end]
   */
  subarray(begin, end) {
    if (end !== undefined) return this.#here.head.subarray(begin, end);
    this.#here.restore(this.#memory());
    this.#picture = undefined;
    return new Uint8Array();
  }
}
