/**
 * Answers for a worker that is blocked: it reads no messages, so they go through shared memory.
 *
 *     worker                                        page
 *     CALL, whose trace ends with the worker's name ──▶ serves it like any call
 *     Atomics.wait on STATE                             RESULT or ERROR of that call: encoded, in parts that fit
 *        EMPTY ◀──────────────── part, FULL, notify ──── waits until it is EMPTY again for the next part
 *     decoded: handled as if it had come as a message
 *
 * This file stands alone: see rpc.js.
 */

/** Where in the shared integers things are; worker-host.js and worker-interrupt.js have the first three. */
const STATE = 4;
const PART = 5; // bytes of the part that is there
const REST = 6; // bytes still to come after it

const HEADER = 32; // bytes of integers before the mail
const [EMPTY, FULL] = [0, 1];

/**
 * Both ends of the mail in one piece of shared memory; the page delivers, the worker takes.
 *
 * @param {SharedArrayBuffer} memory
 */
function createMail(memory) {
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
    /** Sends a message to the blocked worker. @param {any[]} message */
    deliver(message) {
      const bytes = encode(message);
      delivering = delivering.then(() => put(bytes));
    },

    /**
     * Blocks until a message is here, or the time is over.
     *
     * @param {number} milliseconds
     * @returns {any[] | undefined}
     */
    take(milliseconds) {
      if (Atomics.wait(integers, STATE, EMPTY, milliseconds) === "timed-out") return undefined;
      const rest = Atomics.load(integers, REST);
      parts.push(room.slice(0, Atomics.load(integers, PART)));
      Atomics.store(integers, STATE, EMPTY);
      if (rest > 0) return undefined;
      const message = decode(parts);
      parts = [];
      return message;
    },
  };
}

/**
 * A RESULT or an ERROR as bytes: the length of a head as JSON, the head, the payload, its buffers.
 *
 * @param {any[]} message
 */
function encode([kind, id, payload, buffers = []]) {
  const text = typeof payload === "string";
  const body = text ? new TextEncoder().encode(payload) : payload;
  const head = new TextEncoder().encode(
    JSON.stringify([kind, id, text, body.length, buffers.map((/** @type {ArrayBuffer} */ each) => each.byteLength)]),
  );
  const pieces = [new Uint8Array(new Uint32Array([head.length]).buffer), head, body, ...buffers.map((/** @type {ArrayBuffer} */ each) => new Uint8Array(each))];
  return joined(pieces);
}

/** @param {Uint8Array[]} parts @returns {any[]} */
function decode(parts) {
  const bytes = parts.length === 1 ? /** @type {Uint8Array} */ (parts[0]) : joined(parts);
  const start = 4 + /** @type {number} */ (new Uint32Array(bytes.slice(0, 4).buffer)[0]);
  const [kind, id, text, length, sizes] = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start)));
  const body = bytes.slice(start, start + length);
  let at = start + length;
  const buffers = sizes.map((/** @type {number} */ size) => bytes.slice(at, (at += size)).buffer);
  return [kind, id, text ? new TextDecoder().decode(body) : body, buffers.length > 0 ? buffers : undefined];
}

/** @param {Uint8Array[]} pieces */
function joined(pieces) {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

export { createMail };
