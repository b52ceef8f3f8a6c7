/** The page manifest, `<src>.app.json`: which files the app is made of, with their sizes and hashes. */

import { STALL, HTML_HINT, checkStatus, isHtml, linked, networkError, stallError } from "./download.js";
import { PageError } from "./errors.js";

/** @typedef {import("./types.js").Manifest} Manifest */

/**
 * Reads the manifest that belongs to an app's source; all its URLs come back absolute.
 *
 * @param {string} src the attribute `src`, relative to the page
 * @param {AbortSignal} signal
 * @param {(url: string) => void} onEvents called with the dev server's event stream, also when the manifest is an error
 * @returns {Promise<Manifest>}
 */
export async function readManifest(src, signal, onEvents) {
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
    const { content, response } = await ask(url, signal);
    if (content.events) onEvents(new URL(content.events, url).href);
    // The dev server resolves and fetches first; it answers every few seconds, lest this looks like a stall.
    if (!content.preparing) return absolute(checked(content, response, url.href), url);
  }
}

/**
 * @param {URL} url
 * @param {AbortSignal} signal
 * @returns {Promise<{content: any, response: Response}>}
 */
async function ask(url, signal) {
  const { controller, release } = linked(signal);
  const timer = setTimeout(() => controller.abort(stallError("manifest", url.href)), STALL);
  try {
    const response = await fetch(url, { cache: "no-cache", signal: controller.signal });
    return { content: parse(await response.text(), response, url.href), response };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error instanceof PageError ? error : networkError("manifest", url.href, error);
  } finally {
    clearTimeout(timer);
    release();
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
  };
}
