/**
 * A ring of records between one writer and one reader. Its memory:
 *
 *     words  [0] written   bytes since the beginning, modulo 2³²; only the writer changes it
 *            [1] taken     the same for the reader. written - taken bytes are in the ring
 *            [2] the writer's state  0: open, 1: closed, 2: broken off
 *            [3] the reader's state
 *            [4] changes by the writer: a record came, or a state changed. Who finds nothing waits on this
 *            [5] changes by the reader: there is room, or a state changed
 *            [6] who writes  0: nobody yet
 *            [7] who reads
 *     bytes  from 64 on: records, each four bytes of length, then its bytes, filled up to a multiple of four. They
 *            are never cut: where one does not fit before the end, SKIP stands, and it begins anew. So none may be
 *            larger than half of this. The size is a power of two, so that 2³² is a multiple of it
 *
 * Each side counts its changes after it has made them, and looks at the other side's count before it looks at what
 * there is: so none is missed between looking and waiting.
 *
 * This file stands alone: bridge/_javascript.py can also run it from the wheel.
 */

/** In place of a length: the rest up to the end is empty, the next record stands at the beginning. */
const SKIP = 0xffffffff;

class Ring {
  /** How many bytes come before the records. */
  static HEAD = 64;

  /** @param {SharedArrayBuffer} memory */
  constructor(memory) {
    this.words = new Int32Array(memory, 0, Ring.HEAD / 4);
    this.bytes = new Uint8Array(memory, Ring.HEAD);
    this.lengths = new Uint32Array(memory, Ring.HEAD);
    /** The other side's changes when this side last looked. */
    this.seen = 0;
  }

  /** The largest record. */
  get most() {
    return this.bytes.length / 2 - 4;
  }

  /**
   * Takes a side for somebody, who alone may use it from then on.
   *
   * @param {0 | 1} side 0: the writer's
   * @param {number} who not zero
   * @returns {boolean} false if it is somebody else's
   */
  claim(side, who) {
    const before = Atomics.compareExchange(this.words, 6 + side, 0, who);
    return before === 0 || before === who;
  }

  /**
   * Ends a side, if it is still open, and wakes whoever waits.
   *
   * @param {0 | 1} side
   * @param {1 | 2} state
   * @param {number} who ends it only if it is theirs; zero: in any case
   */
  end(side, state, who) {
    if (who && Atomics.load(this.words, 6 + side) !== who) return;
    if (Atomics.compareExchange(this.words, 2 + side, 0, state) !== 0) return;
    this.tell(0); // both: somebody may wait at this very side
    this.tell(1);
  }

  /** @param {0 | 1} side */
  state(side) {
    return Atomics.load(this.words, 2 + side);
  }

  /**
   * Where to write a record; `written` then hands it over.
   *
   * @param {number} length at most `most`
   * @returns {Uint8Array | undefined} undefined: a side is closed, or the reader has to make room first
   */
  room(length) {
    this.seen = Atomics.load(this.words, 5);
    if (this.state(0) || this.state(1)) return undefined;
    const written = Atomics.load(this.words, 0);
    const used = (written - Atomics.load(this.words, 1)) >>> 0;
    const place = this.place(written);
    const size = padded(length);
    const rest = this.bytes.length - place;
    const skipped = size > rest ? rest : 0;
    if (skipped + size > this.bytes.length - used) return undefined;
    if (skipped) {
      this.lengths[place / 4] = SKIP;
      Atomics.store(this.words, 0, (written + skipped) | 0); // the reader passes over it by itself
    }
    const start = (skipped ? 0 : place) + 4;
    return this.bytes.subarray(start, start + length);
  }

  /** @param {number} length */
  written(length) {
    const written = Atomics.load(this.words, 0);
    this.lengths[this.place(written) / 4] = length;
    Atomics.store(this.words, 0, (written + padded(length)) | 0);
    this.tell(0);
  }

  /**
   * The next record where it lies; `taken` then makes room.
   *
   * @returns {Uint8Array | undefined} undefined: there is none yet, or the reader is closed
   */
  next() {
    this.seen = Atomics.load(this.words, 4);
    if (this.state(1)) return undefined;
    const end = Atomics.load(this.words, 0);
    let taken = Atomics.load(this.words, 1);
    if (taken !== end && this.lengths[this.place(taken) / 4] === SKIP) {
      taken = (taken + this.bytes.length - this.place(taken)) | 0;
      Atomics.store(this.words, 1, taken);
    }
    if (taken === end) return undefined;
    const place = this.place(taken);
    return this.bytes.subarray(place + 4, place + 4 + /** @type {number} */ (this.lengths[place / 4]));
  }

  /** The record that `next` has given is not needed any more. */
  taken() {
    const taken = Atomics.load(this.words, 1);
    const length = /** @type {number} */ (this.lengths[this.place(taken) / 4]);
    Atomics.store(this.words, 1, (taken + padded(length)) | 0);
    this.tell(1);
  }

  /** @param {number} count of bytes since the beginning */
  place(count) {
    return count & (this.bytes.length - 1);
  }

  /** @param {0 | 1} side */
  tell(side) {
    Atomics.add(this.words, 4 + side, 1);
    Atomics.notify(this.words, 4 + side);
  }
}

/** The bytes that a record takes in the ring. @param {number} length */
function padded(length) {
  return 4 + Math.ceil(length / 4) * 4;
}

export { Ring };
