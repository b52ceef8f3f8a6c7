/**
 * Messages as bytes, for workers that are blocked and so read no messages: their mail.
 *
 * Mail goes through shared memory (mail-shared.js) or, where there is none, through a service worker
 * (mail-page.js, mail-worker.js). Both have the same two ends:
 *
 * @typedef {object} PageMail the page's
 * @property {(message: any[]) => void} deliver answers the blocked worker: a RESULT or an ERROR of its call
 * @property {(id: number) => void} interrupt raises KeyboardInterrupt in a call, as soon as Python looks for signals
 * @property {() => number} running the call that runs right now; 0: none, or one that is not known
 * @property {() => number} beat a number that grows while Python runs
 * @property {(message: any[]) => any[] | undefined} heard what the worker has posted; returns an answer that it no longer waits for
 * @property {() => void} end
 *
 * @typedef {object} WorkerMail the worker's
 * @property {(milliseconds: number) => any[] | undefined} take blocks until a message is here, or the time is over
 * @property {(milliseconds: number) => void} sleep
 * @property {(id: number) => void} runs says which call runs now; 0: none
 * @property {() => number} wanted the call that the page wants to be interrupted; 0: none
 *
 * This file stands alone: see rpc.js.
 */

const letters = {
  /**
   * The length of a head as JSON, the head, the payload, its buffers.
   *
   * @param {any[]} message a RESULT, an ERROR or a CANCEL
   */
  encode([kind, id, payload = "", buffers = []]) {
    const text = typeof payload === "string";
    const body = text ? new TextEncoder().encode(payload) : payload;
    const sizes = buffers.map((/** @type {ArrayBuffer} */ { byteLength }) => byteLength);
    const head = new TextEncoder().encode(JSON.stringify([kind, id, text, body.length, sizes]));
    const length = new Uint8Array(new Uint32Array([head.length]).buffer);
    return joined([length, head, body, ...buffers.map((/** @type {ArrayBuffer} */ each) => new Uint8Array(each))]);
  },

  /** @param {Uint8Array[]} parts @returns {any[]} */
  decode(parts) {
    const bytes = parts.length === 1 ? /** @type {Uint8Array} */ (parts[0]) : joined(parts);
    const start = 4 + /** @type {number} */ (new Uint32Array(bytes.slice(0, 4).buffer)[0]);
    const [kind, id, text, length, sizes] = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start)));
    const body = bytes.slice(start, start + length);
    let at = start + length;
    const buffers = sizes.map((/** @type {number} */ size) => bytes.slice(at, (at += size)).buffer);
    return [kind, id, text ? new TextDecoder().decode(body) : body, buffers.length > 0 ? buffers : undefined];
  },
};

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

/** @typedef {typeof letters} Letters */

export { letters };
