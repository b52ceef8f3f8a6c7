/**
 * Blocks and records in IndexedDB, for where there are no synchronous handles. All blocks are in memory, too, since
 * reading cannot wait; a record and the blocks that it names are kept in one transaction.
 */

import { MemoryDevice } from "./storage-memory.js";

/** @typedef {import("./storage-entry.js").Record} Record */

const LAYOUT = 1;
const BLOCK_SIZE = 16 * 1024;
const MOST_RECORDS = 256; // then the whole tree takes their place

export class IndexedDbDevice extends MemoryDevice {
  kind = "indexeddb";
  isImmediate = false;
  /** @type {Set<number>} */
  #written = new Set();

  /** @param {IDBDatabase} database @param {Record[]} records */
  constructor(database, records) {
    super(BLOCK_SIZE);
    this.database = database;
    this.records = records;
    this.count = records.length;
  }

  /** @param {string} name */
  static async open(name) {
    const opening = indexedDB.open(nameOf(name), LAYOUT);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("blocks");
      opening.result.createObjectStore("log", { autoIncrement: true });
    };
    const database = await done(opening);
    const reading = database.transaction(["blocks", "log"]);
    const [records, blocks, keys] = await Promise.all([
      done(reading.objectStore("log").getAll()),
      done(reading.objectStore("blocks").getAll()),
      done(reading.objectStore("blocks").getAllKeys()),
    ]);
    const device = new IndexedDbDevice(database, records);
    for (const [i, key] of keys.entries()) device.blocks.set(Number(key), blocks[i]);
    return device;
  }

  /** @param {string} name */
  static async exists(name) {
    return (await indexedDB.databases()).some((database) => database.name === nameOf(name));
  }

  /** @param {string} name */
  static async erase(name) {
    await done(indexedDB.deleteDatabase(nameOf(name)));
  }

  /** @param {number} end */
  trim(end) {
    for (const block of this.blocks.keys()) if (block >= end) this.blocks.delete(block);
  }

  /** @param {number} block @param {number} start @param {Uint8Array} bytes */
  write(block, start, bytes) {
    super.write(block, start, bytes);
    for (let i = 0; i * BLOCK_SIZE < start + bytes.length; i++) this.#written.add(block + i);
  }

  /**
   * @param {Record} record
   * @param {() => Record} snapshot
   * @param {number[]} released blocks that it no longer names
   */
  async commit(record, snapshot, released) {
    const written = this.#written;
    this.#written = new Set();
    const isFull = this.count >= MOST_RECORDS;
    const transaction = this.database.transaction(["blocks", "log"], "readwrite", { durability: "strict" });
    try {
      const [blocks, log] = [transaction.objectStore("blocks"), transaction.objectStore("log")];
      for (const block of released) blocks.delete(block);
      for (const block of written) blocks.put(this.blocks.get(block), block);
      if (isFull) log.clear();
      log.add(isFull ? snapshot() : record);
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error ?? new Error("The browser has ended the transaction."));
      });
    } catch (error) {
      for (const block of written) this.#written.add(block);
      throw error;
    }
    this.count = isFull ? 1 : this.count + 1;
  }

  close() {
    this.database.close();
  }
}

/** @param {string} name */
function nameOf(name) {
  return `pyodide_app/${name}`;
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
