/**
 * Mail through shared memory, for the workers of a cross-origin isolated page: see mail-letters.js.
 *
 *     worker                                        page
 *     CALL, whose trace ends with the worker's name ──▶ serves it like any call
 *     Atomics.wait on STATE                             RESULT or ERROR of that call: encoded, in parts that fit
 *        EMPTY ◀──────────────── part, FULL, notify ──── waits until it is EMPTY again for the next part
 *     decoded: handled as if it had come as a message
 *
 *     Python looks for signals: BEAT grows              WANTED = the call to stop, which may be the one in RUNNING
 *
 * This file stands alone: see rpc.js.
 */

/** Where in the shared integers things are. */
const WANTED = 0;
const RUNNING = 1;
const BEAT = 2;
const STATE = 4;
const PART = 5; // bytes of the part that is there
const REST = 6; // bytes still to come after it
const NEVER = 7; // stays 0: for sleeping

const HEADER = 32; // bytes of integers before the mail
const [EMPTY, FULL] = [0, 1];

/**
 * Both ends, each for its own thread.
 *
 * @param {SharedArrayBuffer} memory
 * @param {import("./mail-letters.js").Letters} letters
 * @returns {import("./mail-letters.js").PageMail & import("./mail-letters.js").WorkerMail}
 */
function createSharedMail(memory, letters) {
  const integers = new Int32Array(memory, 0, HEADER / 4);
  const room = new Uint8Array(memory, HEADER);
  /** @type {Uint8Array[]} */
  let parts = [];
  let delivering = Promise.resolve();

  /** Waits, without blocking, until the worker has taken the part before. */
  async function emptied() {
    while (Atomics.load(integers, STATE) !== EMPTY) await new Promise((resolve) => setTimeout(resolve));
  }

  /** @param {Uint8Array} bytes */
  async function put(bytes) {
    for (let at = 0; at < bytes.length; at += room.length) {
      const part = bytes.subarray(at, at + room.length);
      await emptied();
      room.set(part);
      Atomics.store(integers, PART, part.length);
      Atomics.store(integers, REST, bytes.length - at - part.length);
      Atomics.store(integers, STATE, FULL);
      Atomics.notify(integers, STATE);
    }
  }

  return {
    deliver(message) {
      const bytes = letters.encode(message);
      delivering = delivering.then(() => put(bytes));
    },
    interrupt: (id) => void Atomics.store(integers, WANTED, id),
    running: () => Atomics.load(integers, RUNNING),
    beat: () => Atomics.load(integers, BEAT),
    heard: () => undefined,
    end() {},

    take(milliseconds) {
      if (Atomics.wait(integers, STATE, EMPTY, milliseconds) === "timed-out") return undefined;
      const rest = Atomics.load(integers, REST);
      parts.push(room.slice(0, Atomics.load(integers, PART)));
      Atomics.store(integers, STATE, EMPTY);
      if (rest > 0) return undefined;
      const message = letters.decode(parts);
      parts = [];
      return message;
    },
    sleep: (milliseconds) => void Atomics.wait(integers, NEVER, 0, milliseconds),
    runs: (id) => void Atomics.store(integers, RUNNING, id),
    wanted() {
      Atomics.add(integers, BEAT, 1);
      return Atomics.load(integers, WANTED);
    },
  };
}

export { createSharedMail };
