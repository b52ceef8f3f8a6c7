/**
 * The standard library of a Python that has started from a picture of its memory. What it has imported it has; so the
 * file is there at once, and its bytes (12 MB) come in an idle moment, or at once when they are read before.
 */

/** An app's own start goes first (milliseconds). */
const LATER = 1000;
const EIO = 29; // an input/output error, in Emscripten's numbers

/**
 * @param {import("./types.js").Pyodide} pyodide
 * @param {string} path of the file, which is there and empty
 * @param {import("./types.js").FileEntry} library where the service worker has it
 */
export function provideLater({ FS }, path, { url, size }) {
  const { node } = FS.lookupPath(path);
  const provide = (/** @type {ArrayBuffer} */ bytes) => {
    const value = new Uint8Array(bytes);
    Object.defineProperty(node, "contents", { value, writable: true });
    return value;
  };
  node.usedBytes = size;
  Object.defineProperty(node, "contents", {
    configurable: true,
    get() {
      try {
        return provide(readNow(url));
      } catch (error) {
        console.error("The standard library cannot be read:", error);
        throw new FS.ErrnoError(EIO);
      }
    },
  });
  if (!globalThis.document) return; // a worker may wait for it, and may never need it
  const isMissing = () => Object.getOwnPropertyDescriptor(node, "contents")?.get;
  const fetchIt = async () => {
    const response = await fetch(url);
    const bytes = await response.arrayBuffer();
    if (response.ok && isMissing()) provide(bytes);
  };
  setTimeout(
    () => (globalThis.requestIdleCallback ?? setTimeout)(() => isMissing() && fetchIt().catch(() => {})), // or when read
    LATER,
  );
}

/**
 * What Python reads it must have before it goes on, and only a worker may get bytes so; a page gets them as text.
 *
 * @param {string} url
 */
function readNow(url) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  if (globalThis.document) request.overrideMimeType("text/plain; charset=x-user-defined");
  else request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${url} answers ${request.status}.`);
  if (!globalThis.document) return request.response;
  const text = request.responseText;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at); // its lowest eight bits
  return bytes.buffer;
}
