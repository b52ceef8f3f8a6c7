/**
 * A picture of Python's memory just after it started, from which later visits start in a third of the time.
 *
 *     app ready, page idle ──> a worker (snapshot-worker.js) starts Python, imports what the app's page has imported
 *                              of the standard library and the bridge, and keeps its memory in a cache. Its files come
 *                              from the service worker: so the browser keeps Pyodide's program compiled for there
 *     next visit           ──> loadPyodide gets that memory; only the file system is made anew; workers do the same
 *
 * It holds for one runtime, standard library (with the bridge) and browser; of each site, only the newest is kept. Pyodide's
 * option for it is not documented: whatever goes wrong with a picture, it is removed, and Python starts as ever.
 */

/** @typedef {import("./types.js").Manifest} Manifest */
/** @typedef {import("./types.js").Pyodide} Pyodide */

const CACHE = "pyodide-app-snapshots";
/** The browser keeps a compiled program some time after it has run (milliseconds). */
const COMPILED = 4_000;
const FORMAT = 4; // of what is in a picture, and how

/** In this tab's storage while a start with a picture goes on: one that takes the page down is not tried again. */
const TRYING = "pyodide-app:snapshot";
let isSettled = false;
let isCleared = false;

/** A header of a kept picture: how large the memory is (bytes). */
const SIZE = "Pyodide-App-Memory";

/** Names the modules of the standard library, the bridge among them, that are there. */
const IMPORTED = `
def imported():
    import sys
    return [name for name, module in sys.modules.items() if ".zip/" in (getattr(module, "__file__", None) or "")]
imported()
`;

/**
 * A picture brings the state of random numbers with it, too; and which files there are in the standard library, which
 * stays so: it need not be read again for that whenever packages have been installed.
 */
const SETTLE = `
def settle():
    import sys, zipimport
    if "random" in sys.modules:
        sys.modules["random"].seed()
    library = next(path for path in sys.path if path.endswith(".zip"))
    read_again = zipimport.zipimporter.invalidate_caches
    def invalidate_caches(self):
        if self.archive != library:
            read_again(self)
    zipimport.zipimporter.invalidate_caches = invalidate_caches
settle()
`;

/**
 * Where a site's picture is kept.
 *
 * @param {Manifest} manifest
 */
function address({ pyodide, service_worker }) {
  const hashes = pyodide.files.map(({ sha256 }) => sha256);
  const key = [FORMAT, pyodide.version, ...hashes, navigator.userAgent].join(" ");
  return `${new URL("_pyodide_app/snapshot", service_worker).href}?${encodeURIComponent(key)}`;
}

/** @typedef {{size: number, packed: Promise<ArrayBuffer>}} Found the size of the memory (bytes), and its picture, coming */

/**
 * The memory to start with; none on a first visit, and in pages that no service worker keeps.
 *
 * @param {Manifest} manifest
 * @returns {Promise<Found | undefined>}
 */
export async function findSnapshot(manifest) {
  if (!manifest.service_worker) return undefined;
  try {
    const found = await (await caches.open(CACHE)).match(address(manifest));
    if (!found) return undefined;
    const failed = marks()?.getItem(TRYING);
    if (failed) {
      unmark();
      await dropSnapshots(failed);
      return undefined;
    }
    // As a blob it comes in one piece, and not in many through the page's thread.
    const packed = found.blob().then((blob) => blob.arrayBuffer());
    packed.catch(() => {}); // told where it is used, unless something else has failed before
    return { size: Number(found.headers.get(SIZE)), packed };
  } catch {
    return undefined; // the browser keeps nothing for this page
  }
}

/** A start with a picture begins. @param {Manifest} manifest */
export function attempt(manifest) {
  marks()?.setItem(TRYING, address(manifest));
  addEventListener("pagehide", unmark, { once: true }); // left, not taken down
}

/** Whether this Python has started from a picture, so that others can. */
export function hasSettled() {
  return isSettled;
}

/** A worker has none: it takes a picture that its page has started from. To ask for it takes some milliseconds. */
function marks() {
  try {
    return globalThis.document ? sessionStorage : undefined;
  } catch {
    return undefined; // the browser keeps nothing for this page
  }
}

function unmark() {
  marks()?.removeItem(TRYING);
}

/**
 * Python has started from a picture: makes its state fit this visit.
 *
 * @param {Pyodide} pyodide
 */
export function settle(pyodide) {
  pyodide.runPython(SETTLE);
  unmark();
  isSettled = true;
}

/**
 * Removes a picture, and others of the same site.
 *
 * @param {string} url
 * @param {string} [but] the one that stays
 */
async function dropSnapshots(url, but) {
  const cache = await caches.open(CACHE);
  const site = url.replace(/\?.*/, "?");
  for (const kept of await cache.keys()) {
    if (kept.url.startsWith(site) && kept.url !== but) await cache.delete(kept);
  }
}

/**
 * Python could not start from the picture.
 *
 * @param {Manifest} manifest
 * @param {unknown} error
 */
export async function dropSnapshot(manifest, error) {
  console.warn("Python starts without its memory of the last visit:", error);
  unmark();
  await dropSnapshots(address(manifest));
}

/** Removes the pictures of a site, also one that is being made. @param {Manifest} manifest */
export async function clearSnapshots(manifest) {
  isCleared = true;
  await dropSnapshots(address(manifest));
}

/**
 * Has a picture made, if there is none yet, in a worker of its own and as soon as the page is idle. The service worker
 * must have the page by now.
 *
 * @param {Manifest} manifest
 * @param {Pyodide} pyodide
 */
export async function makeSnapshot(manifest, pyodide) {
  const url = address(manifest);
  if (await (await caches.open(CACHE)).match(url)) return;
  await new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
  const names = pyodide.runPython(IMPORTED);
  const imports = names.toJs();
  names.destroy();
  const worker = new Worker(new URL("./snapshot-worker.js", import.meta.url), { type: "module" });
  /** @type {{packed: Uint8Array<ArrayBuffer>, size: number} | string} */
  const taken = await new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve(message || "its worker failed");
    worker.postMessage([manifest, imports]);
  });
  if (typeof taken !== "string") await new Promise((resolve) => setTimeout(resolve, COMPILED));
  worker.terminate();
  if (typeof taken === "string") throw new Error(taken);
  const { packed, size } = taken;
  await (await caches.open(CACHE)).put(url, new Response(packed, { headers: { [SIZE]: `${size}` } }));
  await dropSnapshots(url, isCleared ? undefined : url);
}
