/** Finds the Python exceptions that end up in the browser: in DOM callbacks, timers and promises. */

/** @typedef {import("./types.js").Launcher} Launcher */
/** @typedef {import("./types.js").Pyodide} Pyodide */

/**
 * Tells of exceptions of one interpreter that nobody caught, for as long as the page lives.
 *
 * @param {Pyodide} pyodide
 * @param {Launcher} launcher
 * @param {(report: string) => void} show gets each exception as JSON
 * @param {(error: Error) => void} crashed called when the interpreter itself broke and can run nothing any more
 */
export function watchExceptions(pyodide, launcher, show, crashed) {
  launcher.install(show);
  /**
   * @param {Event} event
   * @param {unknown} error
   */
  function handle(event, error) {
    if (error instanceof Error && "pyodide_fatal_error" in error) crashed(error);
    if (!(error instanceof pyodide.ffi.PythonError)) return;
    event.preventDefault(); // the panel writes it to the console, without Pyodide's own frames
    const report = launcher.crossed(error.message);
    if (report) show(report);
  }
  window.addEventListener("error", (event) => handle(event, event.error));
  window.addEventListener("unhandledrejection", (event) => handle(event, event.reason));
}
