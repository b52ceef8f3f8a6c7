/** What the app prints: line by line to the console and, where the page wants it, into an area of the page. */

import { el } from "./dom.js";

/** @typedef {import("./types.js").Pyodide} Pyodide */

/** The area keeps the last lines only. */
const LINES = 1000;

/** A line without an end is shown on the console after so many milliseconds. */
const PAUSE = 250;

/** What terminals read as colours and cursor moves. */
// eslint-disable-next-line no-control-regex
const ANSI = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/g;

/** @typedef {(text: string, ended: boolean) => void} Lines gets a line as it grows, and once more when it has ended */

/**
 * Sends what Python writes to the console, and to the area if there is one.
 *
 * stderr becomes warnings, not errors: logging, warnings and progress bars use it too.
 *
 * @param {Pyodide} pyodide
 * @param {OutputArea | null} area
 */
export function connectOutput(pyodide, area) {
  pyodide.setStdout({ isatty: false, write: lineWriter(console.log, area?.stream("stdout")) });
  pyodide.setStderr({ isatty: false, write: lineWriter(console.warn, area?.stream("stderr")) });
}

/**
 * @param {(text: string) => void} log
 * @param {Lines} [lines]
 * @returns {(buffer: Uint8Array) => number}
 */
function lineWriter(log, lines = () => {}) {
  const decoder = new TextDecoder();
  let line = "";
  let logged = 0; // how much of the line the console has
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function flush() {
    const rest = overwritten(line.slice(logged));
    logged = line.length;
    if (rest) log(rest);
  }
  return (buffer) => {
    clearTimeout(timer);
    const parts = decoder.decode(buffer.slice(), { stream: true }).replace(ANSI, "").split("\n");
    parts.forEach((part, index) => {
      const ended = index < parts.length - 1;
      line += part;
      if (ended || part) lines(overwritten(line), ended);
      if (!ended) return;
      if (logged === 0 || logged < line.length) log(overwritten(line.slice(logged)));
      line = "";
      logged = 0;
    });
    if (line.length > logged) timer = setTimeout(flush, PAUSE);
    return buffer.length;
  };
}

/**
 * The text as it stands after carriage returns: a progress bar's last state.
 *
 * @param {string} text
 */
function overwritten(text) {
  const states = text.split("\r");
  while (states.length > 1 && states.at(-1) === "") states.pop();
  return states.at(-1) ?? "";
}

/** A scrolling log of the last lines; the page is touched once a frame, however much is printed. */
export class OutputArea {
  constructor() {
    this.element = el("div", { class: "output", part: "output", role: "log", "aria-label": "Output", tabindex: "0" });
    /** @type {Node[]} lines that are not on the page yet */
    this.waiting = [];
  }

  /**
   * @param {"stdout" | "stderr"} name
   * @returns {Lines}
   */
  stream(name) {
    /** @type {HTMLElement | null} */
    let current = null;
    return (text, ended) => {
      if (current === null) {
        current = el("div", { class: name });
        this.#add(current);
      }
      current.textContent = text || (ended ? "\n" : "");
      if (ended) current = null;
    };
  }

  /** @param {Node} line */
  #add(line) {
    if (this.waiting.length === 0) requestAnimationFrame(() => this.#show());
    this.waiting.push(line);
    if (this.waiting.length > LINES) this.waiting.shift();
  }

  #show() {
    const area = this.element;
    const atEnd = area.scrollHeight - area.scrollTop - area.clientHeight < 8;
    area.append(...this.waiting.splice(0));
    while (area.childElementCount > LINES) area.firstElementChild?.remove();
    if (atEnd) area.scrollTop = area.scrollHeight;
  }
}
