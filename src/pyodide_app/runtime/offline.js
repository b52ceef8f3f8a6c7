/**
 * A page's side of the service worker that keeps a built site: see offline-service-worker.js.
 *
 * It is registered once the app is ready, so that the first visit does not wait for it.
 */

import { activated, registered } from "./service-worker.js";
import { clearSnapshots } from "./snapshot.js";

/** @typedef {import("./types.js").Manifest} Manifest */
/** @typedef {import("./types.js").Pyodide} Pyodide */

/** An answer takes as long as writing a few files (milliseconds). */
const PATIENCE = 10_000;
/** A version takes over once the one before has done all that it was asked for (milliseconds). */
const ACTIVATION = 60_000;

/** Whether what is kept was cleared: then this page keeps nothing any more. */
let isCleared = false;
/** What this page does to be kept. @type {Promise<boolean>} */
let keeping = Promise.resolve(false);

/**
 * Whether the page's files come from the service worker of its site.
 *
 * @param {Manifest} manifest
 */
export function isKept({ service_worker }) {
  const controller = navigator.serviceWorker?.controller;
  return Boolean(service_worker && controller && isSame(controller.scriptURL, service_worker));
}

/** But for their parameters. @param {string} one @param {string} other */
function isSame(one, other) {
  return new URL(one).pathname === new URL(other).pathname;
}

/**
 * Has the site kept, and says when a newer version of it is here.
 *
 * @param {string} url the service worker's
 * @param {(activate: () => Promise<void>) => void} onUpdate called with what makes the newer version the one in use
 * @returns {Promise<boolean>} whether what this page fetches comes from the service worker now
 */
export function keepSite(url, onUpdate) {
  keeping = keep(url, onUpdate);
  return keeping;
}

/**
 * @param {string} url
 * @param {(activate: () => Promise<void>) => void} onUpdate
 */
async function keep(url, onUpdate) {
  const workers = navigator.serviceWorker;
  if (!workers) return false; // not a secure page, or a browser that keeps nothing
  if (isCleared) return false;
  try {
    // isolation.js may have registered it, with a parameter of its own.
    const present = await registered(url);
    const script = present && isSame(present, url) ? present : url;
    const registration = await workers.register(script, { updateViaCache: "none" });
    watch(registration, onUpdate);
    if (!registration.active) await activated(registration);
    await ask(/** @type {ServiceWorker} */ (registration.active), "started");
    if (!workers.controller) await controlled();
    return !isCleared;
  } catch (error) {
    console.warn("This site is not kept for use offline:", error);
    return false;
  }
}

/**
 * The page could not be loaded: takes the version before, if this one has never started.
 *
 * @returns {Promise<boolean>} whether a reload brings that version
 */
export async function rollBack() {
  const controller = navigator.serviceWorker?.controller;
  try {
    return Boolean(controller && (await ask(controller, "broken")));
  } catch {
    return false; // the error that brought us here is shown
  }
}

/**
 * Gives Python a way to ask and to clear: see bridge/site.py.
 *
 * @param {Pyodide} pyodide
 * @param {Manifest} manifest
 */
export function offerSite(pyodide, manifest) {
  const { service_worker } = manifest;
  if (!service_worker) return;
  pyodide.registerJsModule("_pyodide_app_site", {
    isKept: () => isKept(manifest),
    async clear() {
      isCleared = true;
      await keeping; // else what is under way would be kept afterwards
      const registration = await navigator.serviceWorker?.getRegistration(service_worker);
      if (registration?.active) await ask(registration.active, "clear");
      await clearSnapshots(manifest);
    },
  });
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {(activate: () => Promise<void>) => void} onUpdate
 */
function watch(registration, onUpdate) {
  const tell = () => {
    const worker = registration.waiting;
    if (worker && navigator.serviceWorker.controller) onUpdate(() => activate(worker));
  };
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", tell);
  });
  tell();
}

/** @param {ServiceWorker} worker */
async function activate(worker) {
  const changed = controlled();
  await Promise.race([changed, ask(worker, "activate", ACTIVATION).then(() => changed)]);
}

/** Resolves when another service worker has this page than now. */
function controlled() {
  return new Promise((resolve) =>
    navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
  );
}

/**
 * @param {ServiceWorker} worker
 * @param {string} what
 * @param {number} [patience] milliseconds
 * @returns {Promise<unknown>}
 */
function ask(worker, what, patience = PATIENCE) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data: [result, error] }) => (error ? reject(new Error(error)) : resolve(result));
    setTimeout(() => reject(new Error("The service worker does not answer.")), patience);
    worker.postMessage([what, port2], [port2]);
  });
}
