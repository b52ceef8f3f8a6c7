// Breaks the page's downloads on purpose, so that each failure can be looked at.
// It stands between the page and the network, as a bad connection or a wrong server would.

/** @type {Record<string, {app?: string, break?: () => void}>} */
const faults = {
  "missing-wasm": { break: () => answer(".wasm", () => new Response("Not found", { status: 404 })) },
  "html-wasm": { break: () => answer(".wasm", () => page("Welcome to the hotel's network")) },
  "truncated": { break: () => change("python_stdlib.zip", (bytes) => bytes.slice(0, bytes.length / 2)) },
  "wrong-hash": { break: () => change("python_stdlib.zip", (bytes) => bytes.fill(0, 1000, 1001)) },
  "no-network": { break: () => answer("/_pyodide_app/pyodide/", () => Promise.reject(new TypeError("Failed to fetch"))) },
  "stalled": { break: () => answer(".wasm", () => new Response(new ReadableStream())) },
  "no-webassembly": { break: () => Reflect.deleteProperty(globalThis, "WebAssembly") },
  "top-level": { app: "top_level.py" },
  "callback": { app: "callback.py" },
  "task": { app: "task.py" },
  "syntax": { app: "syntax.py" },
  "missing-module": { app: "missing_module.py" },
  "unknown-package": { app: "unknown_package.py" },
  "broken-metadata": { app: "broken_metadata.py" },
  "unknown-pyodide": { app: "unknown_pyodide.py" },
};

const network = globalThis.fetch;

/**
 * Answer requests for a file in place of the network.
 * @param {string} part what the file's address contains
 * @param {(request: Request) => Response | Promise<Response>} reply
 */
function answer(part, reply) {
  globalThis.fetch = async (resource, options) => {
    const request = new Request(resource, options);
    return request.url.includes(part) ? reply(request) : network(request);
  };
}

/**
 * Let a file through, changed.
 * @param {string} part
 * @param {(bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>} edit
 */
function change(part, edit) {
  answer(part, async (request) => {
    const response = await network(request);
    return new Response(edit(new Uint8Array(await response.arrayBuffer())), { headers: response.headers });
  });
}

/** @param {string} title */
function page(title) {
  const text = `<!doctype html><title>${title}</title><h1>${title}</h1>`;
  return new Response(text, { headers: { "Content-Type": "text/html" } });
}

const fault = faults[new URL(location.href).searchParams.get("fault") ?? ""];
fault?.break?.();
const app = document.createElement("pyodide-app");
app.setAttribute("src", fault?.app ?? "main.py");
app.setAttribute("output", "");
const content = document.createElement("div");
content.id = "app";
app.append(content);
document.body.append(app);
