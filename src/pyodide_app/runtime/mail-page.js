/** The page's end of the mail through a service worker: see mail-letters.js and mail-service-worker.js. */

import { letters } from "./mail-letters.js";
import { register } from "./service-worker.js";

/** @typedef {import("./mail-letters.js").PageMail} PageMail */

/** A letter that was not taken is sent again, since the service worker may have been stopped (milliseconds). */
const AGAIN = 500;

/** Kinds of messages: see rpc.js. */
const [, RESULT, ERROR, CANCEL, , , , END] = Array(8).keys();

const SERVICE_WORKER = new URL("./mail-service-worker.js", import.meta.url);

/** @type {Promise<ServiceWorkerRegistration | undefined> | undefined} one for all workers of the page */
let office;

/** The registration that controls our workers; none where the browser allows none. */
async function open() {
  try {
    const there = await navigator.serviceWorker.getRegistration(SERVICE_WORKER);
    return there && !isOurs(there) ? there : await register(SERVICE_WORKER);
  } catch {
    return undefined; // there are no service workers here; nothing is lost but what the mail would bring
  }
}

/** @param {ServiceWorkerRegistration} registration */
function isOurs({ active, waiting, installing }) {
  return (active ?? waiting ?? installing)?.scriptURL === SERVICE_WORKER.href;
}

/**
 * Lets an isolated page have its workers' scripts from elsewhere than our service worker, which it does not need:
 * if another one isolates the page, it has to add the headers to these, too.
 */
export async function closeMail() {
  try {
    const there = await navigator.serviceWorker.getRegistration(SERVICE_WORKER);
    if (there && isOurs(there)) await there.unregister();
  } catch {
    // there are no service workers here
  }
}

/**
 * @param {string} name the worker's, unique in all pages
 * @returns {PageMail & {ready: Promise<boolean>}} ready: whether there is somebody to carry it
 */
export function createPageMail(name) {
  /** @type {Map<number, {message: any[], bytes: Uint8Array}>} letters that were not taken, by number */
  const out = new Map();
  /** @type {ServiceWorkerRegistration | undefined} */
  let registration;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let last = 0;
  let running = 0;
  let beat = 0;

  function send() {
    clearTimeout(timer);
    for (const [number, { bytes }] of out) {
      registration?.active?.postMessage(["pyodide-app-mail", { to: name, number, bytes }]);
    }
    if (out.size > 0) timer = setTimeout(send, AGAIN);
  }

  /** @param {any[]} message */
  function deliver(message) {
    out.set(++last, { message, bytes: letters.encode(message) });
    send();
  }

  /** Takes a letter back. @param {number} id @param {boolean} isStop */
  function withdraw(id, isStop) {
    for (const [number, { message }] of out) {
      if (message[1] !== id || (message[0] === CANCEL) !== isStop) continue;
      out.delete(number);
      return message;
    }
    return undefined;
  }

  return {
    ready: (office ??= open()).then((found) => Boolean((registration = found))),
    deliver,
    interrupt: (id) => deliver([CANCEL, id]),
    running: () => running,
    beat: () => beat,
    heard([kind, id]) {
      if (kind === "beat") {
        running = id;
        beat += 1;
      } else if (kind === "taken") out.delete(id);
      else if (kind === CANCEL) return withdraw(id, false);
      else if (kind === RESULT || kind === ERROR || kind === END) {
        if (running === id) running = 0;
        withdraw(id, true);
      }
      return undefined;
    },
    end() {
      clearTimeout(timer);
      out.clear();
    },
  };
}
