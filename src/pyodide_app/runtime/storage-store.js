/** A mounted volume: when it is saved, and what others are told. */

import { ERRNO } from "./storage-errors.js";
import { pathOf } from "./storage-entry.js";
import { Files } from "./storage-files.js";
import { askToPersist } from "./storage-persist.js";
import { Volume } from "./storage-volume.js";

/** @typedef {import("./storage-entry.js").Record} Record */
/** @typedef {import("./storage-volume.js").Changes} Changes */
/** @typedef {{name: string, message: string}} Problem */
/**
 * @typedef {object} Teller how Python is told; never while Python may be in the middle of something
 * @property {(state: string, problem: string) => void} state "saved", "unsaved" or "saving"
 * @property {(paths: string[]) => void} changed in another tab
 */

export class Store {
  isReadOnly = false;
  #isDue = false;
  #isHeld = false;
  /** @type {Promise<void> | null} */
  #saving = null;

  /**
   * @param {any} FS
   * @param {string} path
   * @param {any} device
   * @param {(changes: Changes, record: Record) => void} announce what was saved
   * @param {Teller} tell
   */
  constructor(FS, path, device, announce, tell) {
    this.FS = FS;
    this.path = path;
    this.device = device;
    this.announce = announce;
    this.tell = tell;
    this.volume = new Volume(device, device.records);
    device.trim(this.volume.end);
    this.files = new Files(FS, this.volume, this);
    FS.mkdirTree(path);
    FS.mount({ mount: () => this.files.mount() }, {}, path);
  }

  /** For Files: saves as soon as Python lets the event loop go on. */
  changed() {
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      if (this.volume.isChanged && !this.#isHeld) void this.flush();
    });
    if (!this.#saving) queueMicrotask(() => this.#tellState());
  }

  /** For Files. */
  fsync() {
    if (this.#isHeld || !(this.volume.isChanged || this.#saving)) return;
    if (!this.device.isImmediate) throw new this.FS.ErrnoError(ERRNO.ENOTSUP);
    this.#saveNow();
  }

  /** For Files. */
  committed() {
    if (this.device.isImmediate && !this.#isHeld) this.#saveNow();
  }

  /** Saves all that has changed. @returns {Promise<Problem | null>} why it could not be saved */
  async flush() {
    if (this.#isHeld) return { name: "InvalidStateError", message: "It is just being changed as a whole." };
    try {
      while (this.volume.isChanged || this.#saving) {
        if (this.device.isImmediate) this.#saveNow();
        else await (this.#saving ??= this.#save().finally(() => (this.#saving = null)));
      }
      this.#tellState();
      return null;
    } catch (error) {
      const { name, message } = /** @type {Error} */ (error);
      this.#tellState(`${name}: ${message}`);
      return { name, message };
    }
  }

  /** Nothing is saved until `resume`, so that several changes are one. */
  hold() {
    this.#isHeld = true;
  }

  resume() {
    this.#isHeld = false;
  }

  unmount() {
    this.FS.unmount(this.path);
    this.tell = { state() {}, changed() {} };
  }

  #saveNow() {
    const { changes, record } = this.volume.take();
    try {
      this.device.commit(record, () => this.volume.snapshot());
    } catch (error) {
      this.volume.putBack(changes);
      throw error;
    }
    this.#saved(changes, record);
    queueMicrotask(() => this.#tellState());
  }

  async #save() {
    const { changes, record } = this.volume.take();
    this.tell.state("saving", "");
    try {
      await this.device.commit(record, () => this.volume.snapshot(), changes.released);
    } catch (error) {
      this.volume.putBack(changes);
      throw error;
    }
    this.#saved(changes, record);
  }

  /** @param {Changes} changes @param {Record} record */
  #saved(changes, record) {
    this.volume.settle(changes);
    askToPersist();
    this.announce(changes, record);
  }

  #tellState(problem = "") {
    this.tell.state(this.volume.isChanged ? "unsaved" : "saved", problem);
  }
}

/** The files that a record is about. @param {Changes} changes */
export function pathsOf({ entries, indices, gone }) {
  const files = [...new Set([...entries, ...indices.keys()])].filter(({ children }) => !children);
  return [...new Set([...files.map(pathOf), ...gone.values()])];
}
