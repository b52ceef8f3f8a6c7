/** Where matplotlib's figures go: into the element, below the app's own content. */

/**
 * Pyodide's matplotlib backends put figures into `document.pyodideMplTarget`, and find their parts again by id;
 * so the place is an ordinary child of the element, made when the first figure asks for it. An app may still set
 * a target of its own. The document has one target, so of several apps the one that started last has it.
 *
 * @param {HTMLElement} app
 */
export function offerPlots(app) {
  /** @type {Element | null} */
  let target = null;
  Object.defineProperty(document, "pyodideMplTarget", {
    configurable: true,
    get() {
      target ??= app.appendChild(document.createElement("div"));
      return target;
    },
    /** @param {Element} chosen */
    set(chosen) {
      target = chosen;
    },
  });
}
