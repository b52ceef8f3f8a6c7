/** A worker of an app: a second interpreter, from the same manifest and the same verified files as the page's. */

import { downloadAll } from "./download.js";
import { startPython, writeFiles } from "./interpreter.js";
import { fetchPackages, install, offerGroups } from "./packages.js";
import { letters } from "./mail-letters.js";
import { createSharedMail } from "./mail-shared.js";
import { createWorkerMail } from "./mail-worker.js";
import { followProgram } from "./program.js";
import { createConnection } from "./rpc.js";
import { createPythonConnection } from "./rpc-python.js";
import { hostWorker } from "./worker-host.js";

/** @typedef {import("./workers.js").Start} Start */

/**
 * @param {Start} start
 * @param {(name: string) => void} stage
 */
async function startInterpreter({ manifest, packages: names, isKept, hasPicture }, stage) {
  const { signal } = new AbortController();
  const onBytes = () => {};
  const packages = manifest.packages.filter(({ name }) => names.includes(name));

  stage("runtime");
  const runtime = isKept ? [] : [manifest.lock, ...manifest.pyodide.files];
  const program = followProgram(manifest);
  const core = await downloadAll(runtime, { stage: "runtime", signal, onBytes, follow: program.follow });
  const coming = fetchPackages(packages, { signal, onBytes });
  const files = coming.then(() => downloadAll(manifest.files, { stage: "app", signal, onBytes }));
  files.catch(() => {}); // awaited below; starting Python may fail first
  const pyodide = await startPython(manifest, core.slice(1), { hasPicture, compiling: program.compiling });

  stage("packages");
  await install(pyodide, await coming);
  offerGroups(pyodide, manifest);
  pyodide.registerJsModule("_pyodide_app_rpc", { createConnection, createPythonConnection });

  stage("app");
  writeFiles(pyodide, manifest, await files);
  return pyodide;
}

hostWorker(startInterpreter, ({ shared, mail }, post) => {
  if (shared) return createSharedMail(shared, letters);
  return mail ? createWorkerMail(self.name, post) : null;
});
