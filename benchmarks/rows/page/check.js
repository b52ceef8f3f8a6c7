/**
 * Nobody wins by doing nothing: what the DOM holds after an operation is compared with what it should.
 *
 * @typedef {import("./operations.js").Operation} Operation
 * @typedef {import("./operations.js").Row} Row
 */

import { labelOf } from "./data.js";

const MARKUP =
  '<td class="col-md-1">ID</td><td class="col-md-4"><a>LABEL</a></td><td class="col-md-1"><a>' +
  '<span aria-hidden="true" class="glyphicon glyphicon-remove"></span></a></td><td class="col-md-6"></td>';

/** @returns {HTMLTableRowElement[]} */
export function rowElements() {
  return [...(document.querySelector("tbody")?.rows ?? [])];
}

/** @returns {Row[]} */
export function readRows() {
  return rowElements().map((row) => ({
    id: Number(row.cells[0]?.textContent),
    label: row.cells[1]?.querySelector("a")?.textContent ?? "",
    selected: row.className === "danger",
  }));
}

/**
 * @param {Operation} operation
 * @param {Row[]} before
 * @returns {string} what is wrong; "" if nothing
 */
export function problem(operation, before) {
  const found = readRows();
  const expected = operation.result(before);
  const size = typeof expected === "number" ? expected : expected.length;
  if (found.length !== size) return `${found.length} rows instead of ${size}`;
  const rows = typeof expected === "number" ? fresh(found, before, size) : expected;
  for (const [i, row] of rows.entries()) {
    const [is, should] = [JSON.stringify(found[i]), JSON.stringify(row)];
    if (is !== should) return `row ${i} is ${is} instead of ${should}`;
  }
  return "";
}

/**
 * What rows just made must look like: numbered on from the first, labelled by number, none of them an old one.
 *
 * @param {Row[]} found
 * @param {Row[]} before
 * @param {number} size
 */
function fresh(found, before, size) {
  const kept = size > before.length ? before : [];
  const first = Math.max(found[kept.length]?.id ?? 0, (before.at(-1)?.id ?? 0) + 1);
  const made = Array.from({ length: size - kept.length }, (_, i) => first + i);
  return [...kept, ...made.map((id) => ({ id, label: labelOf(id), selected: false }))];
}

/** @returns {string} how a row's markup differs from the reference's; "" if only in ids, comments or blanks */
export function wrongMarkup() {
  const row = rowElements()[7];
  if (!row) return "there is no row";
  const [id, label] = [row.cells[0]?.textContent ?? "", row.cells[1]?.textContent ?? ""];
  const markup = [...row.childNodes].map(normal).join("");
  return markup.replace(`>${id}<`, ">ID<").replace(`>${label}<`, ">LABEL<") === MARKUP ? "" : markup;
}

/**
 * @param {Node} node
 * @returns {string}
 */
function normal(node) {
  if (node instanceof Text) return node.data.trim();
  if (!(node instanceof Element)) return "";
  const attributes = [...node.attributes]
    .filter(({ name }) => name !== "id")
    .map(({ name, value }) => ` ${name}="${value.split(" ").sort().join(" ")}"`);
  const inside = [...node.childNodes].map(normal).join("");
  return `<${node.localName}${attributes.sort().join("")}>${inside}</${node.localName}>`;
}
