/**
 * A store that another tab writes, as of the last time that it was saved there.
 *
 * It is read, or written too: then the files that have changed here are sent to the writer, who saves them. What both
 * have changed is the writer's in the end, and saving it here is an error.
 */

import { ROOT, pathOf } from "./storage-entry.js";
import { MemoryDevice } from "./storage-memory.js";
import { askToPersist } from "./storage-persist.js";
import { filesOf, tree } from "./storage-routed.js";
import { Saver } from "./storage-saver.js";
import { Volume } from "./storage-volume.js";

/** @typedef {import("./storage-channel.js").Contents} Contents */
/** @typedef {import("./storage-channel.js").Line} Line */
/** @typedef {import("./storage-channel.js").State} State */
/** @typedef {import("./storage-entry.js").Entry} Entry */
/** @typedef {import("./storage-entry.js").Record} Record */
/** @typedef {import("./storage-saver.js").Teller} Teller */

/** The numbers of what is made here begin with this: the writer's are smaller. */
const OWN = 2 ** 40;
const FOLDER = -1; // in place of a tag
const NOTHING_TO_SAY = { problem: null, stale: [] };

export class Replica extends Saver {
  #memory;
  #line;
  /** @type {Map<string, number>} the tags of what is sent and not answered yet, by path */
  #sent = new Map();

  /**
   * @param {any} FS
   * @param {string} path
   * @param {Line} line
   * @param {State} state
   * @param {Teller} tell
   * @param {boolean} isReadOnly
   */
  constructor(FS, path, line, state, tell, isReadOnly) {
    const memory = new MemoryDevice(state.blockSize);
    super(FS, path, new Volume(memory, [], OWN), tell);
    this.#memory = memory;
    this.#line = line;
    this.isReadOnly = isReadOnly;
    this.kind = isReadOnly ? "reader" : "router";
    this.mount();
    this.#adopt(state);
    line.onState = (newer) => {
      const changed = this.#adopt(newer);
      if (changed.length > 0) this.tell.changed(changed);
    };
    line.onChange = ({ from, paths, record, blocks }) => {
      askToPersist(); // for a worker, which cannot
      if (record && blocks) this.#apply(record, blocks);
      if (from !== line.id) this.tell.changed(paths);
    };
  }

  async save() {
    const { changes } = this.volume.take();
    const files = filesOf(this.volume, changes);
    this.#sent = new Map(files.flatMap(({ path, now }) => (now ? [[path, now.content ? now.tag : FOLDER]] : [])));
    const routed = files.map(({ path, base, now }) => ({ path, base, now }));
    const { problem, stale } = routed.length > 0 ? await this.#line.route(routed, this.volume.version) : NOTHING_TO_SAY;
    this.#sent.clear();
    if (problem) {
      this.volume.putBack(changes);
      if (stale.length > 0) await this.#giveUp(new Set(stale));
      throw Object.assign(new Error(problem.message), { name: problem.name });
    }
    this.volume.settle({ ...changes, released: [] }); // the numbers of those blocks are the writer's
    for (const { path, now, entry } of files) if (now && entry) entry.saved = { path, tag: now.tag };
  }

  /** All that has changed here is no more. */
  async revert() {
    this.volume.forget([...this.volume.touched]);
    await this.#line.renew();
  }

  unmount() {
    super.unmount();
    this.#line.close();
  }

  /** What has changed here at these paths is no more. @param {Set<string>} paths */
  async #giveUp(paths) {
    const touched = [...this.volume.touched];
    this.volume.forget(touched.filter((entry) => paths.has(pathOf(entry)) || paths.has(entry.saved?.path ?? "")));
    await this.#line.renew();
  }

  /** Has the whole of it. @param {State} state @returns {string[]} the paths of what is another now */
  #adopt({ record, blocks }) {
    const there = new Set(record.entries.map(([id]) => id));
    const { entries } = this.volume;
    const gone = entries.filter(({ id }) => !there.has(id) && id !== ROOT).map(({ id }) => id);
    const before = new Map(entries.map((entry) => [entry, entry.saved?.tag]));
    const changed = this.#apply({ ...record, gone }, blocks);
    return changed.filter((entry) => !entry.children && before.get(entry) !== entry.tag).map(pathOf);
  }

  /** @param {Record} record @param {Contents} blocks @returns {Entry[]} what has changed by it or is gone */
  #apply(record, blocks) {
    for (const [block, bytes] of blocks) this.#memory.blocks.set(block, bytes);
    this.#recognize(record);
    const changed = this.volume.apply(record);
    this.files?.forget(changed);
    for (const entry of changed) {
      entry.saved = { path: pathOf(entry), tag: entry.tag };
      for (const each of tree(entry)) if (each.saved) each.saved.path = pathOf(each);
    }
    this.#clean();
    return changed;
  }

  /** What is new to the writer may have been made or moved here. @param {Record} record */
  #recognize({ entries }) {
    for (const [id, parent, name, , , , tag] of entries) {
      const own = this.volume.entry(parent)?.children?.get(name);
      const sent = own && own.id !== id ? this.#sent.get(pathOf(own)) : undefined;
      if (own && (sent === FOLDER || sent === tag)) this.volume.renumber(own, id);
    }
  }

  /** Blocks that no file has are no longer needed; one that is removed but open may have some. */
  #clean() {
    if (this.files?.openCount) return;
    const used = this.volume.used();
    for (const block of this.#memory.blocks.keys()) if (!used.has(block)) this.#memory.blocks.delete(block);
  }
}
