/**
 * Downloads that are checked before anything uses them.
 *
 * Pyodide waits for ever when its .wasm is missing, cut short or an HTML page, and it checks none of its own
 * files. So every file is read here first: its bytes are counted as they come, its size and sha256 compared
 * with the manifest's. Pyodide then gets these bytes (lending.js), or asks for the same addresses and gets them
 * from the browser's cache.
 */

import { PageError, within } from "./errors.js";
import { STALL, WrongBody, checkStatus, checkType, isHtml, networkError, stallError, wrongBody } from "./faults.js";

/** @typedef {import("./types.js").Stage} Stage */
/** @typedef {import("./types.js").FileEntry} FileEntry */

/** Checking a file that is already here may take so long (milliseconds), even where the browser fetches it again. */
const CHECK_DEADLINE = 60_000;

/** How many files are downloaded at once; browsers give a host six connections. */
const AT_ONCE = 4;

/**
 * @typedef {object} Options
 * @property {Stage} stage
 * @property {AbortSignal} signal
 * @property {(bytes: number) => void} onBytes called with the bytes that came; negative when they are discarded
 * @property {(file: FileEntry) => Follower | undefined} [follow] called at each attempt: takes the bytes as they come,
 *   before they are checked
 */

/** @typedef {{write(part: Uint8Array): unknown, close(): unknown, abort(reason: unknown): unknown}} Follower */

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
 * @param {FileEntry} file
 * @param {Options} options
 * @param {RequestCache} cache
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function attempt(file, { stage, signal, onBytes, follow }, cache) {
  const { url, size } = file;
  const follower = follow?.(file);
  const wrong = wrongBody(stage, url);
  let received = 0;
  let html = false;
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
      html ||= received === 0 && isHtml(value);
      if (received + value.length > size) throw wrong(`is larger than the ${size} bytes it should have`, html);
      body.set(value, received);
      received += value.length;
      onBytes(value.length);
      follower?.write(value);
    }
    if (received < size) throw wrong(`was cut off: ${received} of ${size} bytes came`, html);
    const check = checkHash(file, body, controller.signal, (problem) => wrong(problem, html));
    await within(check, CHECK_DEADLINE, () => stallError(stage, url));
    checkType(url, response, stage);
    follower?.close();
    return body;
  } catch (error) {
    onBytes(-received);
    follower?.abort(error);
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

/**
 * @param {FileEntry} file
 * @param {Uint8Array<ArrayBuffer>} body
 * @param {AbortSignal} signal
 * @param {(problem: string) => WrongBody} wrong
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
