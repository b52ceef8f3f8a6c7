/** A Python exception as elements: the author's lines quoted, library code folded away. */

import { el } from "./dom.js";

/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Raised} Raised */

/**
 * An exception, then what it came from.
 *
 * @param {Raised[]} chain the exception that ended it comes first; its type and message are the panel's title
 * @returns {HTMLElement}
 */
export function chainView(chain) {
  return el("div", { class: "chain" }, ...chain.map((raised, index) => raisedView(raised, index > 0)));
}

/**
 * @param {Raised} raised
 * @param {boolean} titled whether to show the type and the message
 * @returns {HTMLElement}
 */
function raisedView({ link, type, message, notes, frames, parts }, titled) {
  return el(
    "div",
    { class: "raised" },
    link ? el("p", { class: "link" }, link) : null,
    titled ? el("p", { class: "type" }, el("strong", {}, type), message ? `: ${message}` : "") : null,
    ...notes.map((note) => el("p", { class: "note" }, note)),
    ...folded(frames),
    ...parts.map((chain) => el("div", { class: "part" }, ...chain.map((part) => raisedView(part, true)))),
  );
}

/**
 * Own frames one by one, runs of library frames behind one line each.
 *
 * @param {Frame[]} frames
 * @returns {HTMLElement[]}
 */
function folded(frames) {
  /** @type {HTMLElement[]} */
  const views = [];
  /** @type {Frame[]} */
  let library = [];
  function fold() {
    if (library.length === 0) return;
    const label = library.length === 1 ? "1 library frame" : `${library.length} library frames`;
    views.push(el("details", { class: "library" }, el("summary", {}, label), ...library.map(place)));
    library = [];
  }
  for (const frame of frames) {
    if (frame.own) {
      fold();
      views.push(ownFrame(frame));
    } else {
      library.push(frame);
    }
  }
  fold();
  return views;
}

/** @param {Frame} frame */
function place({ file, line, name }) {
  return el("p", { class: "place" }, el("b", {}, `${file}:${line}`), name ? ` in ${name}` : "");
}

/** @param {Frame} frame */
function ownFrame(frame) {
  const lines = frame.source.map(({ number, text }) => {
    const here = number === frame.line;
    return el(
      "div",
      { class: here ? "line here" : "line" },
      el("span", { class: "number", "aria-hidden": "true" }, String(number)),
      el("code", {}, ...(here ? marked(text, frame.start, frame.end) : [text])),
    );
  });
  const quote = lines.length > 0 ? el("div", { class: "source", tabindex: "0", role: "group", "aria-label": "Source" }, ...lines) : null;
  return el("div", { class: "frame" }, place(frame), quote);
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {(Node | string)[]}
 */
function marked(text, start, end) {
  if (end <= start) return [text];
  return [text.slice(0, start), el("mark", {}, text.slice(start, end) || " "), text.slice(end)];
}
