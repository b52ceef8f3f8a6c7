/**
 * Downloads that are checked before anything uses them.
 *
 * Pyodide waits for ever when its .wasm is missing, cut short or an HTML page, and it checks none of its own
 * files. So every file is read here first: its bytes are counted as they come, its size and sha256 compared
 * with the manifest's. Pyodide then asks for the same addresses and gets them from the browser's cache.
 */

import { PageError, describe, within } from "./errors.js";

/** @typedef {import("./types.js").Stage} Stage */
/** @typedef {import("./types.js").FileEntry} FileEntry */

/** A download that brings no byte for so long (milliseconds) has failed. */
export const STALL = 10_000;

/** How many files are downloaded at once; browsers give a host six connections. */
const AT_ONCE = 4;

/** An app may have pages among its files. */
const HTML_NAME = /\.x?html?$/i;

/** What a browser needs to be told to run a file, by the end of its name. */
const TYPES = [
  { end: ".wasm", type: /^application\/wasm\b/i, expected: "application/wasm" },
  { end: ".mjs", type: /^(text|application)\/(x-)?(javascript|ecmascript)\b/i, expected: "text/javascript" },
  { end: ".js", type: /^(text|application)\/(x-)?(javascript|ecmascript)\b/i, expected: "text/javascript" },
];

/**
 * @typedef {object} Options
 * @property {Stage} stage
 * @property {AbortSignal} signal
 * @property {(bytes: number) => void} onBytes called with the bytes that came; negative when they are discarded
 */

/** A wrong body, as opposed to no body: the browser's cache may hold a bad copy, so one fresh try is worth it. */
class WrongBody extends PageError {}

/**
 * The verified bytes of one file.
 *
 * @param {FileEntry} file
 * @param {Options} options
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function download(file, options) {
  try {
    return await attempt(file, options, "default");
  } catch (error) {
    if (!(error instanceof WrongBody)) throw error;
    return attempt(file, options, "reload");
  }
}

/**
 * Downloads several files, a few at a time; the first failure stops the others.
 *
 * @param {FileEntry[]} files
 * @param {Options} options
 * @returns {Promise<Uint8Array<ArrayBuffer>[]>} in the order of `files`
 */
export async function downloadAll(files, options) {
  const { controller, release } = linked(options.signal);
  const waiting = files.entries();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const bodies = [];
  async function worker() {
    for (const [index, file] of waiting) {
      bodies[index] = await download(file, { ...options, signal: controller.signal });
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return bodies;
  } catch (error) {
    controller.abort(error);
    throw error;
  } finally {
    release();
  }
}

/**
 * @param {Response} response
 * @param {string} url
 * @param {Stage} stage
 */
export function checkStatus(response, url, stage) {
  if (response.ok) return;
  const missing = response.status === 404 || response.status === 410;
  throw new PageError({
    stage,
    title: `${nameOf(url)} ${missing ? "is not there" : "could not be downloaded"}`,
    message: `The server answered ${`${response.status} ${response.statusText}`.trim()} for ${url}`,
    hint: missing
      ? "Check that the file is deployed at this address, then try again."
      : "The server has a problem of its own: try again in a moment.",
  });
}

/**
 * @param {FileEntry} file
 * @param {Options} options
 * @param {RequestCache} cache
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function attempt(file, { stage, signal, onBytes }, cache) {
  const { url, size } = file;
  const wrong = wrongBody(stage, url);
  let received = 0;
  const { controller, release } = linked(signal);
  /** @template T @param {Promise<T>} step @returns {Promise<T>} */
  const moving = (step) => within(step, STALL, () => stallError(stage, url));
  try {
    const response = await moving(fetch(url, { cache, signal: controller.signal }));
    checkStatus(response, url, stage);
    const body = new Uint8Array(size);
    const reader = (response.body ?? new Blob().stream()).getReader();
    for (let part = await moving(reader.read()); !part.done; part = await moving(reader.read())) {
      const { value } = part;
      if (received === 0 && isHtml(value)) throw wrong("is an HTML page", HTML_HINT);
      if (received + value.length > size) throw wrong(`is larger than the ${size} bytes it should have`);
      body.set(value, received);
      received += value.length;
      onBytes(value.length);
    }
    if (received < size) throw wrong(`was cut off: ${received} of ${size} bytes came`);
    checkType(url, response, wrong);
    await checkHash(file, body, controller.signal, wrong);
    return body;
  } catch (error) {
    onBytes(-received);
    controller.abort(); // ends a body that nobody reads on
    if (signal.aborted) throw signal.reason;
    throw error instanceof PageError ? error : networkError(stage, url, error);
  } finally {
    release();
  }
}

/**
 * A controller that also ends when the signal does.
 *
 * @param {AbortSignal} signal
 */
function linked(signal) {
  const controller = new AbortController();
  const follow = () => controller.abort(signal.reason);
  if (signal.aborted) follow();
  signal.addEventListener("abort", follow);
  return { controller, release: () => signal.removeEventListener("abort", follow) };
}

export const HTML_HINT =
  "Servers send a page of their own where a file is missing: check that the file is deployed at this address.";

/**
 * @param {Stage} stage
 * @param {string} url
 * @returns {(problem: string, hint?: string) => WrongBody}
 */
function wrongBody(stage, url) {
  return (problem, hint = "The copy on the server is damaged or from another version: deploy the app again.") =>
    new WrongBody({
      stage,
      title: `${nameOf(url)} is not the file that this app was built with`,
      message: `What came from ${url} ${problem}.`,
      hint,
    });
}

/**
 * @param {string} url
 * @param {Response} response
 * @param {(problem: string, hint?: string) => WrongBody} wrong
 */
function checkType(url, response, wrong) {
  const type = response.headers.get("content-type") ?? "";
  const rule = TYPES.find(({ end }) => new URL(url).pathname.endsWith(end));
  if (!rule || rule.type.test(type)) return;
  throw wrong(
    `has the type "${type}"`,
    `Browsers refuse to run it. Set up the server to send ${rule.end} files as ${rule.expected}.`,
  );
}

/** @param {Uint8Array} bytes */
export function isHtml(bytes) {
  const start = new TextDecoder().decode(bytes.subarray(0, 256)).trimStart().toLowerCase();
  return start.startsWith("<!doctype html") || start.startsWith("<html");
}

/**
 * @param {FileEntry} file
 * @param {Uint8Array<ArrayBuffer>} body
 * @param {AbortSignal} signal
 * @param {(problem: string, hint?: string) => WrongBody} wrong
 */
async function checkHash(file, body, signal, wrong) {
  const expected = file.sha256;
  if (globalThis.crypto?.subtle) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
    const actual = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (actual !== expected) throw wrong(`has the wrong hash: its sha256 is ${actual}, not ${expected}`);
    return;
  }
  // Pages on plain http (other than localhost) have no crypto.subtle, but the browser checks for them.
  const bytes = expected.match(/../g) ?? [];
  const base64 = btoa(String.fromCharCode(...bytes.map((pair) => parseInt(pair, 16))));
  try {
    await fetch(file.url, { cache: "force-cache", integrity: `sha256-${base64}`, signal });
  } catch {
    throw wrong(`has the wrong hash: its sha256 is not ${expected}`);
  }
}

/**
 * @param {Stage} stage
 * @param {string} url
 */
export function stallError(stage, url) {
  return new PageError({
    stage,
    title: `The download of ${nameOf(url)} stands still`,
    message: `No byte came from ${url} for ${STALL / 1000} seconds.`,
    hint: "The connection or the server is stuck: check the connection, then try again.",
  });
}

/**
 * @param {Stage} stage
 * @param {string} url
 * @param {unknown} error
 */
export function networkError(stage, url, error) {
  const offline = navigator.onLine === false;
  return new PageError({
    stage,
    title: `${nameOf(url)} could not be downloaded`,
    message: offline
      ? `This device is offline, so ${url} cannot be reached.`
      : `The connection to ${url} failed.`,
    hint: offline
      ? "Connect to the network, then try again."
      : "Check that the server runs and that the network is up, then try again.",
    details: describe(error),
    cause: error,
  });
}

/** @param {string} url */
function nameOf(url) {
  const { pathname } = new URL(url);
  return decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1)) || pathname;
}
