/**
 * Installs the app's packages, verified, as its lock names them; and those that the app asks for later.
 *
 * Python reaches this through the module `_pyodide_app_page`: see bridge/packages.py.
 */

import { downloadAll } from "./download.js";
import { PageError, within } from "./errors.js";
import { lend } from "./lending.js";
import { put, takeApart } from "./wheels.js";

/** @typedef {import("./types.js").Manifest} Manifest */
/** @typedef {import("./types.js").PackageFile} PackageFile */
/** @typedef {import("./types.js").Pyodide} Pyodide */

/** Unpacking packages that are already downloaded takes seconds; this many milliseconds mean that it hangs. */
const INSTALL_DEADLINE = 90_000;

/** The module's name in Python. */
export const PAGE_MODULE = "_pyodide_app_page";

/** @typedef {{file: PackageFile, files: Map<string, Uint8Array>, rest: Uint8Array<ArrayBuffer>}} Unpacked */

/**
 * Downloads packages, and unpacks what needs no Python for it.
 *
 * @param {PackageFile[]} packages
 * @param {Omit<import("./download.js").Options, "stage">} options
 * @returns {Promise<Unpacked[]>}
 */
export async function fetchPackages(packages, options) {
  const bodies = await downloadAll(packages, { stage: "packages", ...options });
  return packages.map((file, index) => {
    const body = /** @type {Uint8Array<ArrayBuffer>} */ (bodies[index]);
    return { file, ...(file.url.endsWith(".whl") ? takeApart(body) : { files: new Map(), rest: body }) };
  });
}

/**
 * @param {Pyodide} pyodide
 * @param {Unpacked[]} packages
 */
export async function install(pyodide, packages) {
  if (packages.length === 0) return;
  /** @type {string[]} */
  const problems = [];
  const names = packages.map(({ file }) => file.name);
  for (const { files } of packages) put(pyodide, files);
  const unlend = lend(new Map(packages.map(({ file: { url }, rest }) => [url, { url, body: rest }])));
  try {
    const loading = pyodide.loadPackage(names, {
      messageCallback() {}, // the page shows progress of its own
      errorCallback: (text) => problems.push(text),
    });
    await within(loading, INSTALL_DEADLINE, () => failure(names, "Installing took too long.", problems));
  } finally {
    unlend();
  }
  // loadPackage does not throw when a package fails.
  const missing = names.filter((name) => !(name in pyodide.loadedPackages));
  if (missing.length > 0) throw failure(missing, `Pyodide could not install ${missing.join(", ")}.`, problems);
}

/**
 * @param {string[]} names
 * @param {string} message
 * @param {string[]} problems
 */
function failure(names, message, problems) {
  return new PageError({
    stage: "packages",
    title: names.length === 1 ? `The package ${names[0]} could not be installed` : "Packages could not be installed",
    message,
    hint: "Try again. If it fails in the same way, lock the app again and look at the details.",
    details: problems.join("\n"),
  });
}

/**
 * Gives Python the page's groups of packages.
 *
 * @param {Pyodide} pyodide
 * @param {Manifest} manifest
 */
export function offerGroups(pyodide, manifest) {
  const groups = manifest.on_demand;
  pyodide.registerJsModule(PAGE_MODULE, {
    groups: () => Object.keys(groups),
    /**
     * @param {string} group
     * @param {(loaded: number, total: number) => void} onProgress bytes
     */
    async loadGroup(group, onProgress) {
      const wanted = (groups[group] ?? []).filter((name) => !(name in pyodide.loadedPackages));
      const packages = manifest.packages.filter(({ name }) => wanted.includes(name));
      const total = packages.reduce((sum, { size }) => sum + size, 0);
      let loaded = 0;
      onProgress(loaded, total);
      const unpacked = await fetchPackages(packages, {
        signal: new AbortController().signal,
        onBytes(bytes) {
          loaded += bytes;
          onProgress(loaded, total);
        },
      });
      await install(pyodide, unpacked);
    },
  });
}
