/** What the peers' workers do; work.py is the same in Python. */

/** @param {number} a @param {number} b */
export const add = (a, b) => a + b;

/** @template T @param {T} array */
export const same = (array) => array;

/** Keeps a core busy. @param {number} turns */
export function spin(turns) {
  let x = 1;
  for (let i = 0; i < turns; i++) x = (x * 48271) % 2147483647;
  return x;
}
