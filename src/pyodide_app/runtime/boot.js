/**
 * Starts an app: manifest → runtime → packages → app. Every file is verified before Pyodide sees it.
 *
 * The Content-Security-Policy that this needs: `script-src 'self' 'wasm-unsafe-eval'` (the second is for
 * WebAssembly itself) and `connect-src 'self'`; nothing inline, no eval, no blob. A site that was built with `--cdn`
 * needs the CDN's origin in `connect-src`, too: what comes from there is data, never a script.
 */

import { downloadAll } from "./download.js";
import { PageError } from "./errors.js";
import { startPython, writeFiles } from "./interpreter.js";
import { readManifest } from "./manifest.js";
import { isKept, offerSite } from "./offline.js";
import { fetchPackages, install, offerGroups } from "./packages.js";
import { followProgram } from "./program.js";

/** @typedef {import("./types.js").Launcher} Launcher */
/** @typedef {import("./types.js").Manifest} Manifest */
/** @typedef {import("./types.js").Pyodide} Pyodide */
/** @typedef {import("./types.js").Progress} Progress */
/** @typedef {import("./types.js").Stage} Stage */

/**
 * @typedef {object} Started
 * @property {Manifest} manifest
 * @property {Pyodide} pyodide
 * @property {Launcher} launcher
 */

/**
 * @typedef {object} Watcher what the element wants to hear while its app starts
 * @property {AbortSignal} signal
 * @property {(progress: Progress) => void} onProgress
 * @property {(url: string) => void} onEvents called with the dev server's event stream, if there is one
 * @property {(manifest: Manifest) => void} onManifest
 * @property {() => void} onPython called when an interpreter begins to exist: from then on only a reload can retry
 */

/**
 * Brings an app to the point where its entry can run.
 *
 * @param {string} src
 * @param {Watcher} watcher
 * @returns {Promise<Started>}
 */
export async function boot(src, { signal, onProgress, onEvents, onManifest, onPython }) {
  checkBrowser();
  const progress = counter(onProgress);
  progress.say("manifest", "Looking up what the app needs");
  const manifest = await readManifest(src, signal, {
    onEvents,
    onPreparing: (message) => progress.say("manifest", message),
  });
  onManifest(manifest);

  const { pyodide: runtime, lock } = manifest;
  const starting = manifest.packages.filter(({ start }) => start);
  progress.expect([...runtime.files, lock, ...starting, ...manifest.files]);

  // What the service worker keeps it has checked itself; Pyodide asks it for these files, as soon as it needs them.
  const kept = isKept(manifest);
  progress.say("runtime", kept ? "Loading Python" : "Downloading Python");
  const options = { signal, onBytes: progress.add };
  const program = followProgram(manifest);
  const { follow } = program;
  const core = kept ? [] : await downloadAll([lock, ...runtime.files], { stage: "runtime", follow, ...options });
  if (kept) for (const { size } of [lock, ...runtime.files]) progress.add(size);
  // The network is free while Python starts, so the rest comes meanwhile, and is unpacked.
  const packages = fetchPackages(starting, options);
  const files = packages.then(() => downloadAll(manifest.files, { stage: "app", ...options }));
  files.catch(() => {}); // awaited below; starting Python may fail first
  progress.say("runtime", "Starting Python");
  const coming = import("./parts.js"); // what the bridge needs, and Python's start does not
  coming.catch(() => {}); // awaited below
  const pyodide = await inTurn(() => startHere(manifest, core.slice(1), program.compiling, signal, onPython));

  progress.say("packages", "Downloading packages");
  const unpacked = await packages;
  progress.say("packages", "Installing packages");
  await install(pyodide, unpacked);
  offerGroups(pyodide, manifest);
  const { createDelegation, createRenderer, offerWorkers } = await coming;
  pyodide.registerJsModule("_pyodide_app_vdom", { createDelegation, createRenderer }); // see bridge/_javascript.py
  offerWorkers(pyodide, manifest);
  offerSite(pyodide, manifest);

  progress.say("app", "Downloading the app");
  writeFiles(pyodide, manifest, await files);
  signal.throwIfAborted();
  progress.say("app", `Starting ${manifest.entry}`);
  return { manifest, pyodide, launcher: pyodide.pyimport("pyodide_app.bridge._launch") };
}

/** Whether the browser is new enough for this page; those that are, but too old for Pyodide, fail at its .wasm. */
export const MODERN = "adoptedStyleSheets" in Document.prototype;

function checkBrowser() {
  if (MODERN && typeof WebAssembly === "object" && "instantiateStreaming" in WebAssembly) return;
  throw new PageError({
    stage: "runtime",
    title: "This browser cannot run Python",
    message: MODERN ? "WebAssembly is missing or switched off." : "It is too old.",
    hint: "Open the page in a current Firefox, Chrome, Edge or Safari; in Safari’s lockdown mode, allow this site.",
  });
}

/** @param {(progress: Progress) => void} onProgress */
function counter(onProgress) {
  /** @type {Progress} */
  let now = { stage: "manifest", loaded: 0, total: 0, message: "" };
  /** @param {Partial<Progress>} news */
  function tell(news) {
    now = { ...now, ...news };
    onProgress(now);
  }
  return {
    /** @param {Stage} stage @param {string} message */
    say: (stage, message) => tell({ stage, message }),
    /** @param {{size: number}[]} files */
    expect: (files) => tell({ total: files.reduce((sum, { size }) => sum + size, 0) }),
    /** @param {number} bytes */
    add: (bytes) => tell({ loaded: now.loaded + bytes }),
  };
}

/** Starting several interpreters at once slows each, so elements on one page take turns. */
let turn = Promise.resolve();

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
function inTurn(work) {
  const result = turn.then(work);
  turn = result.then(
    () => {},
    () => {},
  );
  return result;
}

/** The version that this page has begun to load; older ones leave globals behind that fit no other version. */
let versionHere = "";

/**
 * @param {Manifest} manifest
 * @param {Uint8Array<ArrayBuffer>[]} core the runtime's files
 * @param {import("./program.js").Compiling | undefined} compiling
 * @param {AbortSignal} signal
 * @param {() => void} onPython
 * @returns {Promise<Pyodide>}
 */
async function startHere(manifest, core, compiling, signal, onPython) {
  signal.throwIfAborted();
  const { version } = manifest.pyodide;
  if (versionHere && versionHere !== version) {
    throw new PageError({
      stage: "runtime",
      title: "Two versions of Pyodide on one page",
      message: `An app on this page runs on Pyodide ${versionHere}, this one asks for ${version}.`,
      hint: "Give both apps the same version, or put them on pages of their own.",
    });
  }
  versionHere = version;
  onPython();
  return startPython(manifest, core, { hasPicture: true, compiling });
}
