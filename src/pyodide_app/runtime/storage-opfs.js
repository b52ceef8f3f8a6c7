/**
 * Blocks and their log in the origin private file system, through handles that read, write and flush at once.
 *
 * Browsers have these handles in dedicated workers only, and one at a time for a file.
 */

import { Log, writeAll } from "./storage-log.js";

/** @typedef {import("./storage-log.js").Handle} Handle */
/** @typedef {import("./storage-entry.js").Record} Record */

const FILES = ["blocks", "log-0", "log-1"];
/** How long a worker that has just ended may keep its handles, and how often to look (milliseconds). */
const PATIENCE = 10_000;
const STEP = 20;

export class OpfsDevice {
  kind = "opfs";
  isImmediate = true;
  blockSize = 4096;
  #hasWritten = false;

  /** @param {Handle} blocks @param {Log} log */
  constructor(blocks, log) {
    this.blocks = blocks;
    this.log = log;
  }

  /** @returns {Promise<boolean>} whether this thread has such handles */
  static async isPossible() {
    const scope = /** @type {any} */ (globalThis);
    if (!scope.FileSystemFileHandle?.prototype.createSyncAccessHandle) return false;
    try {
      return Boolean(await navigator.storage.getDirectory());
    } catch {
      return false; // a private window of some browsers
    }
  }

  /** @param {string} name */
  static async open(name) {
    const folder = await (await folderOfAll(true)).getDirectoryHandle(encodeURIComponent(name), { create: true });
    /** @type {Handle[]} */
    const handles = [];
    try {
      for (const file of FILES) handles.push(await handleOf(await folder.getFileHandle(file, { create: true })));
      const [blocks, ...logs] = /** @type {[Handle, Handle, Handle]} */ (handles);
      return new OpfsDevice(blocks, new Log(logs));
    } catch (error) {
      for (const handle of handles) handle.close();
      throw error;
    }
  }

  /** @param {string} name */
  static async exists(name) {
    try {
      await (await folderOfAll(false)).getDirectoryHandle(encodeURIComponent(name));
      return true;
    } catch {
      return false; // not there, or no such file system
    }
  }

  /** @param {string} name */
  static async erase(name) {
    await (await folderOfAll(true)).removeEntry(encodeURIComponent(name), { recursive: true });
  }

  /** @returns {Record[]} */
  get records() {
    return this.log.records.splice(0);
  }

  /** Gives back what lies behind the last block. @param {number} end */
  trim(end) {
    if (this.blocks.getSize() > end * this.blockSize) this.blocks.truncate(end * this.blockSize);
  }

  /** @param {number} block @param {number} start @param {Uint8Array} into */
  read(block, start, into) {
    const count = this.blocks.read(into, { at: block * this.blockSize + start });
    if (count < into.length) throw new Error(`The block ${block} is not there: what is stored is damaged.`);
  }

  /** @param {number} block @param {number} start @param {Uint8Array} bytes */
  write(block, start, bytes) {
    this.#hasWritten = true;
    writeAll(this.blocks, bytes, block * this.blockSize + start);
  }

  /** @param {Record} record @param {() => Record} snapshot */
  commit(record, snapshot) {
    if (this.#hasWritten) this.blocks.flush(); // before the record that names them
    this.log.append(record, snapshot);
    this.#hasWritten = false;
  }

  close() {
    for (const handle of [this.blocks, ...this.log.files]) handle.close();
  }
}

/** @param {boolean} create */
async function folderOfAll(create) {
  return (await navigator.storage.getDirectory()).getDirectoryHandle("pyodide_app", { create });
}

/** @param {any} file @returns {Promise<Handle>} */
async function handleOf(file) {
  for (const end = performance.now() + PATIENCE; ; ) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      const isTaken = error instanceof DOMException && error.name === "NoModificationAllowedError";
      if (!isTaken || performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, STEP));
    }
  }
}
