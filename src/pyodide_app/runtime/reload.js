/** While an app is being developed: a saved file reloads the page, unless it has a syntax error; then that shows. */

import { HOME } from "./interpreter.js";

/** @typedef {import("./types.js").Launcher} Launcher */
/** @typedef {import("./types.js").AppFile} AppFile */

/**
 * @typedef {object} Reaction
 * @property {() => Launcher | null} launcher null while no interpreter runs
 * @property {() => AppFile[]} files
 * @property {(report: string) => void} showSyntaxError
 * @property {(problem: {title: string, message: string, hint: string}) => void} showProblem
 */

/**
 * Listens to the dev server, while the page is to be seen: browsers allow six connections to a server, and each
 * stream holds one, so pages in the background would keep a seventh from loading.
 *
 * @param {string} url
 * @param {Reaction} reaction
 * @returns {() => void} ends it
 */
export function listenForChanges(url, { launcher, files, showSyntaxError, showProblem }) {
  const address = new URL(url);
  /** @type {EventSource | null} */
  let source = null;
  const ended = new AbortController();
  document.addEventListener("visibilitychange", listen, { signal: ended.signal });
  listen();

  function listen() {
    source?.close();
    if (document.hidden) return;
    source = new EventSource(address);
    source.addEventListener("message", react);
  }

  /** @param {MessageEvent<string>} event */
  async function react({ data, lastEventId }) {
    address.searchParams.set("since", lastEventId); // where to go on after a pause
    const message = JSON.parse(data);
    if (!concerns(message.paths, files())) return;
    if (message.kind === "problem") showProblem(message);
    if (message.kind !== "change") return;
    const running = launcher();
    const report = running && (await syntaxError(message.paths, files(), running));
    if (report) showSyntaxError(report);
    else location.reload();
  }

  return () => {
    ended.abort();
    source?.close();
  };
}

/**
 * Whether one of the changed files lies in this page's folder or in its app's, or below: the gallery has many apps.
 *
 * @param {string[]} paths URL paths
 * @param {AppFile[]} files
 */
function concerns(paths, [entry]) {
  const places = [location.href, ...(entry ? [entry.url] : [])];
  const folders = places.map((place) => decodeURI(new URL(".", place).pathname));
  return paths.some((path) => folders.some((folder) => path.startsWith(folder)));
}

/**
 * The first syntax error among the app's changed files; empty if they all compile.
 *
 * @param {string[]} paths URL paths
 * @param {AppFile[]} files
 * @param {Launcher} launcher
 * @returns {Promise<string>}
 */
async function syntaxError(paths, files, launcher) {
  for (const { path, url } of files) {
    if (!path.endsWith(".py") || !paths.includes(decodeURI(new URL(url).pathname))) continue;
    // Without the manifest's ?v=, which asks for the file as it was then.
    const response = await fetch(new URL(url).pathname, { cache: "no-store" });
    if (!response.ok) continue; // it was removed: the reload will tell
    const report = launcher.check(await response.text(), `${HOME}/${path}`);
    if (report) return report;
  }
  return "";
}
