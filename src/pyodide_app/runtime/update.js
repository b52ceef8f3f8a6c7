/** The bar that says that a newer version of the site is here. */

import { el } from "./dom.js";

/**
 * @param {() => Promise<void>} activate makes the newer version the one in use
 * @returns {HTMLElement}
 */
export function updateBar(activate) {
  const text = el("span", {}, "A new version is here.");
  const reload = el("button", { class: "main", click: () => void take() }, "Reload");
  const choice = el("span", { class: "choice" }, reload, el("button", { click: () => bar.remove() }, "Later"));
  const bar = el("div", { class: "update", part: "update", role: "status" }, text, choice);
  async function take() {
    reload.remove();
    text.textContent = "Taking the new version …";
    try {
      await activate();
      location.reload();
    } catch (error) {
      console.warn("The new version cannot be taken now:", error);
      text.textContent = "The new version cannot be taken now. Close all pages of this site, then open it again.";
    }
  }
  return bar;
}
