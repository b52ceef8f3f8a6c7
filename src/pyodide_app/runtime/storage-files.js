/** A volume as a file system of Emscripten's, for whatever Python does with files. */

import { ERRNO, isQuota } from "./storage-errors.js";
import { databaseOf, isCommit, isJournal, whyNotMade, whyNotWritten } from "./storage-sqlite.js";

/** @typedef {import("./storage-entry.js").Entry} Entry */
/** @typedef {import("./storage-volume.js").Volume} Volume */
/**
 * @typedef {object} Keeper
 * @property {boolean} isReadOnly
 * @property {() => void} changed something has; it is to be saved soon
 * @property {() => void} fsync saves all of it, and raises if that is not possible at once
 * @property {() => void} committed SQLite takes what was written as durable
 */

const WRITING = 0o3; // of a stream's flags
const TYPE = 0o170000;
const [FOLDER, FILE] = [0o040000, 0o100000];

export class Files {
  #FS;
  #volume;
  #keeper;
  #node_ops;
  #stream_ops;

  /** @param {any} FS @param {Volume} volume @param {Keeper} keeper */
  constructor(FS, volume, keeper) {
    this.#FS = FS;
    this.#volume = volume;
    this.#keeper = keeper;
    this.openCount = 0;
    this.#node_ops = this.#guarded({
      getattr: ({ id, entry }) => attributesOf(id, entry),
      setattr: this.#setattr,
      lookup: this.#lookup,
      mknod: this.#mknod,
      rename: this.#rename,
      unlink: this.#unlink,
      rmdir: this.#rmdir,
      readdir: ({ entry }) => [".", "..", ...entry.children.keys()],
    });
    this.#stream_ops = this.#guarded({
      open: this.#open,
      dup: ({ node }) => this.#hold(node.entry),
      close: this.#close,
      llseek: this.#llseek,
      read: this.#read,
      write: this.#write,
      fsync: () => {
        this.#keeper.fsync();
        return 0;
      },
    });
  }

  /** What FS.mount calls. */
  mount() {
    return this.#nodeOf(null, this.#volume.root);
  }

  /** They may be elsewhere now, or gone: the next look finds out. @param {Entry[]} entries */
  forget(entries) {
    for (const entry of entries) {
      if (entry === this.#volume.root) continue;
      if (entry.node) this.#FS.hashRemoveNode(entry.node);
      entry.node = null;
    }
  }

  /** Emscripten takes any other exception than its own as a crash. @param {Record<string, (...args: any[]) => any>} operations */
  #guarded(operations) {
    const { ErrnoError } = this.#FS;
    /** @param {(...args: any[]) => any} operation */
    const guard = (operation) => {
      const bound = operation.bind(this);
      return (/** @type {any[]} */ ...args) => {
        try {
          return bound(...args);
        } catch (error) {
          if (error instanceof ErrnoError) throw error;
          if (isQuota(error)) throw new ErrnoError(ERRNO.ENOSPC);
          console.error(error);
          throw new ErrnoError(ERRNO.EIO);
        }
      };
    };
    return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, guard(operation)]));
  }

  /** @param {any} parent @param {Entry} entry */
  #nodeOf(parent, entry) {
    const node = this.#FS.createNode(parent, parent ? entry.name : "/", entry.mode, 0);
    return (entry.node = Object.assign(node, { entry, node_ops: this.#node_ops, stream_ops: this.#stream_ops }));
  }

  /** @param {keyof typeof ERRNO} name @param {string} [why] @returns {never} */
  #fail(name, why) {
    if (why) console.error(why);
    throw new this.#FS.ErrnoError(ERRNO[name]);
  }

  #toBeChanged() {
    if (this.#keeper.isReadOnly) this.#fail("EROFS");
  }

  /**
   * A journal has ended. If its database was written, that is a commit: saves, or takes back what was done.
   *
   * @param {Entry | null} folder
   * @param {string} journal
   * @param {() => void} undo
   */
  #ended(folder, journal, undo) {
    const database = folder && databaseOf(folder, journal);
    try {
      if (!database || database.isTouched) this.#keeper.committed();
    } catch (error) {
      undo();
      throw error;
    }
    if (database) database.isTouched = false;
  }

  /** @param {any} node @param {{mode?: number, size?: number, mtime?: number, timestamp?: number}} attributes */
  #setattr(node, { mode, size, mtime, timestamp }) {
    this.#toBeChanged();
    const { entry } = node;
    const ends = size === 0 && isJournal(entry.name) && entry.size > 0; // a transaction, in journal mode TRUNCATE
    const emptied = ends ? this.#volume.empty(entry) : null;
    if (size !== undefined && !ends) this.#volume.resize(entry, size);
    if (size !== undefined) entry.isTouched = true;
    if (mode !== undefined) node.mode = mode;
    const time = mtime ?? timestamp; // up to Pyodide 0.27 it is the second
    this.#volume.change(entry, { ...(mode !== undefined && { mode }), ...(time != null && { mtime: Number(time) }) });
    if (emptied) this.#ended(entry.parent, entry.name, emptied.undo);
    emptied?.end();
    this.#keeper.changed();
  }

  /** @param {any} parent @param {string} name */
  #lookup(parent, name) {
    const entry = parent.entry.children.get(name) ?? this.#fail("ENOENT");
    return this.#nodeOf(parent, entry);
  }

  /** @param {any} parent @param {string} name @param {number} mode */
  #mknod(parent, name, mode) {
    this.#toBeChanged();
    const why = whyNotMade(name);
    if (why || ![FILE, FOLDER].includes(mode & TYPE)) this.#fail("EPERM", why);
    const node = this.#nodeOf(parent, this.#volume.make(parent.entry, name, mode));
    const database = isJournal(name) && databaseOf(parent.entry, name);
    if (database) database.isTouched = false;
    this.#keeper.changed();
    return node;
  }

  /** @param {any} node @param {any} folder @param {string} name */
  #rename(node, folder, name) {
    this.#toBeChanged();
    const why = whyNotMade(name);
    if (why) this.#fail("EPERM", why);
    const replaced = folder.entry.children.get(name);
    if (replaced?.children?.size) this.#fail("ENOTEMPTY");
    if (replaced) this.forget([replaced]);
    this.#volume.move(node.entry, folder.entry, name);
    Object.assign(node, { parent: folder, name });
    this.#keeper.changed();
  }

  /** @param {any} parent @param {string} name */
  #unlink(parent, name) {
    this.#toBeChanged();
    const entry = parent.entry.children.get(name);
    this.#volume.hold(entry);
    this.#volume.remove(entry);
    if (isJournal(name)) this.#ended(parent.entry, name, () => this.#volume.restore(entry, parent.entry));
    this.#volume.letGo(entry);
    this.#keeper.changed();
  }

  /** @param {any} parent @param {string} name */
  #rmdir(parent, name) {
    this.#toBeChanged();
    const entry = parent.entry.children.get(name);
    if (entry.children.size > 0) this.#fail("ENOTEMPTY");
    this.#volume.remove(entry);
    this.#keeper.changed();
  }

  /** @param {any} stream */
  #open({ node, flags, fd }) {
    if (flags & WRITING && this.#keeper.isReadOnly) {
      this.#FS.closeStream(fd); // Emscripten leaves it open
      this.#fail("EROFS");
    }
    this.#hold(node.entry);
  }

  /** @param {Entry} entry */
  #hold(entry) {
    this.openCount++;
    this.#volume.hold(entry);
  }

  /** @param {any} stream */
  #close({ node }) {
    this.openCount--;
    this.#volume.letGo(node.entry);
  }

  /** @param {any} stream @param {number} offset @param {number} whence */
  #llseek(stream, offset, whence) {
    const from = [0, stream.position, stream.node.entry.size][whence] ?? NaN;
    if (!(from + offset >= 0)) this.#fail("EINVAL");
    return from + offset;
  }

  /** @param {any} stream @param {Int8Array} heap @param {number} offset @param {number} length @param {number} position */
  #read({ node }, heap, offset, length, position) {
    return this.#volume.read(node.entry, new Uint8Array(heap.buffer, heap.byteOffset + offset, length), position);
  }

  /** @param {any} stream @param {Int8Array} heap @param {number} offset @param {number} length @param {number} position */
  #write({ node: { entry } }, heap, offset, length, position) {
    this.#toBeChanged();
    if (length === 0) return 0;
    const bytes = new Uint8Array(heap.buffer, heap.byteOffset + offset, length);
    const why = whyNotWritten(entry, bytes, position, (into) => this.#volume.read(entry, into, 0));
    if (why) this.#fail("EPERM", why);
    if (entry.size >= length && isCommit(entry.name, bytes, position)) {
      const before = new Uint8Array(length);
      this.#volume.read(entry, before, 0);
      this.#volume.write(entry, bytes, 0);
      this.#ended(entry.parent, entry.name, () => this.#volume.write(entry, before, 0));
    } else this.#volume.write(entry, bytes, position);
    entry.isTouched = true;
    this.#keeper.changed();
    return length;
  }
}

/** @param {number} ino @param {Entry} entry */
function attributesOf(ino, { mode, size, mtime, blocks }) {
  const time = new Date(mtime);
  const times = { atime: time, mtime: time, ctime: time };
  return { dev: 1, ino, mode, nlink: 1, uid: 0, gid: 0, rdev: 0, size, ...times, blksize: 4096, blocks: blocks.length * 8 };
}
