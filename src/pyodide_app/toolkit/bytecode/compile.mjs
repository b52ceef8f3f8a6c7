/** Compiles an archive with Pyodide on Node: see _compile.py, which says on stdin what there is to do. */

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

async function main() {
  const work = JSON.parse(readFileSync(0, "utf8"));
  const { loadPyodide } = await import(pathToFileURL(`${work.pyodide}/pyodide.mjs`).href);
  const pyodide = await loadPyodide({
    indexURL: work.pyodide,
    stdLibURL: work.stdlib,
    env: { PYTHONHASHSEED: "0" }, // the same bytes each time
  });
  const compile = pyodide.runPython(`${work.script}\ncompile_archive`);
  pyodide.FS.writeFile("/tmp/source.zip", readFileSync(work.source));
  compile("/tmp/source.zip", "/tmp/target.zip", work.wheel, work.optimize);
  writeFileSync(work.target, pyodide.FS.readFile("/tmp/target.zip"));
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(String(error)); // left to itself, Node would print the line it is from: all of Pyodide
  process.exit(1);
}
