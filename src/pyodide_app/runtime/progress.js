/** The card that shows how far the start is: the stage, a thin bar, the bytes. */

import { el } from "./dom.js";

/** @typedef {import("./types.js").Progress} Progress */

/**
 * The card and the function that updates it.
 *
 * @returns {{card: HTMLElement, update(progress: Progress): void, name(title: string): void}}
 */
export function progressCard() {
  const title = el("div", { class: "title" });
  const message = el("span", { "aria-live": "polite" });
  const bytes = el("span", { class: "bytes" });
  const fill = el("div", { class: "fill" });
  const bar = el("div", { class: "bar", role: "progressbar", "aria-label": "Loading", "aria-valuemin": "0" }, fill);
  const card = el("div", { class: "card", part: "progress" }, title, bar, el("div", { class: "row" }, message, bytes));
  return {
    card,
    name(text) {
      title.textContent = text;
    },
    update({ loaded, total, message: text }) {
      if (message.textContent !== text) message.textContent = text;
      const known = total > 0;
      const busy = !known || loaded >= total;
      bar.classList.toggle("busy", busy);
      fill.style.setProperty("inline-size", `${known ? (100 * loaded) / total : 0}%`);
      bytes.textContent = known ? (busy ? megabytes(total) : `${megabytes(loaded)} of ${megabytes(total)}`) : "";
      bar.setAttribute("aria-valuemax", String(total));
      bar.setAttribute("aria-valuenow", String(loaded));
      bar.setAttribute("aria-valuetext", `${text}, ${bytes.textContent}`);
    },
  };
}

/** @param {number} bytes */
function megabytes(bytes) {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
