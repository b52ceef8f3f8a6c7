/** The page manifest, `<src>.app.json`: which files the app is made of, with their sizes and hashes. */

import { PageError, within } from "./errors.js";
import { HTML_HINT, STALL, checkStatus, isHtml, networkError, stallError } from "./faults.js";

/** @typedef {import("./types.js").Manifest} Manifest */

/**
 * @typedef {object} Listener
 * @property {(url: string) => void} onEvents called with the dev server's event stream, also when the manifest is an error
 * @property {(message: string) => void} onPreparing called while the dev server still fetches what the app needs
 */

/**
 * Reads the manifest that belongs to an app's source; all its URLs come back absolute.
 *
 * @param {string} src the attribute `src`, relative to the page
 * @param {AbortSignal} signal
 * @param {Listener} listener
 * @returns {Promise<Manifest>}
 */
export async function readManifest(src, signal, { onEvents, onPreparing }) {
  if (!src) {
    throw new PageError({
      stage: "manifest",
      title: "The page does not say which app to load",
      message: "A <pyodide-app> element has no src attribute.",
      hint: 'Write <pyodide-app src="main.py"></pyodide-app>.',
    });
  }
  const url = new URL(src, document.baseURI);
  url.pathname += ".app.json";
  for (;;) {
    const [response, text] = await get(url, signal);
    const content = parse(text, response, url.href);
    if (content.events) onEvents(new URL(content.events, url).href);
    if (!content.preparing) return absolute(checked(content, response, url.href), url);
    onPreparing(String(content.preparing)); // and ask again: the server answers when there is news
  }
}

/**
 * @param {URL} url
 * @param {AbortSignal} signal
 * @returns {Promise<[Response, string]>}
 */
async function get(url, signal) {
  /** @template T @param {Promise<T>} step @returns {Promise<T>} */
  const moving = (step) => within(step, STALL, () => stallError("manifest", url.href));
  try {
    const response = await moving(fetch(url, { cache: "no-cache", signal }));
    return [response, await moving(response.text())];
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error instanceof PageError ? error : networkError("manifest", url.href, error);
  }
}

/**
 * @param {string} text
 * @param {Response} response
 * @param {string} url
 * @returns {any}
 */
function parse(text, response, url) {
  try {
    return Object(JSON.parse(text));
  } catch (cause) {
    checkStatus(response, url, "manifest");
    const html = isHtml(new TextEncoder().encode(text));
    throw broken(
      html ? `What came from ${url} is an HTML page.` : `${url} is not JSON.`,
      html ? HTML_HINT : undefined,
      cause,
    );
  }
}

/**
 * @param {any} content
 * @param {Response} response
 * @param {string} url
 * @returns {Manifest}
 */
function checked(content, response, url) {
  if (content.error) {
    const { title, message, hint = "" } = content.error;
    throw new PageError({ stage: "manifest", title: String(title), message: String(message), hint: String(hint) });
  }
  checkStatus(response, url, "manifest");
  if (content.pyodide?.files && content.packages && content.files && content.lock) return content;
  throw broken(`${url} lacks the app's files.`);
}

/**
 * @param {string} message
 * @param {string} [hint]
 * @param {unknown} [cause]
 */
function broken(message, hint = "Serve the app with `pyodide-app dev`, or build and deploy it again.", cause) {
  return new PageError({ stage: "manifest", title: "The app's manifest cannot be read", message, hint, cause });
}

/**
 * @param {Manifest} manifest
 * @param {URL} base
 * @returns {Manifest}
 */
function absolute(manifest, base) {
  /** @template {{url: string}} T @param {T} file @returns {T} */
  const fix = (file) => ({ ...file, url: new URL(file.url, base).href });
  const { pyodide, lock, packages, files } = manifest;
  return {
    ...manifest,
    pyodide: { ...pyodide, base: new URL(pyodide.base, base).href, files: pyodide.files.map(fix) },
    lock: fix(lock),
    packages: packages.map(fix),
    files: files.map(fix),
    ...(manifest.service_worker && { service_worker: new URL(manifest.service_worker, base).href }),
  };
}
