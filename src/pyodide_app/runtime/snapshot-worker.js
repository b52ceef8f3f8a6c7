/** Starts a Python of its own and takes the picture of its memory: see snapshot.js. */

import { startPython } from "./interpreter.js";
import { pack } from "./snapshot-pages.js";

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
  const picture = pyodide.makeMemorySnapshot();
  const size = pyodide._module.HEAP8.length;
  return { packed: pack(picture, size), size };
}

addEventListener("message", async ({ data: [manifest, imports] }) => {
  try {
    const taken = await take(manifest, imports);
    postMessage(taken, { transfer: [taken.packed.buffer] });
  } catch (error) {
    postMessage(String(error));
  }
});
