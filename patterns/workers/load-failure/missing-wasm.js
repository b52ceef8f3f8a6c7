// The app's own worker, of whose deployment one file was forgotten: what is answered here a server would answer.

import "/_pyodide_app/runtime/worker.js";

const network = globalThis.fetch;

/** @type {typeof fetch} */
globalThis.fetch = async (resource, options) => {
  const request = new Request(resource, options);
  return request.url.includes(".wasm") ? new Response("Not found", { status: 404 }) : network(request);
};
