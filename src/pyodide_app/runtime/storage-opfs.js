/**
 * Blocks and their log in the origin private file system, through handles that read, write and flush at once.
 *
 * Browsers have these handles in dedicated workers only, and one at a time for a file.
 *
 * To flush a file costs most. So the blocks of a small change are in the log, too: only that is flushed, and until the
 * blocks are, a device that is opened writes them again.
 */

import { blocksOf } from "./storage-entry.js";
import { Log, writeAll } from "./storage-log.js";

/** @typedef {import("./storage-log.js").Handle} Handle */
/** @typedef {import("./storage-entry.js").Record} Record */

const FILES = ["blocks", "log-0", "log-1"];
/** How long a worker that has just ended may keep its handles, and how often to look (milliseconds). */
const PATIENCE = 10_000;
const STEP = 20;
/** The most blocks whose bytes a record takes along: to write them twice costs less than a flush. */
const FEW = 32;

export class OpfsDevice {
  kind = "opfs";
  isImmediate = true;
  blockSize = 4096;
  #hasWritten = false;
  /** @type {Record[]} */
  records;

  /** @param {Handle} blocks @param {Log} log */
  constructor(blocks, log) {
    this.blocks = blocks;
    this.log = log;
    const kept = log.records.splice(0);
    this.records = kept.map(({ record }) => record);
    for (const [block, bytes] of latest(kept, this.blockSize)) this.write(block, 0, bytes);
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
    const blocks = blocksOf(record);
    const isSmall = blocks.length <= FEW;
    if (!isSmall) this.#flushBlocks(); // before the record that names them
    this.log.append(record, isSmall ? this.#contentOf(blocks) : new Uint8Array(), () => {
      this.#flushBlocks();
      return snapshot();
    });
  }

  #flushBlocks() {
    if (this.#hasWritten) this.blocks.flush();
    this.#hasWritten = false;
  }

  /** @param {number[]} blocks */
  #contentOf(blocks) {
    const content = new Uint8Array(blocks.length * this.blockSize);
    for (const [i, block] of blocks.entries()) {
      this.read(block, 0, content.subarray(i * this.blockSize, (i + 1) * this.blockSize));
    }
    return content;
  }

  close() {
    for (const handle of [this.blocks, ...this.log.files]) handle.close();
  }
}

/**
 * The bytes that blocks have by a log. A block that a later record names without bytes was flushed before that.
 *
 * @param {import("./storage-log.js").Kept[]} kept
 * @param {number} size of a block
 */
function latest(kept, size) {
  /** @type {Map<number, Uint8Array>} */
  const contents = new Map();
  for (const { record, bytes } of kept) {
    for (const [i, block] of blocksOf(record).entries()) {
      if (bytes.length > 0) contents.set(block, bytes.subarray(i * size, (i + 1) * size));
      else contents.delete(block);
    }
  }
  return contents;
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
