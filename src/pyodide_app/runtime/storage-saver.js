/** A mounted volume: when what was written is saved, and what Python is told. */

import { ERRNO } from "./storage-errors.js";
import { Files } from "./storage-files.js";

/** @typedef {import("./storage-volume.js").Volume} Volume */
/** @typedef {{name: string, message: string}} Problem */
/**
 * @typedef {object} Teller how Python is told; never while Python may be in the middle of something
 * @property {(state: string, problem: string) => void} state "saved", "unsaved" or "saving"
 * @property {(paths: string[]) => void} changed in another tab
 */

/** Where saving takes waiting: whether somebody waits when SQLite commits now, and whether it has (bridge/storage). */
export const commits = { awaited: false, happened: false };

const NOBODY_WAITS =
  "SQLite's commit is refused: nobody waits here until it is durable. Commit in an async function, in a browser with " +
  "JavaScript Promise Integration (JSPI), or work with the database in a worker.";

/** @type {Teller} */
export const SILENT = { state() {}, changed() {} };

/** @abstract */
export class Saver {
  isReadOnly = false;
  isImmediate = false; // to save takes no waiting
  /** @type {Files | null} while it is mounted */
  files = null;
  #isDue = false;
  #isHeld = false;
  /** @type {Promise<void> | null} */
  #saving = null;

  /** @param {any} FS Emscripten's @param {string} path @param {Volume} volume @param {Teller} tell */
  constructor(FS, path, volume, tell) {
    this.FS = FS;
    this.path = path;
    this.volume = volume;
    this.tell = tell;
  }

  /** Saves all that has changed, or raises: then it is still to be saved. */
  saveNow() {}

  /** The same, where it takes waiting. */
  async save() {}

  mount() {
    const files = (this.files = new Files(this.FS, this.volume, this));
    this.FS.mkdirTree(this.path);
    this.FS.mount({ mount: () => files.mount() }, {}, this.path);
  }

  unmount() {
    if (this.files) this.FS.unmount(this.path);
    this.files = null;
    this.tell = SILENT;
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
    if (!this.isImmediate) throw new this.FS.ErrnoError(ERRNO.ENOTSUP);
    this.#saveNow();
  }

  /** For Files. */
  committed() {
    if (this.#isHeld) return;
    if (this.isImmediate) this.#saveNow();
    else if (commits.awaited) commits.happened = true;
    else {
      console.error(NOBODY_WAITS);
      throw new this.FS.ErrnoError(ERRNO.ENOTSUP);
    }
  }

  /** Saves all that has changed. @returns {Promise<Problem | null>} why it could not be saved */
  async flush() {
    if (this.#isHeld) return { name: "InvalidStateError", message: "It is just being changed as a whole." };
    try {
      while (this.volume.isChanged || this.#saving) {
        if (this.isImmediate) this.#saveNow();
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

  get isHeld() {
    return this.#isHeld;
  }

  #saveNow() {
    this.saveNow();
    queueMicrotask(() => this.#tellState());
  }

  async #save() {
    this.tell.state("saving", "");
    await this.save();
  }

  #tellState(problem = "") {
    this.tell.state(this.volume.isChanged ? "unsaved" : "saved", problem);
  }
}
