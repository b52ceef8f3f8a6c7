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
 * @property {string} where a few words above the title
 * @property {string} title
 * @property {string} message
 * @property {string} hint
 * @property {string} details long text, folded away
 * @property {Node | null} body
 */

/**
 * @param {PageError} error
 * @returns {Failure}
 */
export function ofPage(error) {
  const { stage, title, message, hint } = error;
  const details = [error.details, `Page: ${location.href}`, `Browser: ${navigator.userAgent}`];
  return { where: `Loading failed · ${stage}`, title, message, hint, details: details.join("\n").trim(), body: null };
}

/**
 * @param {Report} report
 * @returns {Failure}
 */
export function ofPython(report) {
  const { where, title, message, hint, traceback, chain } = report;
  const place = chain[0]?.frames.findLast(({ own }) => own);
  const at = place ? ` · ${place.file}:${place.line}` : "";
  return { where: `Python · ${where}${at}`, title, message, hint, details: traceback, body: chainView(chain) };
}

/**
 * The panel, hidden while it is empty.
 *
 * With `retry` the failure ended the app: it stays, above the app's content. Others are shown over a running
 * app and can be dismissed, one by one or all with Escape. A failure with a `place` takes that of an earlier one.
 *
 * @returns {{element: HTMLElement, show(failure: Failure, options?: {retry?: () => void, place?: string}): void, clear(): void}}
 */
export function errorPanel() {
  const list = el("div");
  const more = el("p", { class: "more" });
  const element = el("section", { class: "panel", part: "error", role: "alert", hidden: true }, list, more);
  let hiddenCount = 0;

  function arrange() {
    const ended = list.querySelector(".main") !== null;
    element.hidden = list.childElementCount === 0;
    element.classList.toggle("sheet", !ended);
    if (element.hidden) hiddenCount = 0;
    more.hidden = hiddenCount === 0;
    more.textContent = `${hiddenCount} more in the console.`;
  }

  function clear() {
    list.replaceChildren();
    arrange();
  }
  element.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && element.classList.contains("sheet")) clear();
  });

  return {
    element,
    clear,
    show(failure, { retry, place } = {}) {
      console.error(asText(failure));
      if (place) list.querySelector(`[data-place="${place}"]`)?.remove();
      if (list.childElementCount < SHOWN || retry) {
        const dismiss = () => {
          view.remove();
          arrange();
        };
        const view = article(failure, retry ? ["Retry", retry] : ["Dismiss", dismiss]);
        if (place) view.dataset.place = place;
        list.append(view);
      } else {
        hiddenCount += 1;
      }
      arrange();
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
 * @param {["Retry" | "Dismiss", () => void]} action
 */
function article(failure, [label, act]) {
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
      el("button", { type: "button", class: label === "Retry" ? "main" : "", click: act }, label),
      copy,
    ),
    details ? foldedDetails(body ? "Whole traceback" : "Details", details) : null,
  );
}

/**
 * @param {string} summary
 * @param {string} text
 */
function foldedDetails(summary, text) {
  return el("details", {}, el("summary", {}, summary), el("pre", { tabindex: "0" }, text));
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
