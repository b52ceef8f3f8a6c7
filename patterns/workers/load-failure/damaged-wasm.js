// The app's own worker, whose WebAssembly arrives with one wrong byte, as from a proxy that meddles.

import "/_pyodide_app/runtime/worker.js";

const network = globalThis.fetch;

/** @type {typeof fetch} */
globalThis.fetch = async (resource, options) => {
  const response = await network(resource, options);
  if (!response.url.includes(".wasm")) return response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  bytes[1000] = (bytes[1000] ?? 0) ^ 1;
  return new Response(bytes, { headers: response.headers });
};
