/**
 * Durable files: a store by its name, mounted as a folder, with one writer over all tabs.
 *
 *     storage.js                     writer or replica: the lock
 *     storage-writer.js              which back end, storage-store.js
 *     storage-replica.js             a store that another tab writes, storage-routed.js
 *     storage-channel.js             what writers and replicas tell each other
 *     storage-saver.js               when either is saved
 *     storage-files.js               Emscripten's file system, storage-sqlite.js
 *     storage-volume.js              the tree, storage-entry.js, storage-blocks.js
 *     storage-opfs.js                storage-log.js; or storage-indexeddb.js, storage-memory.js
 */

import { Line } from "./storage-channel.js";
import { Replica } from "./storage-replica.js";
import { SILENT, commits } from "./storage-saver.js";
import { Writer, canWrite } from "./storage-writer.js";

/** @typedef {import("./storage-channel.js").State} State */
/** @typedef {import("./storage-saver.js").Teller} Teller */
/** @typedef {import("./storage-store.js").Store} Store */
/** @typedef {import("./storage-writer.js").Release} Release */
/**
 * @typedef {object} Mounted what Python has of a store
 * @property {() => Store | Replica} store
 * @property {() => Promise<void>} revert to what was saved last
 * @property {() => Promise<void>} close
 * @property {() => Promise<void>} erase
 * @property {typeof commits} commits
 */

/**
 * @param {any} FS Emscripten's
 * @param {string} path
 * @param {string} name
 * @param {"wait" | "read" | "route"} ifTaken what to do while another tab writes
 * @param {Teller} tell
 * @param {AbortSignal} signal ends the waiting
 * @returns {Promise<Mounted>}
 */
export async function openStore(FS, path, name, ifTaken, tell, signal) {
  if (!navigator.locks) throw new Error("There is no storage here: the page is not a secure context (HTTPS).");
  const release = await acquire(name, ifTaken === "wait" ? { signal } : { ifAvailable: true });
  if (!release) return openReplica(FS, path, name, ifTaken === "read", tell, signal);
  const mounted = await openWriter(FS, path, name, tell, release);
  if (signal.aborted) await mounted.close(); // it came too late
  return mounted;
}

/**
 * @param {any} FS
 * @param {string} path
 * @param {string} name
 * @param {Teller} tell
 * @param {Release} release of the lock
 * @returns {Promise<Mounted>}
 */
async function openWriter(FS, path, name, tell, release) {
  const writer = await Writer.begin(FS, path, name, tell, release);
  writer.store.mount();
  return {
    store: () => writer.store,
    revert: () => writer.revert(),
    close: () => writer.end(),
    erase: () => writer.erase(),
    commits,
  };
}

/**
 * @param {any} FS
 * @param {string} path
 * @param {string} name
 * @param {boolean} isReadOnly
 * @param {Teller} tell
 * @param {AbortSignal} signal
 * @returns {Promise<Mounted>}
 */
async function openReplica(FS, path, name, isReadOnly, tell, signal) {
  const line = new Line(name);
  const giveUp = new AbortController();
  signal.addEventListener("abort", () => giveUp.abort());
  const taking = acquire(name, { signal: giveUp.signal });
  const first = await Promise.race([line.first, taking]).catch((error) => {
    line.close();
    giveUp.abort();
    taking.then((late) => late?.()).catch(() => {}); // nobody wants it any more
    throw error;
  });
  if (typeof first === "function") {
    line.close();
    return openWriter(FS, path, name, tell, first); // the writer has ended before it answered
  }
  const replica = new Replica(FS, path, line, /** @type {State} */ (first), tell, isReadOnly);
  // Once the writer has ended, this thread writes for all, its own replica among them.
  const heir = taking.then((late) => late && Writer.begin(FS, path, name, SILENT, late)).catch(showUnlessAborted);
  if (isReadOnly || !(await canWrite(name))) giveUp.abort();
  const close = async () => {
    replica.unmount();
    giveUp.abort();
    await (await heir)?.end();
  };
  return { store: () => replica, revert: () => replica.revert(), close, erase: close, commits };
}

/** @param {any} error */
function showUnlessAborted(error) {
  if (error?.name !== "AbortError") console.error(error);
  return null;
}

/**
 * @param {string} name
 * @param {LockOptions} options
 * @returns {Promise<Release | null>} null: it is not available
 */
function acquire(name, options) {
  return new Promise((resolve, reject) => {
    /** @param {Lock | null} lock */
    const hold = (lock) =>
      lock ? new Promise((release) => resolve(() => release(undefined))) : Promise.resolve(resolve(null));
    navigator.locks.request(`pyodide_app storage ${name}`, options, hold).catch(reject);
  });
}
