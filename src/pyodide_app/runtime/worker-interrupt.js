/**
 * Stops calls that nobody waits for any more: politely, then by ending the worker.
 *
 *     a call is cancelled, or late ──> CANCEL, which becomes Task.cancel as soon as the worker's loop turns
 *        │ it is what runs right now: its loop does not turn
 *        ├────> WANTED = its id: Python's next look for signals raises KeyboardInterrupt in it (shared memory only)
 *        │ after the grace period it still runs
 *        └────> the worker is ended, as unresponsive
 *
 * A worker runs functions in the order in which they were called, so one that waits for its turn is left alone.
 *
 * This file stands alone: see rpc.js.
 */

/** Where in the shared integers things are: the call to stop, the call that runs. */
const WANTED = 0;
const RUNNING = 1;

/** A worker whose loop turns has heard of a CANCEL by then (milliseconds). */
const HEARD = 200;

/** Kinds of messages: see rpc.js. */
const [CALL, RESULT, ERROR, CANCEL, , , , END] = Array(12).keys();

/**
 * @param {Int32Array | null} integers shared with the worker
 * @param {number} grace milliseconds
 * @param {(seconds: number) => void} giveUp ends the worker
 */
function createInterrupts(integers, grace, giveUp) {
  /** @type {Set<number>} calls that the worker has not ended, oldest first */
  const out = new Set();
  /** @type {Map<number, ReturnType<typeof setTimeout>>} those that nobody waits for */
  const left = new Map();

  /** @param {number} id */
  const runs = (id) => (integers ? Atomics.load(integers, RUNNING) === id : false);
  /** Whether nothing else can be what keeps the worker busy. @param {number} id */
  const isFirst = (id) => out.values().next().value === id;

  /** @param {number} id */
  function stop(id) {
    let since = NaN; // when it was first seen to be what keeps the worker busy
    let asked = false;
    function look() {
      const mine = runs(id) || (isFirst(id) && (!integers || Atomics.load(integers, RUNNING) === 0));
      if (mine && isNaN(since)) since = performance.now();
      const waited = mine ? performance.now() - since : 0;
      if (integers && !asked && (runs(id) || (mine && out.size === 1 && waited >= HEARD))) {
        Atomics.store(integers, WANTED, id);
        asked = true;
      }
      if (waited >= grace) giveUp(grace / 1000);
      else left.set(id, setTimeout(look, HEARD / 4));
    }
    look();
  }

  return {
    /** What this side sends. @param {any} message */
    sent([kind, id]) {
      if (kind === CALL && id !== 0) out.add(id);
      else if (kind === CANCEL && out.has(id)) stop(id);
    },
    /** What the worker sends. @param {any} message */
    heard([kind, id]) {
      if (kind !== RESULT && kind !== ERROR && kind !== END) return;
      out.delete(id);
      if (left.size === 0) return;
      clearTimeout(left.get(id));
      left.delete(id);
    },
    end() {
      for (const timer of left.values()) clearTimeout(timer);
    },
  };
}

export { createInterrupts };
