/**
 * The panel that shows what failed: a failure of the page, or a Python exception with the author's own lines.
 *
 * Everything goes in as text. The panel also writes what it shows to the console.
 */

import { el } from "./dom.js";
import { PageError } from "./errors.js";
import { chainView } from "./traceback.js";

/** @typedef {import("./types.js").Report} Report */

/** More failures than this are only counted: the first ones tell what is wrong. */
const SHOWN = 5;

/**
 * What the panel shows of one failure.
 *
 * @typedef {object} Failure
 * @property {string} where a word or two above the title
 * @property {string} title
 * @property {string} message
 * @property {string} hint
 * @property {string} details long text, folded away; also what the console and the clipboard get
 * @property {Node | null} body
 */

/**
 * @param {PageError} error
 * @returns {Failure}
 */
export function ofPage(error) {
  const { stage, title, message, hint, details } = error;
  return { where: `Loading failed · ${stage}`, title, message, hint, details, body: null };
}

/**
 * @param {Report} report
 * @returns {Failure}
 */
export function ofPython(report) {
  const { where, title, message, hint, traceback, chain } = report;
  return { where: `Python · ${where}`, title, message, hint, details: traceback, body: chainView(chain) };
}

/**
 * The panel, empty and hidden until `show`.
 *
 * @returns {{element: HTMLElement, show(failure: Failure, actions: {retry?: () => void, dismiss?: () => void}): void, clear(): void}}
 */
export function errorPanel() {
  const list = el("div", { class: "failures" });
  const more = el("p", { class: "more", hidden: true });
  const element = el("section", { class: "panel", part: "error", role: "alert", hidden: true }, list, more);
  let count = 0;

  function clear() {
    count = 0;
    list.replaceChildren();
    more.hidden = true;
    element.hidden = true;
  }

  /** @type {(() => void) | undefined} */
  let onEscape;
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") onEscape?.();
  });

  return {
    element,
    clear,
    show(failure, { retry, dismiss }) {
      console.error(asText(failure));
      onEscape = dismiss;
      element.classList.toggle("sheet", dismiss !== undefined);
      element.hidden = false;
      count += 1;
      if (count <= SHOWN) list.append(article(failure, retry, dismiss));
      more.hidden = count <= SHOWN;
      more.textContent = `${count - SHOWN} more in the console.`;
    },
  };
}

/** @param {Failure} failure */
function asText({ where, title, message, hint, details }) {
  const parts = details.includes(message) && details.includes(title) ? [details] : [`${title}\n${message}`, details];
  return [where, ...parts, hint].filter(Boolean).join("\n");
}

/**
 * @param {Failure} failure
 * @param {(() => void) | undefined} retry
 * @param {(() => void) | undefined} dismiss
 */
function article(failure, retry, dismiss) {
  const { where, title, message, hint, details, body } = failure;
  const copy = el("button", { type: "button", click: () => copyText(copy, asText(failure)) }, "Copy");
  return el(
    "article",
    {},
    el("p", { class: "where" }, where),
    el("h2", {}, title),
    message ? el("p", { class: "message" }, message) : null,
    hint ? el("p", { class: "hint" }, hint) : null,
    body,
    el(
      "div",
      { class: "actions" },
      retry ? el("button", { type: "button", class: "main", click: retry }, "Retry") : null,
      copy,
      dismiss ? el("button", { type: "button", click: dismiss }, "Dismiss") : null,
    ),
    details ? el("details", {}, el("summary", {}, body ? "Whole traceback" : "Details"), el("pre", { tabindex: "0" }, details)) : null,
  );
}

/**
 * @param {HTMLButtonElement} button
 * @param {string} text
 */
async function copyText(button, text) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "The browser refused: see the console";
  }
}
