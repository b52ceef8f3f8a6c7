/** The reference: a template, cloned for each row, and direct changes where something changes. */

import { build } from "./data.js";

/** @typedef {import("./contestant.js").Contestant} Contestant */
/** @typedef {import("./data.js").Item} Item */

/** @typedef {{ item: Item, row: HTMLTableRowElement, label: Text }} Entry */

const TEMPLATE = document.createElement("template");
TEMPLATE.innerHTML =
  '<tr><td class="col-md-1"> </td><td class="col-md-4"><a> </a></td><td class="col-md-1"><a>' +
  '<span class="glyphicon glyphicon-remove" aria-hidden="true"></span></a></td><td class="col-md-6"></td></tr>';

/**
 * @param {HTMLElement} container
 * @returns {Contestant}
 */
export function start(container) {
  container.innerHTML = '<table class="table"><tbody></tbody></table>';
  const body = /** @type {HTMLTableSectionElement} */ (container.querySelector("tbody"));
  /** @type {Entry[]} */
  let entries = [];
  /** @type {Entry | undefined} */
  let selected;

  /** @param {number} id */
  const find = (id) => entries.findIndex((entry) => entry.item.id === id);

  /** @param {Item[]} items */
  function add(items) {
    const fragment = document.createDocumentFragment();
    for (const item of items) {
      const row = /** @type {HTMLTableRowElement} */ (TEMPLATE.content.firstElementChild?.cloneNode(true));
      const first = /** @type {HTMLElement} */ (row.firstChild);
      const label = /** @type {Text} */ (first.nextSibling?.firstChild?.firstChild);
      /** @type {Text} */ (first.firstChild).data = String(item.id);
      label.data = item.label;
      const entry = { item, row, label };
      /** @type {any} */ (row).entry = entry;
      entries.push(entry);
      fragment.appendChild(row);
    }
    body.appendChild(fragment);
  }

  function clear() {
    body.textContent = "";
    entries = [];
    selected = undefined;
  }

  /** @param {number} id */
  function select(id) {
    if (selected) selected.row.className = "";
    selected = entries[find(id)];
    if (selected) selected.row.className = "danger";
  }

  /** @param {number} id */
  function remove(id) {
    const [gone] = entries.splice(find(id), 1);
    gone?.row.remove();
  }

  body.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const id = /** @type {any} */ (target.closest("tr")).entry.item.id;
    if (target.closest(".col-md-4 a")) select(id);
    else if (target.closest(".col-md-1 a")) remove(id);
  });

  return {
    create(count) {
      clear();
      add(build(count));
    },
    append: (count) => add(build(count)),
    update() {
      for (let i = 0; i < entries.length; i += 10) {
        const entry = /** @type {Entry} */ (entries[i]);
        entry.item.label += " !!!";
        entry.label.data = entry.item.label;
      }
    },
    select,
    swap() {
      const [one, other] = [entries[1], entries[998]];
      if (!one || !other) return;
      [entries[1], entries[998]] = [other, one];
      const after = other.row.nextSibling;
      body.insertBefore(other.row, one.row);
      body.insertBefore(one.row, after);
    },
    remove,
    clear,
  };
}
