// Runs work.py on a store, in Pyodide alone: no page of ours, so that a start is short.
import { openStore } from "/_pyodide_app/runtime/storage.js";

export async function run({ pyodide: version, seed }) {
  const base = `/_pyodide_app/pyodide/${version}/`;
  const { loadPyodide } = await import(base + "pyodide.mjs");
  const [pyodide, work] = await Promise.all([
    loadPyodide({ indexURL: new URL(base, location.href).href }),
    fetch("work.py").then((response) => response.text()),
  ]);
  const told = { state() {}, changed() {} };
  const mounted = await openStore(pyodide.FS, "/data", "killed", "wait", told, new AbortController().signal);
  mounted.commits.awaited = true; // work.py waits itself: without the bridge, connections do not
  const flush = async () => {
    const problem = await mounted.store().flush();
    if (problem) throw new Error(problem.message);
  };
  await pyodide.runPythonAsync(work);
  const begin = () => (globalThis.isCounting = true);
  const isImmediate = mounted.store().device.isImmediate;
  await pyodide.globals.get("work")(Number(seed), isImmediate, flush, begin, (text) => console.log(text));
}
