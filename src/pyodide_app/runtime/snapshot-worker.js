/** Starts a Python of its own and takes the picture of its memory: see snapshot.js. */

import { startPython } from "./interpreter.js";
import { withoutEmptyPages } from "./snapshot-pages.js";

/** @typedef {import("./types.js").Manifest} Manifest */

/**
 * @param {Manifest} manifest
 * @param {string[]} imports
 */
async function take(manifest, imports) {
  const pyodide = await startPython(manifest, [], { pictured: true }); // the service worker has checked the files
  for (const name of imports) {
    try {
      pyodide.pyimport(name).destroy();
    } catch {
      // it needs the page, or what the app has set up: then it is imported there
    }
  }
  return withoutEmptyPages(pyodide.makeMemorySnapshot());
}

addEventListener("message", async ({ data: [manifest, imports] }) => {
  try {
    const memory = await take(manifest, imports);
    postMessage(memory, { transfer: [memory.buffer] });
  } catch (error) {
    postMessage(String(error));
  }
});
