/** The one who writes a store: who holds its lock. */

import { Announcer } from "./storage-channel.js";
import { IndexedDbDevice } from "./storage-indexeddb.js";
import { OpfsDevice } from "./storage-opfs.js";
import { Store } from "./storage-store.js";

/** @typedef {import("./storage-saver.js").Teller} Teller */
/** @typedef {() => void} Release */

export class Writer {
  /**
   * @param {string} name
   * @param {Store} store
   * @param {Announcer} announcer
   * @param {Release} release
   */
  constructor(name, store, announcer, release) {
    this.name = name;
    this.store = store;
    this.announcer = announcer;
    this.release = release;
  }

  /**
   * @param {any} FS Emscripten's
   * @param {string} path
   * @param {string} name
   * @param {Teller} tell
   * @param {Release} release of the lock, which this has from now on
   */
  static async begin(FS, path, name, tell, release) {
    const announcer = new Announcer(name);
    try {
      const store = await open(FS, path, name, tell, announcer);
      announcer.begin(store);
      return new Writer(name, store, announcer, release);
    } catch (error) {
      announcer.close();
      release();
      throw error;
    }
  }

  /** Has what was saved last. */
  async revert() {
    const { FS, path, tell } = this.store;
    this.#close();
    this.store = await open(FS, path, this.name, tell, this.announcer);
    this.store.mount();
    this.announcer.begin(this.store);
  }

  async end() {
    this.#close();
    this.#leave();
  }

  async erase() {
    this.#close();
    await (this.store.kind === "opfs" ? OpfsDevice : IndexedDbDevice).erase(this.name);
    this.#leave();
  }

  #close() {
    this.store.unmount();
    this.store.device.close();
  }

  #leave() {
    this.announcer.close();
    this.release();
  }
}

/** Whether this thread can write it. @param {string} name */
export async function canWrite(name) {
  return (await OpfsDevice.isPossible()) || !(await OpfsDevice.exists(name));
}

/** @param {any} FS @param {string} path @param {string} name @param {Teller} tell @param {Announcer} announcer */
async function open(FS, path, name, tell, announcer) {
  const device = await openDevice(name);
  try {
    return new Store(FS, path, device, (changes, record) => announcer.announce(changes, record), tell);
  } catch (error) {
    device.close();
    throw error;
  }
}

/** A store stays where it was made. @param {string} name */
async function openDevice(name) {
  if (!(await canWrite(name))) {
    throw new Error(
      `The store ${JSON.stringify(name)} was made in a worker, and only a dedicated worker can write it: ` +
        'mount it there, or with if_taken="read" or "route" while a worker has it.',
    );
  }
  const isOpfs = (await OpfsDevice.isPossible()) && !(await IndexedDbDevice.exists(name));
  return isOpfs ? OpfsDevice.open(name) : IndexedDbDevice.open(name);
}
