/**
 * A tree of files, and what has changed in it since it was last saved.
 *
 * `take` gathers the changes as a record, and from all records in their order comes the tree again. As saved blocks
 * are never overwritten, whatever ends this thread, what is found later is the tree of the last record that was
 * saved whole, with all its bytes.
 */

import { Blocks, HOLE } from "./storage-blocks.js";
import { ROOT, listed, pathOf, place, runsOf } from "./storage-entry.js";

/** @typedef {import("./storage-blocks.js").Device} Device */
/** @typedef {import("./storage-entry.js").Entry} Entry */
/** @typedef {import("./storage-entry.js").Record} Record */
/**
 * @typedef {object} Changes
 * @property {Set<Entry>} entries
 * @property {Map<Entry, Set<number>>} indices of their blocks
 * @property {Map<Entry, string>} gone and the paths they had
 * @property {number[]} released blocks
 * @property {Map<string, number>} routed the requests of replicas that were taken
 */

const FOLDER = 0o040777;
/** Of so many replicas it is known what they had saved last. */
const REPLICAS = 64;

export class Volume {
  /** @type {Map<number, Entry>} */
  #entries = new Map();
  #next = ROOT + 1;
  #changes = none();
  #taken = none(); // on their way
  #hasNewVersion = false;
  /** @type {Map<string, number>} */
  #routed = new Map();
  #blockSize;
  #blocks;

  /**
   * @param {Device} device
   * @param {Record[]} records in their order
   * @param {number} [first] number of an entry and of a block that this thread makes; those of others are lower
   */
  constructor(device, records, first = 0) {
    this.version = 0; // the app's own, of what it has here; 0: nothing was ever saved
    this.#blockSize = device.blockSize;
    this.root = this.#add(ROOT, null, "", FOLDER);
    for (const record of records) this.apply(record);
    this.#next = Math.max(this.#next, first);
    this.#blocks = new Blocks(device, this.used(), first);
  }

  get isChanged() {
    const { entries, indices, gone } = this.#changes;
    return entries.size + indices.size + gone.size > 0 || this.#hasNewVersion;
  }

  /** Whether a replica's request has been taken, by this writer or one before. @param {string} from @param {number} number */
  hasTaken(from, number) {
    return (this.#routed.get(from) ?? -1) >= number;
  }

  /** @param {string} from @param {number} number */
  noteTaken(from, number) {
    this.#routed.delete(from); // the latest is the last
    this.#routed.set(from, number);
    this.#changes.routed.set(from, number);
    const [oldest] = this.#routed.keys();
    if (this.#routed.size > REPLICAS && oldest !== undefined) this.#routed.delete(oldest);
  }

  /** @param {number} version */
  setVersion(version) {
    this.version = version;
    this.#hasNewVersion = true;
  }

  /** How many blocks the device has to hold. */
  get end() {
    return this.#blocks.end;
  }

  /**
   * Takes in a record; what has changed here stays as it is.
   *
   * @param {Record} record
   * @returns {Entry[]} what has changed by it or is gone
   */
  apply({ version, entries, runs, gone, routed = [] }) {
    this.version = version || this.version;
    for (const [from, number] of routed) this.#routed.set(from, number);
    const own = this.#own();
    const changed = [];
    for (const id of gone) {
      const entry = this.#entries.get(id);
      if (!entry || own.has(id)) continue; // the first: it came and went between two records
      entry.parent?.children?.delete(entry.name);
      entry.parent = null;
      this.#entries.delete(id);
      changed.push(entry);
    }
    const news = entries.filter(([id]) => !own.has(id));
    for (const [id, , , mode] of news) if (!this.#entries.has(id)) this.#add(id, null, "", mode);
    for (const [id, parent, name, mode, mtime, size, tag = mtime] of news) {
      const [entry, folder] = [this.#at(id), this.#at(parent)];
      const other = folder.children?.get(name);
      if (other && other !== entry && own.has(other.id)) continue;
      if (id !== ROOT) place(entry, folder, name);
      Object.assign(entry, { mode, mtime, tag });
      this.#fit(entry, size);
      changed.push(entry);
    }
    for (const [id, index, block, count] of runs) {
      const { blocks } = own.has(id) ? { blocks: [] } : this.#at(id);
      for (let i = 0; i < count; i++) blocks[index + i] = block === HOLE ? HOLE : block + i;
    }
    return changed;
  }

  /** What has changed since it was taken last, or is gone. */
  get touched() {
    const { entries, indices, gone } = this.#changes;
    return new Set([...entries, ...indices.keys(), ...gone.keys()]);
  }

  /** No longer has these changes: what others have saved may take their place. @param {Entry[]} changed */
  forget(changed) {
    for (const entry of changed) {
      this.#changes.entries.delete(entry);
      this.#changes.indices.delete(entry);
      this.#changes.gone.delete(entry);
    }
  }

  /** @param {number} id */
  entry(id) {
    return this.#entries.get(id);
  }

  /** @param {Entry} entry @param {number} id */
  renumber(entry, id) {
    this.#entries.delete(entry.id);
    this.#entries.set(id, Object.assign(entry, { id }));
  }

  /** All that are there. */
  get entries() {
    return [...this.#entries.values()];
  }

  /** All blocks that they have. */
  used() {
    return new Set(this.entries.flatMap(({ blocks }) => blocks));
  }

  /** All of it. @returns {Record} */
  snapshot() {
    const runs = this.entries.flatMap((entry) => runsOf(entry, entry.blocks.keys()));
    return { version: this.version, entries: this.entries.map(listed), runs, gone: [], routed: [...this.#routed] };
  }

  /** Takes what has changed since the last time; `settle` or `putBack` must follow. */
  take() {
    const changes = (this.#taken = this.#changes);
    this.#changes = none();
    this.#hasNewVersion = false;
    changes.released = this.#blocks.take();
    const entries = [...new Set([...changes.entries, ...changes.indices.keys()])].map(listed);
    const runs = [...changes.indices].flatMap(([entry, indices]) =>
      runsOf(
        entry,
        [...indices].sort((a, b) => a - b),
      ),
    );
    const gone = [...changes.gone.keys()].map(({ id }) => id);
    return { changes, record: { version: this.version, entries, runs, gone, routed: [...changes.routed] } };
  }

  /** The record was saved. @param {Changes} changes */
  settle({ released }) {
    this.#taken = none();
    this.#blocks.release(released);
  }

  /** The record was not saved: what it has comes with the next one. @param {Changes} changes */
  putBack({ entries, indices, gone, released, routed }) {
    this.#taken = none();
    for (const [entry, path] of gone) this.#changes.gone.set(entry, path);
    for (const entry of entries) this.#touch(entry);
    for (const [entry, changed] of indices) this.#note(entry, changed);
    this.#changes.routed = new Map([...routed, ...this.#changes.routed]);
    this.#blocks.putBack(released);
    this.#hasNewVersion = true; // perhaps; it is in each record
  }

  /** @param {Entry} folder @param {string} name @param {number} mode */
  make(folder, name, mode) {
    const entry = this.#add(this.#next, folder, name, mode);
    this.#touch(entry);
    this.#modify(folder);
    return entry;
  }

  /** Moves it, over what may be there. @param {Entry} entry @param {Entry} folder @param {string} name */
  move(entry, folder, name) {
    const replaced = folder.children?.get(name);
    if (replaced) this.remove(replaced);
    if (entry.parent) this.#modify(entry.parent);
    place(entry, folder, name);
    this.#touch(entry);
    this.#modify(folder);
  }

  /** @param {Entry} entry */
  remove(entry) {
    const folder = /** @type {Entry} */ (entry.parent);
    this.#changes.gone.set(entry, pathOf(entry));
    folder.children?.delete(entry.name);
    entry.parent = null;
    this.#entries.delete(entry.id);
    this.#changes.entries.delete(entry);
    this.#changes.indices.delete(entry);
    this.#modify(folder);
    this.#discard(entry);
  }

  /** Puts back what was removed and is still held. @param {Entry} entry @param {Entry} folder */
  restore(entry, folder) {
    this.#entries.set(entry.id, entry);
    place(entry, folder, entry.name);
    this.#changes.gone.delete(entry);
    this.#touch(entry);
    this.#note(entry, entry.blocks.keys());
  }

  /** Empties it, but keeps what it had. @param {Entry} entry @returns {{undo(): void, end(): void}} */
  empty(entry) {
    const { blocks, size } = entry;
    entry.blocks = [];
    this.resize(entry, 0);
    const undo = () => {
      Object.assign(entry, { blocks, size });
      this.#note(entry, blocks.keys());
    };
    return { undo, end: () => this.#blocks.drop(blocks) };
  }

  /** @param {Entry} entry */
  hold(entry) {
    entry.holders++;
  }

  /** @param {Entry} entry */
  letGo(entry) {
    entry.holders--;
    if (!this.#isThere(entry)) this.#discard(entry);
  }

  /** @param {Entry} entry @param {{mode?: number, mtime?: number, tag?: number}} attributes */
  change(entry, attributes) {
    Object.assign(entry, { tag: Math.random() }, attributes);
    this.#touch(entry);
  }

  /** @param {Entry} entry @param {number} size */
  resize(entry, size) {
    const over = Math.min(entry.size, Math.ceil(size / this.#blockSize) * this.#blockSize) - size;
    // What is cut off within a block becomes zeros, for when the file grows again.
    if (over > 0) this.#note(entry, this.#blocks.write(entry.blocks, new Uint8Array(over), size));
    const before = entry.blocks.length;
    this.#blocks.drop(this.#fit(entry, size));
    this.#note(entry, indices(before, entry.blocks.length));
    this.#modify(entry);
  }

  /** @param {Entry} entry @param {Uint8Array} into @param {number} position @returns {number} how many bytes */
  read(entry, into, position) {
    const length = Math.max(0, Math.min(into.length, entry.size - position));
    this.#blocks.read(entry.blocks, into.subarray(0, length), position);
    return length;
  }

  /** Writes all of it, or raises and has changed nothing. @param {Entry} entry @param {Uint8Array} bytes @param {number} position */
  write(entry, bytes, position) {
    const { size } = entry;
    const before = entry.blocks.length;
    this.#fit(entry, Math.max(size, position + bytes.length));
    try {
      this.#note(entry, this.#blocks.write(entry.blocks, bytes, position));
    } catch (error) {
      this.#fit(entry, size);
      throw error;
    }
    this.#note(entry, indices(before, entry.blocks.length));
    this.#modify(entry);
  }

  /** @param {Entry} entry */
  #discard(entry) {
    if (entry.holders === 0) this.#blocks.drop(entry.blocks.splice(0));
  }

  /** Makes its list of blocks as long as a size needs. @param {Entry} entry @param {number} size @returns {number[]} what is left over */
  #fit(entry, size) {
    const count = Math.ceil(size / this.#blockSize);
    entry.size = size;
    while (entry.blocks.length < count) entry.blocks.push(HOLE);
    return entry.blocks.splice(count);
  }

  /** @param {number} id @param {Entry | null} parent @param {string} name @param {number} mode @returns {Entry} */
  #add(id, parent, name, mode) {
    const children = (mode & 0o170000) === 0o040000 ? new Map() : null;
    const about = { id, parent, name, mode, mtime: Date.now(), tag: Math.random(), size: 0 };
    const entry = { ...about, blocks: [], children, holders: 0, node: null, saved: null, isTouched: false };
    this.#entries.set(id, entry);
    this.#next = Math.max(this.#next, id + 1);
    parent?.children?.set(name, entry);
    return entry;
  }

  /** @param {number} id @returns {Entry} */
  #at(id) {
    const entry = this.#entries.get(id);
    if (!entry) throw new Error(`The stored tree is damaged: it names the entry ${id}, which is not there.`);
    return entry;
  }

  /** The numbers of what has changed here and of what is on its way. */
  #own() {
    const both = [this.#changes, this.#taken];
    return new Set(
      both.flatMap(({ entries, indices, gone }) =>
        [...entries, ...indices.keys(), ...gone.keys()].map(({ id }) => id),
      ),
    );
  }

  /** @param {Entry} entry */
  #isThere(entry) {
    return this.#entries.get(entry.id) === entry;
  }

  /** @param {Entry} entry */
  #modify(entry) {
    this.change(entry, { mtime: Date.now() });
  }

  /** @param {Entry} entry */
  #touch(entry) {
    if (this.#isThere(entry)) this.#changes.entries.add(entry);
  }

  /** @param {Entry} entry @param {Iterable<number>} changed */
  #note(entry, changed) {
    if (!this.#isThere(entry)) return;
    const noted = this.#changes.indices.get(entry) ?? new Set();
    for (const index of changed) noted.add(index);
    this.#changes.indices.set(entry, noted);
  }
}

/** @returns {Changes} */
function none() {
  return { entries: new Set(), indices: new Map(), gone: new Map(), released: [], routed: new Map() };
}

/** @param {number} from @param {number} to */
function indices(from, to) {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
