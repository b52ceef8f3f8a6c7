/**
 * A worker of a page without `<pyodide-app>`: the same Pyodide from the same address, with the page's packages.
 *
 * It runs from a blob, after the files that stand alone: see bridge/workers/_bare.py.
 */

/**
 * @typedef {object} BareStart
 * @property {string} indexURL
 * @property {string | undefined} lockFileURL up to 0.27
 * @property {string | undefined} lockFileContents from 0.28 on
 * @property {string | undefined} packageBaseUrl from 0.28 on
 * @property {string[]} packages of the lock
 * @property {Record<string, Uint8Array>} files the rest, by their path
 */

const { hostWorker, createSharedMail, letters, createConnection, createPythonConnection } = /** @type {any} */ (
  globalThis
);

hostWorker(
  async (/** @type {BareStart} */ { packages, files, ...options }, /** @type {(name: string) => void} */ stage) => {
    stage("runtime");
    const { loadPyodide } = await import(`${options.indexURL}pyodide.mjs`);
    const pyodide = await loadPyodide(options);
    stage("packages");
    /** @type {string[]} */
    const problems = [];
    await pyodide.loadPackage(packages, {
      messageCallback() {},
      errorCallback: (/** @type {string} */ text) => problems.push(text),
    });
    const missing = packages.filter((name) => !(name in pyodide.loadedPackages));
    if (missing.length > 0) throw new Error(`Pyodide could not install ${missing.join(", ")}: ${problems.join(" ")}`);
    stage("app");
    for (const [path, body] of Object.entries(files)) {
      pyodide.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
      pyodide.FS.writeFile(path, body);
    }
    pyodide.registerJsModule("_pyodide_app_rpc", { createConnection, createPythonConnection });
    return pyodide;
  },
  (/** @type {{shared: SharedArrayBuffer | null}} */ { shared }) => (shared ? createSharedMail(shared, letters) : null),
);
