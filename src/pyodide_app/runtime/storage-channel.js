/**
 * What the tabs that have a store mounted tell each other.
 *
 *     the writer  ── changed: paths ──────────────────────────────────> everybody
 *     a reader    ── wanted ──> the writer ── state: tree, blocks ────> readers
 *                               the writer ── changed, tree, blocks ──> readers, once there are any
 *     a writer    ── begun: those who read ask again ─────────────────> readers
 */

import { Files } from "./storage-files.js";
import { MemoryDevice } from "./storage-memory.js";
import { askToPersist } from "./storage-persist.js";
import { pathsOf } from "./storage-store.js";
import { HOLE } from "./storage-blocks.js";
import { Volume } from "./storage-volume.js";

/** @typedef {import("./storage-store.js").Store} Store */
/** @typedef {import("./storage-store.js").Teller} Teller */
/** @typedef {import("./storage-volume.js").Changes} Changes */
/** @typedef {import("./storage-entry.js").Record} Record */

/** @param {string} name */
function channelOf(name) {
  return new BroadcastChannel(`pyodide_app storage ${name}`);
}

/** The writer's end. */
export class Announcer {
  #hasReaders = false;
  /** @type {Store | null} */
  #store = null;

  /** @param {string} name */
  constructor(name) {
    this.channel = channelOf(name);
    this.channel.onmessage = async ({ data }) => {
      const store = this.#store;
      if (data.kind !== "wanted" || !store || (await store.flush())) return;
      this.#hasReaders = true;
      const record = store.volume.snapshot();
      const { blockSize } = store.device;
      this.channel.postMessage({ kind: "state", blockSize, record, blocks: blocksOf(store.device, record) });
    };
  }

  /** @param {Store} store */
  begin(store) {
    this.#store = store;
    this.channel.postMessage({ kind: "begun" });
  }

  /** @param {Changes} changes @param {Record} record */
  announce(changes, record) {
    const message = { kind: "changed", paths: pathsOf(changes), record: null, blocks: null };
    const forReaders = this.#hasReaders && this.#store && { record, blocks: blocksOf(this.#store.device, record) };
    this.channel.postMessage({ ...message, ...forReaders });
  }

  close() {
    this.channel.close();
  }
}

/** A store that another tab writes, as of the last time that it was saved there. */
export class ReadOnlyStore {
  isReadOnly = true;
  device = { kind: "reader" };
  /** @type {{volume: Volume, memory: MemoryDevice} | null} */
  #state = null;
  /** @type {Files | null} */
  files = null;

  /** @param {any} FS @param {string} path @param {string} name @param {Teller} tell */
  constructor(FS, path, name, tell) {
    this.FS = FS;
    this.path = path;
    this.tell = tell;
    this.channel = channelOf(name);
    /** @type {Promise<void>} resolved once the writer has answered */
    this.ready = new Promise((resolve) => {
      this.channel.onmessage = ({ data }) => {
        if (data.kind === "begun") this.channel.postMessage({ kind: "wanted" });
        else if (data.kind === "state") this.#begin(data);
        else if (data.kind === "changed") this.#change(data);
        if (this.#state) resolve();
      };
    });
    this.channel.postMessage({ kind: "wanted" });
  }

  get volume() {
    return this.#state?.volume;
  }

  /** @param {{blockSize: number, record: Record, blocks: [number, Uint8Array][]}} state */
  #begin({ blockSize, record, blocks }) {
    const isFirst = !this.#state;
    if (!isFirst) this.FS.unmount(this.path);
    const memory = new MemoryDevice(blockSize);
    memory.blocks = new Map(blocks);
    const volume = new Volume(memory, [record]);
    const files = (this.files = new Files(this.FS, volume, this));
    this.#state = { volume, memory };
    this.FS.mkdirTree(this.path);
    this.FS.mount({ mount: () => files.mount() }, {}, this.path);
    if (!isFirst) this.tell.changed(record.entries.map(([, , name]) => name));
  }

  /** @param {{paths: string[], record: Record | null, blocks: [number, Uint8Array][] | null}} change */
  #change({ paths, record, blocks }) {
    askToPersist(); // for a worker, which cannot
    if (!this.#state || !record || !blocks) return;
    for (const [block, bytes] of blocks) this.#state.memory.blocks.set(block, bytes);
    this.files?.forget(this.#state.volume.apply(record));
    this.tell.changed(paths);
  }

  changed() {} // it is read-only
  fsync() {}
  committed() {}

  async flush() {
    return null;
  }

  unmount() {
    if (this.#state) this.FS.unmount(this.path);
    this.channel.close();
  }
}

/** @param {any} device @param {Record} record @returns {[number, Uint8Array][]} */
function blocksOf(device, { runs }) {
  const blocks = runs.flatMap(([, , first, count]) =>
    first === HOLE ? [] : Array.from({ length: count }, (_, i) => first + i),
  );
  return blocks.map((block) => {
    const bytes = new Uint8Array(device.blockSize);
    device.read(block, 0, bytes);
    return [block, bytes];
  });
}
