/**
 * What each contestant does, in JavaScript or in Python. The DOM is complete when a call returns.
 *
 * @typedef {object} Contestant
 * @property {(count: number) => void} create new rows in place of all
 * @property {(count: number) => void} append new rows at the end
 * @property {() => void} update " !!!" behind each tenth label
 * @property {(id: number) => void} select the class "danger", on this row alone
 * @property {() => void} swap the second row and the 999th
 * @property {(id: number) => void} remove this row
 * @property {() => void} clear
 * @property {() => void} [collect] has Python free what is garbage
 */

const IN_JAVASCRIPT = ["handwritten", "preact"];

/**
 * Starts a contestant in the page.
 *
 * @param {string} name
 * @param {HTMLElement} container
 * @returns {Promise<Contestant>}
 */
export async function start(name, container) {
  if (IN_JAVASCRIPT.includes(name)) {
    const module = await (name === "preact" ? import("./preact.js") : import("./handwritten.js"));
    return module.start(container);
  }
  // main.py imports the contestant that the URL names.
  await import(/** @type {any} */ ("/_pyodide_app/runtime/pyodide-app.js"));
  const app = /** @type {any} */ (document.createElement("pyodide-app"));
  app.setAttribute("src", "main.py");
  document.body.append(app);
  await app.ready;
  return /** @type {any} */ (globalThis).contestant;
}
