/**
 * The nine operations of js-framework-benchmark: how each is prepared, what is timed, and what the table
 * must hold afterwards.
 *
 * @typedef {import("./contestant.js").Contestant} Contestant
 */

/**
 * One row as it stands in the DOM, or should.
 *
 * @typedef {{ id: number, label: string, selected: boolean }} Row
 */

/**
 * @typedef {object} Operation
 * @property {(contestant: Contestant) => void} prepare
 * @property {(contestant: Contestant, rows: Row[]) => void} run what is timed
 * @property {(rows: Row[]) => Row[] | number} result the rows that should be there; or just how many, if they are new
 */

/** @param {Row[]} rows @param {number} index */
const id = (rows, index) => rows[index]?.id ?? -1;

/** @param {Row[]} rows */
function swapped(rows) {
  const [one, other] = [rows[1], rows[998]];
  return rows.map((row, i) => (i === 1 ? other : i === 998 ? one : row)).filter((row) => row !== undefined);
}

/** @param {Contestant} contestant */
const thousand = (contestant) => contestant.create(1000);

/** @type {Record<string, Operation>} */
export const OPERATIONS = {
  "create 1k": {
    prepare: (contestant) => contestant.clear(),
    run: (contestant) => contestant.create(1000),
    result: () => 1000,
  },
  "replace 1k": {
    prepare: thousand,
    run: (contestant) => contestant.create(1000),
    result: () => 1000,
  },
  "update every 10th": {
    prepare: thousand,
    run: (contestant) => contestant.update(),
    result: (rows) => rows.map((row, i) => (i % 10 ? row : { ...row, label: `${row.label} !!!` })),
  },
  select: {
    prepare(contestant) {
      thousand(contestant);
      contestant.select(Number(document.querySelector("tbody")?.rows[4]?.cells[0]?.textContent));
    },
    run: (contestant, rows) => contestant.select(id(rows, 1)),
    result: (rows) => rows.map((row, i) => ({ ...row, selected: i === 1 })),
  },
  "swap rows": {
    prepare: thousand,
    run: (contestant) => contestant.swap(),
    result: swapped,
  },
  remove: {
    prepare: thousand,
    run: (contestant, rows) => contestant.remove(id(rows, 3)),
    result: (rows) => rows.filter((_, i) => i !== 3),
  },
  "create 10k": {
    prepare: (contestant) => contestant.clear(),
    run: (contestant) => contestant.create(10_000),
    result: () => 10_000,
  },
  "append 1k": {
    prepare: thousand,
    run: (contestant) => contestant.append(1000),
    result: (rows) => rows.length + 1000,
  },
  "clear 1k": {
    prepare: thousand,
    run: (contestant) => contestant.clear(),
    result: () => [],
  },
};
