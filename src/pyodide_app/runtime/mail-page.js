/** The page's end of the mail through a service worker: see mail-letters.js and mail-service-worker.js. */

import { letters } from "./mail-letters.js";
import { register } from "./service-worker.js";

/** @typedef {import("./mail-letters.js").PageMail} PageMail */

/** A letter that was not taken is sent again, since the service worker may have been stopped (milliseconds). */
const AGAIN = 500;
/** A blocked worker asks all the time; if it does not get its answer after so many times, it never will. */
const TIMES = 20;

/** Kinds of messages: see rpc.js. */
const [, RESULT, ERROR, CANCEL, , , , END] = Array(8).keys();

const SERVICE_WORKER = new URL("./mail-service-worker.js", import.meta.url);

/** The registration that controls our workers; none where the browser allows none. */
async function open() {
  try {
    const all = await navigator.serviceWorker.getRegistrations();
    const other = all.find((each) => SERVICE_WORKER.href.startsWith(each.scope) && !isOurs(each));
    if (!other) return await register(SERVICE_WORKER);
    await closeMail(); // the app's own one comes first: it may be what brings the workers their files
    return other;
  } catch {
    return undefined; // there are no service workers here; nothing is lost but what the mail would bring
  }
}

/** This one, or that of another version. @param {ServiceWorkerRegistration} registration */
function isOurs({ scope }) {
  return scope.startsWith(new URL("../", SERVICE_WORKER).href);
}

/**
 * Lets the workers have their files from elsewhere than our service worker. So must a page that is isolated, and
 * needs no mail: it may be isolated by a service worker that has to add the headers to their scripts, too.
 */
export async function closeMail() {
  try {
    const all = await navigator.serviceWorker.getRegistrations();
    await Promise.all(all.filter(isOurs).map((each) => each.unregister()));
  } catch {
    // there are no service workers here
  }
}

/**
 * @param {string} name the worker's, unique in all pages
 * @param {() => void} lost called if an answer cannot be brought to it, as when somebody deletes the page's data
 * @returns {PageMail & {ready: Promise<boolean>}} ready: whether there is somebody to carry it
 */
export function createPageMail(name, lost) {
  /** @type {Map<number, {message: any[], bytes: Uint8Array, times: number}>} letters that were not taken, by number */
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
    for (const [number, letter] of out) {
      if (++letter.times > TIMES && letter.message[0] !== CANCEL) return lost();
      registration?.active?.postMessage(["pyodide-app-mail", { to: name, number, bytes: letter.bytes }]);
    }
    if (out.size > 0) timer = setTimeout(send, AGAIN);
  }

  /** @param {any[]} message */
  function deliver(message) {
    out.set(++last, { message, bytes: letters.encode(message), times: 0 });
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
    ready: open().then((found) => Boolean((registration = found))),
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
