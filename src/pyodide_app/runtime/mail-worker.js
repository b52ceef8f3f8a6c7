/** The worker's end of the mail through a service worker: see mail-letters.js and mail-service-worker.js. */

import { letters } from "./mail-letters.js";

/** @typedef {import("./mail-letters.js").WorkerMail} WorkerMail */

/** How often a running call asks; it costs some thousandths of a second (milliseconds). */
const EVERY = 200;

const CANCEL = 3; // see rpc.js: in a letter, the call to interrupt

/**
 * @param {string} name this worker's, unique in all pages
 * @param {(message: unknown[]) => void} post
 * @returns {WorkerMail | null} null if no service worker answers, or the browser does not let this thread sleep
 */
export function createWorkerMail(name, post) {
  const url = new URL("./pyodide-app-mail", import.meta.url);
  url.searchParams.set("to", name);
  const still = sleepable();
  /** @type {any[][]} answers that came while Python only looked for signals */
  const early = [];
  let running = 0;
  let wanted = 0;
  let asked = 0;

  /** Asks for a letter, and says that Python runs. @param {number} milliseconds for which it may be waited for */
  function ask(milliseconds) {
    post(["beat", running]);
    url.searchParams.set("wait", `${milliseconds}`);
    const request = new XMLHttpRequest();
    request.open("GET", url, false);
    request.responseType = "arraybuffer";
    try {
      request.send();
    } catch {
      return false; // the service worker was stopped meanwhile
    } finally {
      asked = performance.now();
    }
    const number = request.getResponseHeader("X-Pyodide-App-Letter");
    if (number === null) return false;
    if (number === "0") return true;
    post(["taken", Number(number)]);
    const message = letters.decode([new Uint8Array(request.response)]);
    if (message[0] === CANCEL) wanted = message[1];
    else early.push(message);
    return true;
  }

  /** @param {number} milliseconds */
  const sleep = (milliseconds) => void Atomics.wait(/** @type {Int32Array} */ (still), 0, 0, milliseconds);

  if (!still || !ask(0)) return null;
  return {
    take(milliseconds) {
      if (early.length === 0 && !ask(milliseconds)) sleep(milliseconds);
      return early.shift();
    },
    sleep,
    runs(id) {
      running = id;
      asked = performance.now(); // a short call does not ask at all
    },
    wanted() {
      if (performance.now() - asked >= EVERY) ask(0);
      return wanted;
    },
  };
}

/** Memory that only this thread has: without isolation none may be shared, but one may still sleep on it. */
function sleepable() {
  try {
    return new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
  } catch {
    return null;
  }
}
