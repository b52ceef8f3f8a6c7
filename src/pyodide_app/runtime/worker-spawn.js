/**
 * Starts a worker and hears what becomes of it, from the page's side.
 *
 *     page                              worker
 *     look at the script (404, HTML, CORS)
 *     new Worker ─────────────────────▶ evaluates; takes its lock; ["hello"]
 *     ["start", …] ───────────────────▶
 *        ◀──── ["stage", name] ──────── downloads, starts Python, installs …
 *        ◀──── ["ready"] or ["failed", reason, message, error]
 *        ◀──── ["output", fd, bytes] ── whenever Python prints
 *        ◀──── ["beat", …], ["taken", …]  about its mail: see mail-page.js
 *     asks for the lock ── granted as soon as the worker is no more, however it ended
 *
 * Messages that begin with a number are the connection's (rpc.js): all go one way, so what is printed before an
 * answer is here before it.
 *
 * This file stands alone: see rpc.js.
 */

/**
 * @typedef {object} Hooks
 * @property {(name: string) => void} stage
 * @property {() => void} ready
 * @property {(reason: string, message: string, error: string) => void} died once; `error`: a Python exception as JSON, or empty
 * @property {(descriptor: number, text: string) => void} output
 */

/** Kinds of messages: see rpc.js. */
const [CALL, RESULT, ERROR, CANCEL, STREAM] = [0, 1, 2, 3, 4];
/** Bytes that a blocked worker is answered at once; larger answers come in parts. */
const MAIL = 64 * 1024;

/**
 * @typedef {object} Options
 * @property {string} url of the script; what comes from a blob is not looked at first
 * @property {string} probe the URL of worker-probe.js
 * @property {string} name unique
 * @property {Record<string, unknown>} start what the script needs
 * @property {number} hello milliseconds for the script to run at all
 * @property {number} stage milliseconds for each stage of its start
 * @property {number} grace milliseconds for a call to stop that nobody waits for any more
 *
 * @typedef {object} Parts the files that go with this one
 * @property {import("./mail-letters.js").Letters} letters
 * @property {typeof import("./mail-shared.js").createSharedMail} createSharedMail
 * @property {typeof import("./mail-page.js").createPageMail} [createPageMail] for a worker that a service worker can reach
 * @property {typeof import("./worker-interrupt.js").createInterrupts} createInterrupts
 */

/**
 * @param {Options} options
 * @param {Hooks} hooks
 * @param {Parts} parts
 */
function spawnWorker({ url, probe, name, start, hello, stage: stageTime, grace }, hooks, parts) {
  const lock = `pyodide-app ${name} ${Math.random().toString(36).slice(2)}`;
  const shared = globalThis.crossOriginIsolated ? new SharedArrayBuffer(32 + MAIL) : null;
  const posted = shared ? null : (parts.createPageMail?.(lock, lost) ?? null);
  const mail = shared ? parts.createSharedMail(shared, parts.letters) : posted;
  /** @type {Set<number>} calls of the worker for whose answers it is blocked */
  const blocking = new Set();
  const interrupts = parts.createInterrupts(mail, grace, (/** @type {number} */ seconds) =>
    end("unresponsive", `A call was cancelled, but did not stop within ${seconds} s.`),
  );
  const decoders = [new TextDecoder(), new TextDecoder(), new TextDecoder()];
  const unlocked = new AbortController();
  /** @type {Worker | null} */
  let worker = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let stage = "load";
  let over = false;
  let hasMail = false;

  const port = {
    /** @type {((event: MessageEvent) => any) | null} */
    onmessage: null,
    /** @param {any} message @param {Transferable[]} [transfer] */
    postMessage(message, transfer) {
      const [kind, id] = /** @type {[number, number]} */ (message);
      if ((kind === RESULT || kind === ERROR || kind === STREAM) && blocking.delete(id)) return answer(message);
      interrupts.sent(message);
      if (transfer) worker?.postMessage(message, transfer);
      else worker?.postMessage(message);
    },
  };

  /** Answers the blocked worker. @param {any} message */
  function answer(message) {
    const [kind, id] = message;
    if (kind !== STREAM && !message[4]) return mail?.deliver(message);
    const what = kind === STREAM ? "an iterator" : "a JavaScript object";
    const error = {
      type: "pyodide_app.bridge.rpc._errors.CrossingError",
      message: `the result cannot cross: it is or holds ${what}, which a caller that is blocked cannot get; await it`,
    };
    mail?.deliver([ERROR, id, JSON.stringify(error)]);
    if (kind === STREAM) port.onmessage?.(new MessageEvent("message", { data: [CANCEL, id] }));
  }

  /** @param {string} reason @param {string} message @param {string} [error] */
  function end(reason, message, error = "") {
    if (over) return;
    over = true;
    clearTimeout(timer);
    unlocked.abort();
    interrupts.end();
    mail?.end();
    worker?.terminate();
    hooks.died(reason, message, error);
  }

  function lost() {
    end("unresponsive", "It cannot be answered while it is blocked: the service worker that brings answers is gone.");
  }

  /** @param {number} milliseconds */
  function deadline(milliseconds) {
    clearTimeout(timer);
    const seconds = milliseconds / 1000;
    timer = setTimeout(() => {
      if (stage === "load") end("load", `${url} was loaded, but did not say hello within ${seconds} s.`);
      else end("unresponsive", `It has not got beyond the stage "${stage}" in ${seconds} s.`);
    }, milliseconds);
  }

  /** Asks for the worker's lock, which it holds until it is no more. */
  function watchLock() {
    const free = () => end("crashed", "It has ended by itself.");
    navigator.locks?.request(lock, { signal: unlocked.signal }, free).catch(() => {}); // aborted
  }

  /** @param {MessageEvent<any>} event */
  function hear(event) {
    const [kind, first, second, third] = event.data;
    if (typeof kind === "number") {
      interrupts.heard(event.data);
      const untaken = mail?.heard(event.data);
      if (untaken) worker?.postMessage(untaken);
      if (kind === CALL && mail && event.data[6]?.at(-1) === name) blocking.add(first);
      else if (kind === CANCEL) blocking.delete(first);
      port.onmessage?.(event);
    } else if (kind === "beat" || kind === "taken") {
      mail?.heard(event.data);
    } else if (kind === "output") {
      hooks.output(first, /** @type {TextDecoder} */ (decoders[first]).decode(second, { stream: true }));
    } else if (over) return;
    else if (kind === "hello") {
      watchLock();
      worker?.postMessage(["start", { ...start, shared, mail: hasMail }]);
    } else if (kind === "stage") {
      stage = first;
      deadline(stageTime);
      hooks.stage(first);
    } else if (kind === "ready") {
      clearTimeout(timer);
      stage = "ready";
      hooks.ready();
    } else if (kind === "failed") end(first, second, third);
  }

  /**
   * An uncaught error; once Python runs, the browser's console has it, and what is fatal the worker tells.
   *
   * @param {ErrorEvent} event
   */
  async function fault(event) {
    if (stage === "ready") return;
    event.preventDefault();
    const place = event.filename ? ` (${event.filename}:${event.lineno})` : "";
    const message = event.message ? `${event.message}${place}` : await explained();
    if (message.includes("SyntaxError")) end("syntax", `${url}, or a script that it imports, has an error: ${message}.`);
    else end("load", `${url} could not be run: ${message || "try again"}.`);
  }

  /** Why the script, or one that it imports, cannot be read. @returns {Promise<string>} */
  function explained() {
    const second = (worker = new Worker(probe, { type: "module", name: url }));
    return new Promise((resolve) => {
      second.onmessage = ({ data }) => resolve(data);
      second.onerror = () => resolve("a script that it imports could not be loaded");
    });
  }

  async function begin() {
    const problem = url.startsWith("blob:") ? "" : await look(url);
    hasMail = (await posted?.ready) ?? false; // before it is loaded, or the service worker would not control it
    if (over) return;
    if (problem) return end("load", problem);
    worker = new Worker(url, { type: "module", name: lock });
    worker.onmessage = hear;
    worker.onerror = fault;
    worker.onmessageerror = () => end("crashed", "A message from it could not be read: the page is out of memory.");
    deadline(hello);
  }
  begin().catch((error) => end("load", `The browser refused to start it: ${error}`));

  return {
    port,
    /** @param {string} reason @param {string} message */
    end,
    /** How often its Python has looked for signals: it grows while Python runs. */
    beat: () => mail?.beat() ?? 0,
  };
}

/**
 * What is wrong with a script, in words; empty if it can be run. Browsers tell only that something is.
 *
 * @param {string} url
 */
async function look(url) {
  let response;
  try {
    response = await fetch(url);
  } catch {
    const other = new URL(url, location.href).origin !== location.origin;
    return other
      ? `${url} is on another origin, which does not let this page read it (CORS), or cannot be reached; a worker's script must be of the page's own origin.`
      : `${url} could not be fetched: the network or the server failed.`;
  }
  void response.body?.cancel();
  const type = response.headers.get("content-type") ?? "";
  if (!response.ok) return `The server answered ${response.status} for ${url}: check that the file is deployed there.`;
  if (/html/i.test(type)) return `${url} is an HTML page, not a script: servers send one where a file is missing.`;
  if (!/javascript|ecmascript/i.test(type)) return `The server sends ${url} as "${type}", so browsers refuse to run it.`;
  return "";
}

export { spawnWorker };
