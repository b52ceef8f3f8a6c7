/**
 * The rows' data, for the contestants in JavaScript; data.py makes the same.
 *
 * @typedef {{ id: number, label: string }} Item
 */

const SIZES = ["tiny", "small", "short", "slim", "long", "wide", "tall", "broad", "big", "huge", "vast"];
const COLOURS = ["red", "amber", "yellow", "lime", "green", "teal", "cyan", "blue", "indigo", "violet", "pink", "grey", "black"];
const THINGS = ["boat", "bridge", "canoe", "ferry", "harbour", "island", "kayak", "lock", "mill", "pier", "quay", "raft", "river", "sail", "tide", "wharf", "yacht"];

let made = 0;

/** @param {number} n */
export function labelOf(n) {
  return `${SIZES[n % 11]} ${COLOURS[n % 13]} ${THINGS[n % 17]}`;
}

/**
 * @param {number} count
 * @returns {Item[]}
 */
export function build(count) {
  const items = [];
  for (let i = 0; i < count; i++) {
    const n = ++made;
    items.push({ id: n, label: labelOf(n) });
  }
  return items;
}
