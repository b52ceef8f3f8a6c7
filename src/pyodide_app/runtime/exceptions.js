/** Finds the Python exceptions that end up in the browser: in DOM callbacks, timers and promises. */

/** @typedef {import("./types.js").Launcher} Launcher */
/** @typedef {import("./types.js").Pyodide} Pyodide */

/**
 * Shows exceptions of one interpreter that nobody caught.
 *
 * @param {Pyodide} pyodide
 * @param {Launcher} launcher
 * @param {(report: string) => void} show
 * @returns {() => void} ends it
 */
export function watchExceptions(pyodide, launcher, show) {
  launcher.install(show);
  /**
   * @param {Event} event
   * @param {unknown} error
   */
  function handle(event, error) {
    if (!(error instanceof pyodide.ffi.PythonError)) return;
    event.preventDefault(); // the panel writes it to the console, without Pyodide's own frames
    const report = launcher.crossed(error.message);
    if (report) show(report);
  }
  /** @param {ErrorEvent} event */
  const onError = (event) => handle(event, event.error);
  /** @param {PromiseRejectionEvent} event */
  const onRejection = (event) => handle(event, event.reason);
  window.addEventListener("error", onError);
  window.addEventListener("unhandledrejection", onRejection);
  return () => {
    window.removeEventListener("error", onError);
    window.removeEventListener("unhandledrejection", onRejection);
  };
}
