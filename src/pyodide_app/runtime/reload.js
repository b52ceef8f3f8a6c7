/** While an app is being developed: a saved file reloads the page, unless it has a syntax error; then that shows. */

import { HOME } from "./boot.js";

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
 * Listens to the dev server.
 *
 * @param {string} url
 * @param {Reaction} reaction
 * @returns {() => void} ends it
 */
export function listenForChanges(url, { launcher, files, showSyntaxError, showProblem }) {
  const source = new EventSource(url);
  source.addEventListener("message", async ({ data }) => {
    const message = JSON.parse(data);
    if (message.kind === "problem") showProblem(message);
    if (message.kind !== "change") return;
    const running = launcher();
    const report = running && (await syntaxError(message.paths, files(), running));
    if (report) showSyntaxError(report);
    else location.reload();
  });
  return () => source.close();
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
