/**
 * Stops calls that nobody waits for any more: politely, then by ending the worker.
 *
 *     a call is cancelled, or late ──> CANCEL, which becomes Task.cancel as soon as the worker's loop turns
 *        │ it is what runs right now: its loop does not turn
 *        ├────> by mail: Python's next look for signals raises KeyboardInterrupt in it
 *        │ after the grace period it still runs
 *        └────> the worker is ended, as unresponsive
 *
 * The mail (mail-letters.js) also tells what runs. A worker without it is only told.
 *
 * A worker runs functions in the order in which they were called, so one that waits for its turn is left alone.
 *
 * This file stands alone: see rpc.js.
 */

/** A worker whose loop turns has heard of a CANCEL by then (milliseconds). */
const HEARD = 200;

/** Kinds of messages: see rpc.js. */
const [CALL, RESULT, ERROR, CANCEL, , , , END] = Array(12).keys();

/**
 * @param {import("./mail-letters.js").PageMail | null} mail
 * @param {number} grace milliseconds
 * @param {(seconds: number) => void} giveUp ends the worker
 */
function createInterrupts(mail, grace, giveUp) {
  /** @type {Set<number>} calls that the worker has not ended, oldest first */
  const out = new Set();
  /** @type {Map<number, ReturnType<typeof setTimeout>>} those that nobody waits for */
  const left = new Map();

  /** @param {number} id */
  const runs = (id) => mail?.running() === id;
  /** Whether nothing else can be what keeps the worker busy. @param {number} id */
  const isFirst = (id) => out.values().next().value === id;

  /** @param {number} id */
  function stop(id) {
    let since = NaN; // when it was first seen to be what keeps the worker busy
    let asked = false;
    function look() {
      const mine = runs(id) || (isFirst(id) && !mail?.running());
      if (mine && isNaN(since)) since = performance.now();
      const waited = mine ? performance.now() - since : 0;
      if (mail && !asked && (runs(id) || (mine && out.size === 1 && waited >= HEARD))) {
        mail.interrupt(id);
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
