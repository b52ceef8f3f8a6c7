/**
 * Files that a tab writes through another one's store: all that it has changed, as it is to be.
 *
 * Each comes with the tag of the version that the change began from. If the store has another one, somebody else has
 * changed it meanwhile, and nothing of the whole is taken.
 */

import { pathOf } from "./storage-entry.js";

/** @typedef {import("./storage-entry.js").Entry} Entry */
/** @typedef {import("./storage-volume.js").Changes} Changes */
/** @typedef {import("./storage-volume.js").Volume} Volume */
/**
 * @typedef {object} Now
 * @property {number} mode
 * @property {number} mtime
 * @property {number} tag
 * @property {Uint8Array | null} content null: a folder
 *
 * @typedef {object} Routed
 * @property {string} path
 * @property {number | null} base the tag of what was there; null: nothing was
 * @property {Now | null} now null: it is gone
 */

/**
 * @param {Volume} volume
 * @param {Changes} changes
 * @returns {(Routed & {entry: Entry | null})[]} each folder before what is in it
 */
export function filesOf(volume, { entries, indices, gone }) {
  /** @type {Map<string, Routed & {entry: Entry | null}>} */
  const files = new Map();
  /** @param {Entry} entry */
  const leave = ({ saved }) =>
    saved && files.set(saved.path, { path: saved.path, base: saved.tag, now: null, entry: null });
  for (const entry of gone.keys()) leave(entry);
  const touched = [...entries, ...indices.keys()];
  const changed = new Set(touched.flatMap((entry) => (hasMoved(entry) ? tree(entry) : [entry])));
  for (const entry of changed) if (hasMoved(entry)) leave(entry);
  for (const entry of changed) {
    const { mode, mtime, tag, saved, children } = entry;
    if (entry === volume.root || (children && saved && !hasMoved(entry))) continue; // what is in it has changed
    const path = pathOf(entry);
    const base = files.get(path)?.base ?? (hasMoved(entry) ? null : (saved?.tag ?? null));
    const content = children ? null : contentOf(volume, entry);
    files.set(path, { path, base, now: { mode, mtime, tag, content }, entry });
  }
  return [...files.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Those that somebody else has changed, and those that are open here. @param {Volume} volume @param {Routed[]} files */
export function obstacles(volume, files) {
  const there = files.map((file) => ({ ...file, entry: find(volume, file.path) }));
  const made = new Set(files.filter(({ now }) => now?.content === null).map(({ path }) => path));
  /** @param {string} folder */
  const isFolder = (folder) => Boolean(made.has(folder) || find(volume, folder)?.children);
  const isStale = there.filter((file) => !fits(file) || (file.now && !isFolder(split(file.path)[0])));
  const isOpen = there.filter(({ entry }) => entry && !entry.children && entry.holders > 0);
  return { stale: isStale.map(({ path }) => path), open: isOpen.map(({ path }) => path) };
}

/** @param {Routed & {entry: Entry | undefined}} file */
function fits({ base, now, entry }) {
  if (!entry) return base === null || now === null;
  if (now && Boolean(entry.children) !== (now.content === null)) return false;
  return entry.children || entry.tag === base;
}

/**
 * Has the files in the volume: all of them, or it raises and nothing has changed.
 *
 * @param {Volume} volume
 * @param {Routed[]} files
 * @returns {Entry[]} those that are gone
 */
export function take(volume, files) {
  /** @type {Undo[]} */
  const steps = [];
  try {
    for (const { path, now } of files) if (now) steps.push(...put(volume, path, now));
  } catch (error) {
    for (const { undo } of steps.reverse()) undo();
    throw error;
  }
  for (const { end } of steps) end();
  const gone = [];
  for (const { path, now } of [...files].reverse()) {
    const entry = now ? undefined : find(volume, path);
    if (!entry || entry.children?.size) continue; // somebody else has put something into the folder
    volume.remove(entry);
    gone.push(entry);
  }
  return gone;
}

/**
 * @typedef {object} Undo
 * @property {() => void} undo
 * @property {() => void} end it stays done
 *
 * @param {Volume} volume
 * @param {string} path
 * @param {Now} now
 * @returns {Undo[]}
 */
function put(volume, path, { mode, mtime, tag, content }) {
  const [folder, name] = split(path);
  const parent = find(volume, folder);
  if (!parent?.children) throw new Error(`The folder of ${path} is not there any more.`);
  const there = parent.children.get(name);
  if (there && content === null) return [];
  const entry = there ?? volume.make(parent, name, mode);
  const made = { undo: () => volume.remove(entry), end() {} };
  const about = there && { mtime: there.mtime, mode: there.mode, tag: there.tag };
  const before = there && about && { ...about, ...volume.empty(there) };
  const step = before ? { undo: () => restore(volume, entry, before), end: before.end } : made;
  try {
    if (content) volume.write(entry, content, 0);
  } catch (error) {
    step.undo();
    throw error;
  }
  volume.change(entry, { mode, mtime, tag });
  return [step];
}

/** @param {Volume} volume @param {Entry} entry @param {{undo: () => void, mtime: number, mode: number, tag: number}} before */
function restore(volume, entry, { undo, mtime, mode, tag }) {
  volume.resize(entry, 0);
  undo();
  volume.change(entry, { mtime, mode, tag });
}

/** @param {Volume} volume @param {string} path @returns {Entry | undefined} */
export function find(volume, path) {
  /** @type {Entry | undefined} */
  let entry = volume.root;
  for (const name of path ? path.split("/") : []) entry = entry?.children?.get(name);
  return entry;
}

/** @param {string} path */
function split(path) {
  const end = path.lastIndexOf("/");
  return /** @type {const} */ ([path.slice(0, Math.max(end, 0)), path.slice(end + 1)]);
}

/** Since it was saved last. @param {Entry} entry */
function hasMoved(entry) {
  return entry.saved !== null && entry.saved.path !== pathOf(entry);
}

/** @param {Entry} entry @returns {Entry[]} it and all that is in it */
export function tree(entry) {
  return [entry, ...[...(entry.children?.values() ?? [])].flatMap(tree)];
}

/** @param {Volume} volume @param {Entry} entry */
function contentOf(volume, entry) {
  const bytes = new Uint8Array(entry.size);
  volume.read(entry, bytes, 0);
  return bytes;
}
