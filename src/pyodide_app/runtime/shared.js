/**
 * Memory that several threads see: copies between it and Python's heap, single elements, waiting.
 *
 * Python's memory is not shared, so each way over the boundary of a heap is one copy, made here:
 *
 *     Python A ──copy──> SharedArrayBuffer <──copy── Python B
 *                          │ no copy
 *                     JavaScript, workers, the GPU
 *
 * Python reaches this through bridge/_javascript.py, which takes the page's module or the wheel's file.
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

const shared = { atomic, canBlock, move, wait, waitAsync };

export { shared };
