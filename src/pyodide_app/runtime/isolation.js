/**
 * Makes a page cross-origin isolated, which SharedArrayBuffer needs, where its host sends no headers for it. A page
 * loads this in place of pyodide-app.js, which it loads itself as soon as the page will not be reloaded for it:
 *
 *     <script type="module" src="/_pyodide_app/runtime/isolation.js"></script>
 *
 *     isolated? ──yes──────────────────────────────────────────────> pyodide-app.js
 *        │ no                                                             ^
 *     can it be? ──no──> says why ────────────────────────────────────────┤
 *        │ yes                                                            │
 *     service worker ──> reload ──> isolated? ──no, twice──> says so ─────┘
 *
 * What it says stands in <html data-isolation> and on the console, and Python's IsolationRequired repeats it. The
 * host's own headers are always the better way; with them this does nothing more. Beside the page it needs the file
 * isolation-service-worker.js: see there.
 */

import { register, registered } from "./service-worker.js";

/** Counts the reloads, for the page that comes after them. */
const RELOADED = "pyodide-app:isolation";

/** The second one is for a service worker that was just being removed, and went with the page it was found in. */
const RELOADS = 2;

const SERVICE_WORKER = "isolation-service-worker.js";

/** @returns {Promise<boolean>} whether the page stays; false: it is loaded again */
async function isolate() {
  if (crossOriginIsolated) {
    forget();
    return true;
  }
  check();
  const url = new URL(SERVICE_WORKER, document.baseURI);
  const other = await registered(location.href).catch(() => undefined); // registering says why
  if (other && new URL(other).pathname !== url.pathname) {
    throw new Error(
      `The page has a service worker of its own, ${new URL(other).pathname}: let it import ` +
        `/_pyodide_app/runtime/${SERVICE_WORKER}.`,
    );
  }
  if (reloads() >= RELOADS) {
    throw new Error(
      "The page was loaded again through the service worker that isolates it, and is still not isolated: the " +
        "browser does not follow the headers, or the page is outside of that worker’s folder.",
    );
  }
  if ("credentialless" in HTMLIFrameElement.prototype) url.searchParams.set("coep", "credentialless");
  await setUp(url);
  remember();
  location.reload();
  return false;
}

/** Whether it can be done at all. */
function check() {
  if (!isSecureContext) {
    throw new Error("The page is not secure: open it over https, or under the name localhost.");
  }
  if (window !== window.top) {
    throw new Error(
      "The page is in a frame of a page that is not isolated: isolate that one, and give the frame " +
        'allow="cross-origin-isolated".',
    );
  }
  if (!navigator.serviceWorker) {
    throw new Error(
      "The browser has no service workers here, as in some private windows: use an ordinary window, or let the " +
        "host send the headers.",
    );
  }
}

/** @param {URL} url */
async function setUp(url) {
  try {
    await register(url);
  } catch (cause) {
    throw new Error(
      `The service worker ${url.pathname} could not be set up (${cause instanceof Error ? cause.message : cause}). ` +
        "The file must lie beside the page, and the browser must allow it to keep data.",
      { cause },
    );
  }
}

function reloads() {
  try {
    return Number(sessionStorage.getItem(RELOADED));
  } catch {
    return 0;
  }
}

/** Without this note a page that stays as it is would reload for ever. */
function remember() {
  try {
    sessionStorage.setItem(RELOADED, String(reloads() + 1));
  } catch {
    throw new Error("The browser keeps no data for this page: allow that, or let the host send the headers.");
  }
}

function forget() {
  try {
    sessionStorage.removeItem(RELOADED);
  } catch {
    // then there is nothing to forget
  }
}

let stays = true;
try {
  stays = await isolate();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  document.documentElement.dataset.isolation = reason;
  console.error(`This page is not cross-origin isolated, so it has no SharedArrayBuffer. ${reason}`);
}
if (stays) await import("./pyodide-app.js");

export {};
