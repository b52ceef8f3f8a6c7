/** What is in a tree: files and folders, and the records of them. */

import { HOLE } from "./storage-blocks.js";

/**
 * @typedef {object} Entry
 * @property {number} id
 * @property {Entry | null} parent null: the root, or removed
 * @property {string} name
 * @property {number} mode as stat has it
 * @property {number} mtime milliseconds
 * @property {number} tag another one after each change: two tabs may make two in the same millisecond
 * @property {number} size bytes
 * @property {number[]} blocks
 * @property {Map<string, Entry> | null} children of a folder
 * @property {number} holders what is removed keeps its bytes as long as it has any, such as open streams
 * @property {any} node Emscripten's, once it has been asked for
 * @property {{path: string, tag: number} | null} saved what the writer has of it, if that is another tab
 * @property {boolean} isTouched written since the journal beside it began, if it is a database
 *
 * @typedef {[id: number, parent: number, name: string, mode: number, mtime: number, size: number, tag?: number]} Listed
 * @typedef {[id: number, index: number, block: number, count: number]} Run of blocks one behind the other, or holes
 *
 * @typedef {object} Record a change of the tree, or all of it
 * @property {number} version of what the app has there
 * @property {Listed[]} entries
 * @property {Run[]} runs
 * @property {number[]} gone
 * @property {[from: string, number: number][]} [routed] the last request of each replica that was taken
 */

export const ROOT = 0; // its id

/** From the root on, without a slash before it. @param {Entry} entry @returns {string} */
export function pathOf({ parent, name }) {
  return parent?.parent ? `${pathOf(parent)}/${name}` : name;
}

/** @param {Entry} entry @param {Entry} folder @param {string} name */
export function place(entry, folder, name) {
  const siblings = entry.parent?.children;
  if (siblings?.get(entry.name) === entry) siblings.delete(entry.name);
  Object.assign(entry, { parent: folder, name });
  folder.children?.set(name, entry);
}

/** @param {Entry} entry @returns {Listed} */
export function listed({ id, parent, name, mode, mtime, size, tag }) {
  return [id, parent?.id ?? ROOT, name, mode, mtime, size, tag];
}

/** @param {Entry} entry @param {Iterable<number>} indices ascending @returns {Run[]} */
export function runsOf({ id, blocks }, indices) {
  /** @type {Run[]} */
  const runs = [];
  for (const index of indices) {
    const block = blocks[index];
    if (block === undefined) continue; // it was cut off since
    const run = runs.at(-1);
    if (run && index === run[1] + run[3] && block === (run[2] === HOLE ? HOLE : run[2] + run[3])) run[3]++;
    else runs.push([id, index, block, 1]);
  }
  return runs;
}

/** The blocks that a record names, in its order. @param {Record} record */
export function blocksOf({ runs }) {
  const named = runs.filter(([, , first]) => first !== HOLE);
  return named.flatMap(([, , first, count]) => Array.from({ length: count }, (_, i) => first + i));
}
