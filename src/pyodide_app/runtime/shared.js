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
 * Copies between shared memory and the whole of a contiguous buffer of Python's.
 *
 * In shared memory the bytes lie in runs. The loops, outermost first, each with a count and a step in bytes, lead
 * from one run to the next; without loops there is one run.
 *
 * @param {Uint8Array} shared
 * @param {PythonBuffer} python
 * @param {boolean} reads into Python's buffer, not out of it
 * @param {number} at where the first run begins
 * @param {number} run bytes in each
 * @param {number[]} loops count and step of each
 */
function move(shared, python, reads, at, run, ...loops) {
  const buffer = python.getBuffer("u8");
  try {
    const size = loops.reduce((product, number, i) => (i % 2 ? product : product * number), run);
    const heap = buffer.data.subarray(buffer.offset, buffer.offset + size);
    const done = loops.map(() => 0);
    for (let there = 0; there < size; there += run) {
      if (reads) copy(heap, there, shared, at, run);
      else copy(shared, at, heap, there, run);
      for (let i = loops.length - 2; i >= 0; i -= 2) {
        const count = loops[i] ?? 0;
        const step = loops[i + 1] ?? 0;
        const passed = (done[i] ?? 0) + 1;
        at += step;
        if (passed < count) {
          done[i] = passed;
          break;
        }
        done[i] = 0;
        at -= step * count;
      }
    }
  } finally {
    buffer.release();
  }
}

/**
 * @param {Uint8Array} to
 * @param {number} at
 * @param {Uint8Array} from
 * @param {number} start
 * @param {number} length
 */
function copy(to, at, from, start, length) {
  if (length > SHORT) to.set(from.subarray(start, start + length), at);
  else for (let i = 0; i < length; i++) to[at + i] = /** @type {number} */ (from[start + i]);
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

/**
 * A ring of records between one writer and one reader. Its memory:
 *
 *     words  [0] written   bytes since the beginning, modulo 2³²; only the writer changes it
 *            [1] taken     the same for the reader. written - taken bytes are in the ring
 *            [2] the writer's state  0: open, 1: closed, 2: broken off
 *            [3] the reader's state
 *            [4] changes by the writer: a record came, or its state changed. Who finds nothing waits on this
 *            [5] changes by the reader
 *            [6] who writes  0: nobody yet
 *            [7] who reads
 *     bytes  from 64 on: records, each four bytes of length, then its bytes, filled up to a multiple of four. What
 *            passes the end goes on at the beginning; the size is a power of two, so that 2³² is a multiple of it
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
    /** The other side's changes when this side last looked. */
    this.seen = 0;
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
   * Ends a side, if it is still open, and wakes the other one.
   *
   * @param {0 | 1} side
   * @param {1 | 2} state
   * @param {number} who ends it only if it is theirs; zero: in any case
   */
  end(side, state, who) {
    if (who && Atomics.load(this.words, 6 + side) !== who) return;
    if (Atomics.compareExchange(this.words, 2 + side, 0, state) === 0) this.tell(side);
  }

  /** @param {0 | 1} side */
  state(side) {
    return Atomics.load(this.words, 2 + side);
  }

  /**
   * @param {PythonBuffer} record
   * @param {number} length
   * @returns {boolean} false: there is no room, wait for a change by the reader
   */
  write(record, length) {
    this.seen = Atomics.load(this.words, 5);
    const written = Atomics.load(this.words, 0) >>> 0;
    const taken = Atomics.load(this.words, 1) >>> 0;
    const room = this.bytes.length - ((written - taken) >>> 0);
    if (room < padded(length)) return false;
    for (let i = 0; i < 4; i++) this.bytes[this.place(written + i)] = length >>> (8 * i);
    if (length) this.copy(record, written + 4, length, false);
    Atomics.store(this.words, 0, (written + padded(length)) | 0);
    this.tell(0);
    return true;
  }

  /** The next record's length; -1: there is none yet, wait for a change by the writer. */
  next() {
    this.seen = Atomics.load(this.words, 4);
    const taken = Atomics.load(this.words, 1) >>> 0;
    if (Atomics.load(this.words, 0) >>> 0 === taken) return -1;
    let length = 0;
    for (let i = 0; i < 4; i++) length |= (this.bytes[this.place(taken + i)] ?? 0) << (8 * i);
    return length >>> 0;
  }

  /**
   * Takes the next record out.
   *
   * @param {PythonBuffer} into
   * @param {number} length what `next` has said
   */
  take(into, length) {
    const taken = Atomics.load(this.words, 1) >>> 0;
    if (length) this.copy(into, taken + 4, length, true);
    Atomics.store(this.words, 1, (taken + padded(length)) | 0);
    this.tell(1);
  }

  /**
   * @param {PythonBuffer} python
   * @param {number} from a count of bytes since the beginning
   * @param {number} length
   * @param {boolean} reads
   */
  copy(python, from, length, reads) {
    const at = this.place(from);
    const first = Math.min(length, this.bytes.length - at);
    const buffer = python.getBuffer("u8");
    try {
      const heap = buffer.data.subarray(buffer.offset, buffer.offset + length);
      if (reads) {
        heap.set(this.bytes.subarray(at, at + first));
        heap.set(this.bytes.subarray(0, length - first), first);
      } else {
        this.bytes.set(heap.subarray(0, first), at);
        this.bytes.set(heap.subarray(first), 0);
      }
    } finally {
      buffer.release();
    }
  }

  /** @param {number} count */
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
