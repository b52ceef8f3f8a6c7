/**
 * Memory that several threads see: copies between it and Python's heap, waiting, and a ring of records.
 *
 * Python's memory is not shared, so each way over the boundary of a heap is one copy, made here:
 *
 *     Python A ──copy──> SharedArrayBuffer <──copy── Python B
 *                          │ no copy
 *                     JavaScript, workers, the GPU
 *
 * Python reaches this through bridge/shared/_javascript.py, which takes the page's module or the wheel's file.
 */

/** @typedef {{getBuffer(type: string): {data: Uint8Array, offset: number, release(): void}}} PythonBuffer */

/** Runs up to this many bytes are copied byte by byte: making a view of each costs more. */
const SHORT = 64;

/** How often to look where the browser has no Atomics.waitAsync (milliseconds). */
const POLL = 4;

/** Whether this thread may stop and wait; a page's main thread may not. */
function canBlock() {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0); // it holds 0, so this returns at once
    return true;
  } catch {
    return false;
  }
}

/**
 * Copies between a part of shared memory that lies in several pieces and a contiguous buffer of Python's.
 *
 * Each piece is a run of bytes. The loops, outermost first, each with a count and a step in bytes, lead from one run
 * to the next.
 *
 * @param {Uint8Array} shared
 * @param {PythonBuffer} python
 * @param {boolean} reads into Python's buffer, not out of it
 * @param {number} at where the first run begins
 * @param {number} run bytes in each
 * @param {number[]} loops count and step of each
 */
function move(shared, python, reads, at, run, ...loops) {
  const [count = 1, step = 0] = loops.splice(-2); // the innermost
  const size = loops.reduce((product, number, i) => (i % 2 ? product : product * number), run * count);
  const done = loops.map(() => 0);
  const buffer = python.getBuffer("u8");
  try {
    const heap = buffer.data.subarray(buffer.offset, buffer.offset + size);
    for (let there = 0; there < size; there += run * count) {
      if (reads) pieces(heap, there, run, shared, at, step, run, count);
      else pieces(shared, at, step, heap, there, run, run, count);
      for (let i = loops.length - 2; i >= 0; i -= 2) {
        const most = /** @type {number} */ (loops[i]);
        const by = /** @type {number} */ (loops[i + 1]);
        at += by;
        done[i] = /** @type {number} */ (done[i]) + 1;
        if (/** @type {number} */ (done[i]) < most) break;
        done[i] = 0;
        at -= by * most;
      }
    }
  } finally {
    buffer.release();
  }
}

/**
 * @param {Uint8Array} to
 * @param {number} at
 * @param {number} toStep
 * @param {Uint8Array} from
 * @param {number} start
 * @param {number} fromStep
 * @param {number} run
 * @param {number} count
 */
function pieces(to, at, toStep, from, start, fromStep, run, count) {
  for (let piece = 0; piece < count; piece++, at += toStep, start += fromStep) {
    if (run > SHORT) to.set(from.subarray(start, start + run), at);
    else for (let i = 0; i < run; i++) to[at + i] = /** @type {number} */ (from[start + i]);
  }
}

/**
 * One of the operations of `Atomics`. Python's small numbers come as Number also where a BigInt is wanted.
 *
 * @param {"add" | "sub" | "and" | "or" | "xor" | "exchange" | "compareExchange" | "load" | "store"} name
 * @param {any} array
 * @param {number} index
 * @param {(number | bigint)[]} values
 * @returns {number | bigint}
 */
function atomic(name, array, index, ...values) {
  const large = array instanceof BigInt64Array || array instanceof BigUint64Array;
  const operation = /** @type {(array: any, index: number, ...values: any[]) => any} */ (Atomics[name]);
  return operation(array, index, ...(large ? values.map(BigInt) : values));
}

/**
 * Stops this thread until it is notified, until the value is another one, or for a time.
 *
 * @param {any} array an Int32Array or BigInt64Array
 * @param {number} index
 * @param {number | bigint} value
 * @param {number} milliseconds
 * @returns {boolean} whether it ended before the time was over
 */
function wait(array, index, value, milliseconds) {
  return Atomics.wait(array, index, expected(array, value), milliseconds) !== "timed-out";
}

/**
 * The same without stopping. What is given up still stands in the browser's queue of those who wait, so it hands
 * on the notification that it takes away from somebody else.
 *
 * @param {any} array an Int32Array or BigInt64Array
 * @param {number} index
 * @param {number | bigint} value
 * @param {number} milliseconds
 * @returns {{ended: Promise<boolean>, giveUp(): void}}
 */
function waitAsync(array, index, value, milliseconds) {
  const asked = /** @type {any} */ (Atomics).waitAsync?.(array, index, expected(array, value), milliseconds);
  let isGivenUp = false;
  /** @param {string} outcome */
  const end = (outcome) => {
    if (isGivenUp && outcome === "ok") Atomics.notify(array, index, 1);
    return outcome !== "timed-out";
  };
  const poll = () => polled(array, index, expected(array, value), milliseconds, () => isGivenUp);
  return { ended: (asked ? Promise.resolve(asked.value) : poll()).then(end), giveUp: () => (isGivenUp = true) };
}

/**
 * Looks at the value again and again; a notification without a change is missed.
 *
 * @param {any} array
 * @param {number} index
 * @param {number | bigint} value
 * @param {number} milliseconds
 * @param {() => boolean} isGivenUp
 */
async function polled(array, index, value, milliseconds, isGivenUp) {
  const end = performance.now() + milliseconds;
  while (Atomics.load(array, index) === value) {
    if (isGivenUp() || performance.now() >= end) return "timed-out";
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
  return "not-equal";
}

/**
 * @param {any} array
 * @param {number | bigint} value
 * @returns {any}
 */
function expected(array, value) {
  return array instanceof BigInt64Array ? BigInt(value) : Number(value);
}

/** In place of a length: the rest up to the end is empty, the next record stands at the beginning. */
const SKIP = 0xffffffff;

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
 */
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

const shared = { Ring, atomic, canBlock, move, wait, waitAsync };

export { shared };
