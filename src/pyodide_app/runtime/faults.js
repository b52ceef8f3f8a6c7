/** What can be wrong with a download, as errors that a person can act on. */

import { PageError, describe } from "./errors.js";

/** @typedef {import("./types.js").Stage} Stage */

/** A download that brings no byte for so long (milliseconds) has failed. */
export const STALL = 10_000;

/** What a browser needs to be told to run a file, by the end of its name. */
const TYPES = [
  { end: ".wasm", type: /^application\/wasm\b/i, expected: "application/wasm" },
  { end: ".mjs", type: /^(text|application)\/(x-)?(javascript|ecmascript)\b/i, expected: "text/javascript" },
  { end: ".js", type: /^(text|application)\/(x-)?(javascript|ecmascript)\b/i, expected: "text/javascript" },
];

/** A wrong body, as opposed to no body: the browser's cache may hold a bad copy, so one fresh try is worth it. */
export class WrongBody extends PageError {}

export const HTML_HINT =
  "Servers send a page of their own where a file is missing: check that the file is deployed at this address.";

/**
 * @param {Stage} stage
 * @param {string} url
 * @returns {(problem: string, html: boolean) => WrongBody} `html`: it looks like a page, which explains the problem
 */
export function wrongBody(stage, url) {
  const page = /\.x?html?$/i.test(new URL(url).pathname); // an app may have pages among its files
  const damaged = isElsewhere(url)
    ? "That server, or something on the way from it, has changed the file: try again, or build the site without --cdn."
    : "The copy on the server is damaged or from another version: deploy the app again.";
  return (problem, html) =>
    new WrongBody({
      stage,
      title: `${nameOf(url)} is not the file that this app was built with`,
      message: `What came from ${url} ${html && !page ? "is an HTML page" : problem}.`,
      hint:
        html && !page
          ? HTML_HINT
          : damaged,
    });
}

/** @param {Uint8Array} bytes */
export function isHtml(bytes) {
  const start = new TextDecoder().decode(bytes.subarray(0, 256)).trimStart().toLowerCase();
  return start.startsWith("<!doctype html") || start.startsWith("<html");
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
 * Browsers run these files only when the server sends them with the right type.
 *
 * @param {string} url
 * @param {Response} response
 * @param {Stage} stage
 */
export function checkType(url, response, stage) {
  const type = response.headers.get("content-type") ?? "";
  const rule = TYPES.find(({ end }) => new URL(url).pathname.endsWith(end));
  if (!rule || rule.type.test(type)) return;
  throw new PageError({
    stage,
    title: `${nameOf(url)} comes with the wrong type`,
    message: `The server sends ${url} as "${type}", so browsers refuse to run it.`,
    hint: `Set up the server to send ${rule.end} files with Content-Type: ${rule.expected}.`,
  });
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
      : isElsewhere(url)
        ? `Check that the network, the browser’s blockers and the page’s Content-Security-Policy allow ${new URL(url).origin}, then try again; or build the site without --cdn.`
        : "Check that the server runs and that the network is up, then try again.",
    details: describe(error),
    cause: error,
  });
}

/** Whether a file comes from another server than the app. @param {string} url */
function isElsewhere(url) {
  return new URL(url).origin !== location.origin;
}

/** @param {string} url */
function nameOf(url) {
  const { pathname } = new URL(url);
  return decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1)) || pathname;
}
