/**
 * The standard library of a Python that has started from a picture of its memory. What it has imported it has; so the
 * file is there at once, and its bytes (12 MB) come in an idle moment, or at once when they are read before.
 */

/** An app's own start goes first (milliseconds). */
const LATER = 1000;
const EIO = 29; // an input/output error, in Emscripten's numbers

/**
 * What the service worker has kept, not read yet. It stays readable, whatever becomes of the cache.
 *
 * @param {string} url
 * @returns {Promise<Blob | undefined>}
 */
export async function findLibrary(url) {
  return (await caches.match(url))?.blob();
}

/**
 * @param {import("./types.js").Pyodide} pyodide
 * @param {string} path of the file, which is there and empty
 * @param {Blob} library
 */
export function provideLater({ FS }, path, library) {
  const { node } = FS.lookupPath(path);
  let isHere = false;
  const provide = (/** @type {ArrayBuffer} */ bytes) => {
    const value = new Uint8Array(bytes);
    Object.defineProperty(node, "contents", { value, writable: true });
    isHere = true;
    return value;
  };
  node.usedBytes = library.size;
  Object.defineProperty(node, "contents", {
    configurable: true,
    get() {
      try {
        return provide(readNow(library));
      } catch (error) {
        console.error("The standard library cannot be read:", error);
        throw new FS.ErrnoError(EIO);
      }
    },
  });
  if (!globalThis.document) return; // a worker may wait for it, and may never need it
  const read = async () => {
    const bytes = isHere ? undefined : await library.arrayBuffer().catch(() => undefined); // told when it is needed
    if (bytes && !isHere) provide(bytes);
  };
  setTimeout(() => (globalThis.requestIdleCallback ?? setTimeout)(read), LATER);
}

/**
 * What Python reads it must have before it goes on. A page can do that in one way only, and gets bytes as text.
 *
 * @param {Blob} library
 * @returns {ArrayBuffer}
 */
function readNow(library) {
  const { FileReaderSync } = /** @type {any} */ (globalThis);
  if (FileReaderSync) return new FileReaderSync().readAsArrayBuffer(library);
  const url = URL.createObjectURL(library);
  try {
    const request = new XMLHttpRequest();
    request.open("GET", url, false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    const text = request.responseText;
    if (text.length !== library.size) throw new Error(`Of ${library.size} bytes came ${text.length}.`);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at); // the lowest eight bits are the byte
    return bytes.buffer;
  } finally {
    URL.revokeObjectURL(url);
  }
}
