/**
 * A service worker that carries mail to workers whose page is not cross-origin isolated: see mail-letters.js. They
 * share no memory with it, and read no messages while Python runs or is blocked in them.
 *
 *     page                        this service worker        worker
 *     letter ────── postMessage ──▶ kept
 *        ▲                          given away ◀── synchronous XMLHttpRequest: is there a letter for me?
 *        └───────────────────── postMessage: ["taken", number] ───┘
 *
 * The browser stops it whenever it wants to, and what was kept is lost. So the page sends a letter again and again
 * until the worker has told that it has it, and one that comes twice does nothing: calls are settled and interrupted
 * once. A request is held no longer than the worker says, some hundredths of a second, and a letter that nobody
 * comes for is thrown away: its page, which would send it again, is gone.
 *
 * mail-page.js registers it for the folder that it is in. There lie the scripts of the workers, which it thus
 * controls, but no page. Where a service worker of the app's own has this folder, too, ours would take the workers
 * from it; so that one has to bring the mail itself, and says so before it listens to anything:
 *
 *     importScripts("/_pyodide_app/runtime/mail-service-worker.js");
 */

(() => {
  /** @typedef {{to: string, number: number, bytes: Uint8Array<ArrayBuffer>}} Letter */

  /** How long a letter is kept that nobody comes for; pages repeat theirs much more often (milliseconds). */
  const KEPT = 5000;

  const scope = /** @type {any} */ (globalThis);
  /** @type {Set<Letter>} oldest first */
  const kept = new Set();
  /** @type {Map<string, () => void>} wakes a worker that waits for a letter */
  const waiting = new Map();

  /** @param {Letter} letter */
  function keep(letter) {
    for (const { to, number } of kept) if (to === letter.to && number === letter.number) return;
    kept.add(letter);
    setTimeout(() => kept.delete(letter), KEPT);
    waiting.get(letter.to)?.();
  }

  /** @param {string} name */
  function give(name) {
    for (const letter of kept) {
      if (letter.to !== name) continue;
      kept.delete(letter);
      return letter;
    }
    return undefined;
  }

  /** @param {string} name @param {number} milliseconds */
  async function arrival(name, milliseconds) {
    await new Promise((resolve) => {
      waiting.set(name, () => resolve(undefined));
      setTimeout(resolve, milliseconds);
    });
    waiting.delete(name);
    return give(name);
  }

  /** @param {URLSearchParams} query */
  async function answer(query) {
    const name = query.get("to") ?? "";
    const milliseconds = Number(query.get("wait"));
    const letter = give(name) ?? (milliseconds > 0 ? await arrival(name, milliseconds) : undefined);
    return new Response(letter?.bytes, { headers: { "X-Pyodide-App-Letter": `${letter?.number ?? 0}` } });
  }

  scope.addEventListener("message", (/** @type {MessageEvent<any>} */ { data }) => {
    if (data?.[0] === "pyodide-app-mail") keep(data[1]);
  });
  scope.addEventListener("fetch", (/** @type {any} */ event) => {
    const { origin, pathname, searchParams } = new URL(event.request.url);
    if (origin !== location.origin || !pathname.endsWith("/pyodide-app-mail")) return;
    event.stopImmediatePropagation(); // the service worker that imports this may answer whatever it can
    event.respondWith(answer(searchParams));
  });
})();
