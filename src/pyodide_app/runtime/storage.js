/**
 * Durable files: a store by its name, mounted as a folder, with one writer over all tabs.
 *
 *     storage.js            which back end, the writer's lock
 *     storage-store.js      when it is saved        storage-channel.js   what other tabs get to know
 *     storage-files.js      Emscripten's file system, with storage-sqlite.js
 *     storage-volume.js     the tree                storage-blocks.js    the bytes
 *     storage-opfs.js, storage-log.js               storage-indexeddb.js, storage-memory.js
 */

import { Announcer, ReadOnlyStore } from "./storage-channel.js";
import { IndexedDbDevice } from "./storage-indexeddb.js";
import { OpfsDevice } from "./storage-opfs.js";
import { Store } from "./storage-store.js";

/** @typedef {import("./storage-store.js").Teller} Teller */
/** @typedef {() => void} Release */
/**
 * @typedef {object} Mounted what Python has of a store
 * @property {() => Store | ReadOnlyStore} store
 * @property {() => Promise<void>} revert to what was saved last
 * @property {() => Promise<void>} close
 * @property {() => Promise<void>} erase
 */

/**
 * @param {any} FS Emscripten's
 * @param {string} path
 * @param {string} name
 * @param {"wait" | "read"} otherwise what to do while another tab writes
 * @param {Teller} tell
 * @param {AbortSignal} signal ends the waiting
 * @returns {Promise<Mounted>}
 */
export async function openStore(FS, path, name, otherwise, tell, signal) {
  if (!navigator.locks) throw new Error("There is no storage here: the page is not a secure context (HTTPS).");
  const release = await acquire(name, otherwise === "read" ? { ifAvailable: true } : { signal });
  if (release) {
    const mounted = await openWriter(FS, path, name, tell, release);
    if (signal.aborted) await mounted.close(); // it came too late
    return mounted;
  }
  const reader = new ReadOnlyStore(FS, path, name, tell);
  const giveUp = new AbortController();
  signal.addEventListener("abort", () => giveUp.abort());
  const taking = acquire(name, { signal: giveUp.signal });
  const taken = await Promise.race([reader.ready, taking]).catch((error) => {
    reader.unmount();
    throw error;
  });
  if (taken) {
    reader.unmount();
    return openWriter(FS, path, name, tell, taken); // the writer has ended before it answered
  }
  taking.then((late) => late?.()).catch(() => {}); // given up
  giveUp.abort();
  const close = async () => reader.unmount();
  return { store: () => reader, revert: close, close, erase: close };
}

/** @param {any} FS @param {string} path @param {string} name @param {Teller} tell @param {Release} release @returns {Promise<Mounted>} */
async function openWriter(FS, path, name, tell, release) {
  const announcer = new Announcer(name);
  const open = async () => {
    const device = await openDevice(name);
    try {
      const store = new Store(FS, path, device, (changes, record) => announcer.announce(changes, record), tell);
      announcer.begin(store);
      return store;
    } catch (error) {
      device.close();
      throw error;
    }
  };
  const leave = () => {
    announcer.close();
    release();
  };
  let store = await open().catch((error) => {
    leave();
    throw error;
  });
  const end = () => {
    store.unmount();
    store.device.close();
  };
  return {
    store: () => store,
    async revert() {
      end();
      store = await open();
    },
    async close() {
      end();
      leave();
    },
    async erase() {
      end();
      await (store.device.kind === "opfs" ? OpfsDevice : IndexedDbDevice).erase(name);
      leave();
    },
  };
}

/** A store stays where it was made. @param {string} name */
async function openDevice(name) {
  if (!(await OpfsDevice.isPossible())) {
    if (!(await OpfsDevice.exists(name))) return IndexedDbDevice.open(name);
    throw new Error(
      `The store ${JSON.stringify(name)} was made in a worker, and only a dedicated worker can write it: ` +
        'mount it there, or with if_taken="read" while a worker has it.',
    );
  }
  return (await IndexedDbDevice.exists(name)) ? IndexedDbDevice.open(name) : OpfsDevice.open(name);
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
