/** A store that this thread writes. */

import { pathOf } from "./storage-entry.js";
import { askToPersist } from "./storage-persist.js";
import { Saver } from "./storage-saver.js";
import { Volume } from "./storage-volume.js";

/** @typedef {import("./storage-entry.js").Record} Record */
/** @typedef {import("./storage-saver.js").Teller} Teller */
/** @typedef {import("./storage-volume.js").Changes} Changes */

export class Store extends Saver {
  /**
   * @param {any} FS
   * @param {string} path
   * @param {any} device
   * @param {(changes: Changes, record: Record) => void} announce what was saved
   * @param {Teller} tell
   */
  constructor(FS, path, device, announce, tell) {
    super(FS, path, new Volume(device, device.records), tell);
    this.device = device;
    this.kind = device.kind;
    this.isImmediate = device.isImmediate;
    this.announce = announce;
    device.trim(this.volume.end);
  }

  saveNow() {
    const { changes, record } = this.volume.take();
    try {
      this.device.commit(record, () => this.volume.snapshot());
    } catch (error) {
      this.volume.putBack(changes);
      throw error;
    }
    this.#saved(changes, record);
  }

  async save() {
    const { changes, record } = this.volume.take();
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
}

/** The files that a record is about. @param {Changes} changes */
export function pathsOf({ entries, indices, gone }) {
  const files = [...new Set([...entries, ...indices.keys()])].filter(({ children }) => !children);
  return [...new Set([...files.map(pathOf), ...gone.values()])];
}
