/** Offers Python in the page what its workers need: see bridge/workers. */

import { isKept } from "./offline.js";
import { letters } from "./mail-letters.js";
import { closeMail, createPageMail } from "./mail-page.js";
import { createSharedMail } from "./mail-shared.js";
import { createConnection } from "./rpc.js";
import { createPythonConnection } from "./rpc-python.js";
import { hasSettled } from "./snapshot.js";
import { createInterrupts } from "./worker-interrupt.js";
import { spawnWorker } from "./worker-spawn.js";

/** @typedef {import("./types.js").Manifest} Manifest */
/** @typedef {import("./types.js").Pyodide} Pyodide */

/**
 * @typedef {object} Start what worker.js needs to become a second interpreter of the app
 * @property {Manifest} manifest
 * @property {string[]} packages those that the page has loaded by now
 * @property {boolean} isKept whether the service worker has checked the files already
 * @property {boolean} hasPicture whether the page has started from a picture of memory
 */

/**
 * @param {Pyodide} pyodide
 * @param {Manifest} manifest
 */
export function offerWorkers(pyodide, manifest) {
  if (crossOriginIsolated) void closeMail();
  // See bridge/_javascript.py.
  const halves = { createConnection, createPythonConnection, createInterrupts, createSharedMail, letters, spawnWorker };
  pyodide.registerJsModule("_pyodide_app_rpc", halves);
  pyodide.registerJsModule("_pyodide_app_workers", {
    url: new URL("./worker.js", import.meta.url).href,
    probe: new URL("./worker-probe.js", import.meta.url).href,
    createPageMail,
    /** @returns {Start} */
    start: () => ({
      manifest,
      packages: Object.keys(pyodide.loadedPackages),
      isKept: isKept(manifest),
      hasPicture: hasSettled(),
    }),
  });
}
