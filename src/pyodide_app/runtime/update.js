/** The bar that says that a newer version of the site is here. */

import { el } from "./dom.js";

/**
 * @param {() => Promise<void>} activate makes the newer version the one in use
 * @returns {HTMLElement}
 */
export function updateBar(activate) {
  const bar = el(
    "div",
    { class: "update", part: "update", role: "status" },
    el("span", {}, "A new version is here."),
    el(
      "span",
      { class: "choice" },
      el("button", { class: "main", click: () => void activate().then(() => location.reload()) }, "Reload"),
      el("button", { click: () => bar.remove() }, "Later"),
    ),
  );
  return bar;
}
