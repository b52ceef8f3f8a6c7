/** Starts a Python, in a page or in a worker, and gives it the app's files. Nothing here needs a document. */

import { PageError, cannotStart, within } from "./errors.js";
import { lend, take } from "./lending.js";
import { findLibrary, provideLater } from "./library.js";
import { PROGRAM, provideProgram } from "./program.js";
import { Ring } from "./ring.js";
import { shared } from "./shared.js";
import { SnapshotView } from "./snapshot-view.js";
import { attempt, dropSnapshot, findSnapshot, settle } from "./snapshot.js";

/** @typedef {import("./lending.js").Loan} Loan */
/** @typedef {import("./types.js").Manifest} Manifest */
/** @typedef {import("./types.js").Pyodide} Pyodide */

/** Starting Python from files that are already here takes 1–10 s, more on a slow phone (milliseconds). */
const START_DEADLINE = 60_000;

const STDLIB = "python_stdlib.zip";

/** Where the app's files are in Pyodide's file system. */
export const HOME = "/home/pyodide";

/**
 * Starts the interpreter that a manifest names. Its files have been downloaded: it gets the standard library as it is
 * here, and the others from the browser's cache, since programs are compiled as they come, and kept compiled by address.
 * What another server has sent it gets as it is here, too: only these bytes have been checked. So it does on the first
 * visit of a site whose later visits have a cache of their own. With a service worker that keeps the site, all come
 * from there.
 *
 * @param {Manifest} manifest
 * @param {Uint8Array<ArrayBuffer>[]} core the runtime's files, in the manifest's order; none if a service worker has them
 * @param {{pictured?: boolean, hasPicture?: boolean, compiling?: import("./program.js").Compiling}} [options] pictured:
 *   its memory will be taken (snapshot.js); hasPicture: there may be a picture to start from; compiling: the program
 * @returns {Promise<Pyodide>}
 */
export async function startPython(manifest, core, { pictured = false, hasPicture = false, compiling } = {}) {
  const { base, files } = manifest.pyodide;
  /** @param {string} wanted */
  const url = (wanted) => files.find(({ name }) => name === wanted)?.url ?? new URL(wanted, base).href;
  const options = {
    indexURL: base,
    packageBaseUrl: base, // from 0.28 on; before, packages are looked for at indexURL
    lockFileURL: manifest.lock.url,
    stdLibURL: url(STDLIB), // elsewhere, where it has its bytecode
    env: { HOME, PYTHONINSPECT: "1" }, // without the second, sys.exit() in a callback ends 0.26 for good
    ...(pictured && { _makeSnapshot: true }),
  };
  const lent = loans(manifest, core);
  const unlend = lend(lent);
  const program = provideProgram(/** @type {Loan} */ (lent.get(new URL(PROGRAM, base).href)), compiling);
  const finding = hasPicture ? findSnapshot(manifest) : undefined; // while the program comes
  try {
    const { loadPyodide } = await import(url("pyodide.mjs"));
    const found = await finding;
    const loading = found
      ? loadFrom(found, program, loadPyodide, options, manifest, /** @type {Loan} */ (lent.get(options.stdLibURL)))
      : loadPyodide(options);
    const pyodide = await within(Promise.race([loading, program.failed]), START_DEADLINE, () =>
      cannotStart(`Python did not start within ${START_DEADLINE / 1000} seconds.`),
    );
    if (!pictured) lendModules(pyodide);
    return pyodide;
  } catch (error) {
    throw error instanceof PageError ? error : cannotStart("Pyodide failed while it started.", error);
  } finally {
    program.restore();
    unlend();
  }
}

/**
 * Starts from a picture, or as ever if that fails. Python has in its memory what it needs of the standard library to
 * start: so Pyodide, which would wait for the whole of it and copy it, gets an empty one, as soon as the picture is here;
 * and the real one takes its place at the end.
 *
 * @param {import("./snapshot.js").Found} found
 * @param {ReturnType<typeof provideProgram>} program
 * @param {(options: object) => Promise<Pyodide>} loadPyodide
 * @param {object} options
 * @param {Manifest} manifest
 * @param {Loan} library
 * @returns {Promise<Pyodide>}
 */
async function loadFrom({ size, packed }, program, loadPyodide, options, manifest, library) {
  const { body } = library;
  const view = new SnapshotView(size, packed, program.memory);
  const kept = body ? undefined : findLibrary(library.url).catch(() => undefined);
  try {
    attempt(manifest);
    library.body = view.arrived.then(() => new Uint8Array());
    const pyodide = await loadPyodide({ ...options, _loadSnapshot: view });
    const path = `/lib/${pyodide.FS.readdir("/lib").find((entry) => entry.endsWith(".zip"))}`;
    const unread = await kept;
    if (unread) provideLater(pyodide, path, unread);
    else pyodide.FS.writeFile(path, await read({ url: library.url, body }), { canOwn: true });
    settle(pyodide);
    return pyodide;
  } catch (error) {
    library.body = body;
    await dropSnapshot(manifest, error);
    return loadPyodide(options);
  }
}

/** @param {Loan} loan */
async function read(loan) {
  const response = await take(loan);
  if (!response.ok) throw new Error(`${loan.url} answers ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}

/** What the bridge finds its JavaScript in: see bridge/_javascript.py. @param {Pyodide} pyodide */
function lendModules(pyodide) {
  pyodide.registerJsModule("_pyodide_app_shared", { Ring, shared });
  pyodide.registerJsModule("_pyodide_app_storage", { load: () => import("./storage.js") }); // once it is asked for
}

/**
 * What Pyodide is given of its own files: the standard library, its program, and what it looks for beside its scripts
 * and is elsewhere; the bytes, if they are here, else from where it is.
 *
 * @param {Manifest} manifest
 * @param {Uint8Array<ArrayBuffer>[]} core
 */
function loans({ pyodide: { base, files }, service_worker }, core) {
  /** @type {Map<string, Loan>} */
  const lent = new Map();
  for (const [index, { name, url }] of files.entries()) {
    const beside = new URL(name, base).href;
    const isElsewhere = beside !== url || Boolean(service_worker);
    if (name === STDLIB) lent.set(url, { url, body: core[index] });
    else if (isElsewhere) lent.set(beside, { url, body: core[index] });
    else if (name === PROGRAM) lent.set(beside, { url });
  }
  return lent;
}

/**
 * @param {Pyodide} pyodide
 * @param {Manifest} manifest
 * @param {Uint8Array[]} bodies of the app's files
 */
export function writeFiles(pyodide, { files }, bodies) {
  for (const [index, { path }] of files.entries()) {
    const target = `${HOME}/${path}`;
    pyodide.FS.mkdirTree(target.slice(0, target.lastIndexOf("/")));
    pyodide.FS.writeFile(target, /** @type {Uint8Array} */ (bodies[index]));
  }
}
