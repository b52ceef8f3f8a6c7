/** A worker of an app: a second interpreter, from the same manifest and the same verified files as the page's. */

import { downloadAll } from "./download.js";
import { startPython, writeFiles } from "./interpreter.js";
import { install, offerGroups } from "./packages.js";
import { createConnection } from "./rpc.js";
import { createPythonConnection } from "./rpc-python.js";
import { hostWorker } from "./worker-host.js";
import { createMail } from "./worker-mail.js";

/** @typedef {import("./workers.js").Start} Start */

hostWorker(async (/** @type {Start} */ { manifest, packages: names }, stage) => {
  const { signal } = new AbortController();
  const onBytes = () => {};
  const packages = manifest.packages.filter(({ name }) => names.includes(name));

  stage("runtime");
  await downloadAll([manifest.lock, ...manifest.pyodide.files], { stage: "runtime", signal, onBytes });
  const coming = downloadAll(packages, { stage: "packages", signal, onBytes });
  const files = coming.then(() => downloadAll(manifest.files, { stage: "app", signal, onBytes }));
  files.catch(() => {}); // awaited below; starting Python may fail first
  const pyodide = await startPython(manifest);

  stage("packages");
  await coming;
  await install(pyodide, packages);
  offerGroups(pyodide, manifest);
  pyodide.registerJsModule("_pyodide_app_rpc", { createConnection, createPythonConnection });

  stage("app");
  writeFiles(pyodide, manifest, await files);
  return pyodide;
}, createMail);
