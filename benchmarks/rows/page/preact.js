/**
 * Preact as its own entry in js-framework-benchmark has it: keyed, and a row renders again only if its item
 * or its being selected changed. Renders at once, not in a microtask, so that a call returns with the DOM done.
 */

import { Component, h, options, render } from "preact";
import { build } from "./data.js";

/** @typedef {import("./contestant.js").Contestant} Contestant */
/** @typedef {import("./data.js").Item} Item */

/**
 * @typedef {object} RowProps
 * @property {Item} item
 * @property {boolean} selected
 * @property {(id: number) => void} onSelect
 * @property {(id: number) => void} onRemove
 */

options.debounceRendering = (commit) => commit();

/** @extends {Component<RowProps>} */
class Row extends Component {
  /** @param {RowProps} next */
  shouldComponentUpdate(next) {
    return next.item !== this.props.item || next.selected !== this.props.selected;
  }

  /** @param {RowProps} props */
  render({ item, selected, onSelect, onRemove }) {
    return h(
      "tr",
      { class: selected ? "danger" : null },
      h("td", { class: "col-md-1" }, item.id),
      h("td", { class: "col-md-4" }, h("a", { onClick: () => onSelect(item.id) }, item.label)),
      h(
        "td",
        { class: "col-md-1" },
        h("a", { onClick: () => onRemove(item.id) }, h("span", { class: "glyphicon glyphicon-remove", "aria-hidden": "true" })),
      ),
      h("td", { class: "col-md-6" }),
    );
  }
}

/** @typedef {{ items: Item[], selected: number }} State */

/** @extends {Component<{}, State>} */
class Table extends Component {
  /** @type {State} */
  state = { items: [], selected: 0 };

  constructor() {
    super();
    mounted = this;
  }

  /** @param {number} id */
  select = (id) => this.setState({ selected: id });

  /** @param {number} id */
  remove = (id) => this.setState({ items: this.state.items.filter((item) => item.id !== id) });

  /**
   * @param {{}} _
   * @param {State} state
   */
  render(_, { items, selected }) {
    const rows = items.map((item) =>
      h(Row, { key: item.id, item, selected: item.id === selected, onSelect: this.select, onRemove: this.remove }),
    );
    return h("table", { class: "table" }, h("tbody", null, rows));
  }
}

/** @type {Table} */
let mounted;

/**
 * @param {HTMLElement} container
 * @returns {Contestant}
 */
export function start(container) {
  render(h(Table, null), container);
  const table = mounted;
  return {
    create: (count) => table.setState({ items: build(count), selected: 0 }),
    append: (count) => table.setState({ items: [...table.state.items, ...build(count)] }),
    update: () =>
      table.setState({
        items: table.state.items.map((item, i) => (i % 10 ? item : { id: item.id, label: `${item.label} !!!` })),
      }),
    select: table.select,
    swap() {
      const items = [...table.state.items];
      const [one, other] = [items[1], items[998]];
      if (!one || !other) return;
      [items[1], items[998]] = [other, one];
      table.setState({ items });
    },
    remove: table.remove,
    clear: () => table.setState({ items: [], selected: 0 }),
  };
}
