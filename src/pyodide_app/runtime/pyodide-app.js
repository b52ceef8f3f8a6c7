/**
 * `<pyodide-app src="main.py">`: loads a Python app, shows how far it is, then gets out of the way.
 *
 * Attributes: `src` (read when the element enters the page), `output` (shows in the page what is printed), and two
 * that the element sets: `stage`, which `progress` has told last, so that CSS can follow it, and `state`:
 *
 *     loading ──> running ──> ready        running: the app's code has begun and gave way to the browser once;
 *        │           │                     ready: its top level is through. An app whose top level never ends
 *        └───────────┴──────> error        (a game loop) stays running.
 *
 * Events: `progress` (detail: stage, loaded, total, message; bytes of the whole start), `ready`, and `error`
 * (detail: stage, title, message, hint, traceback), also for an exception in a callback of a running app. In a built
 * site also `update` (detail: activate), when a newer version is here; preventDefault() keeps the bar away that says so.
 *
 * Its children are the app's own content: visible but inert while it loads. Several elements on one page each
 * run their own app in their own interpreter, started one after the other; they need the same Pyodide version.
 */

import { MODERN, boot } from "./boot.js";
import { el } from "./dom.js";
import { PageError, asPageError, deferred } from "./errors.js";
import { watchExceptions } from "./exceptions.js";
import { HOME } from "./interpreter.js";
import { keepSite, rollBack } from "./offline.js";
import { OutputArea, connectOutput } from "./output.js";
import { errorPanel, ofPage, ofPython } from "./panel.js";
import { offerPlots } from "./plots.js";
import { progressCard } from "./progress.js";
import { listenForChanges } from "./reload.js";
import { makeSnapshot } from "./snapshot.js";
import { sheet } from "./styles.js";
import { updateBar } from "./update.js";

/** @typedef {import("./boot.js").Started} Started */
/** @typedef {import("./types.js").Launcher} Launcher */
/** @typedef {import("./types.js").Manifest} Manifest */
/** @typedef {import("./types.js").Progress} Progress */
/** @typedef {import("./types.js").Pyodide} Pyodide */
/** @typedef {import("./types.js").Report} Report */
/** @typedef {import("./types.js").Stage} Stage */
/** @typedef {"loading" | "running" | "ready" | "error"} State */

export class PyodideApp extends HTMLElement {
  #progress = progressCard();
  #panel = errorPanel();
  #content = el("div", { class: "content", part: "content" }, el("slot"));

  /** @type {AbortController | null} ends what the current start has begun */
  #run = null;
  /** @type {Manifest | null} */
  #manifest = null;
  /** @type {Pyodide | null} */
  #pyodide = null;
  /** @type {Launcher | null} */
  #launcher = null;
  /** @type {Stage} */
  #stage = "manifest";
  /** Whether this element has begun to start an interpreter; only a reload gives a clean slate then. */
  #used = false;
  /** @type {import("./errors.js").Deferred<Pyodide>} */
  #ready = deferred();

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    if (MODERN) shadow.adoptedStyleSheets = [sheet()];
    shadow.append(this.#progress.card, this.#panel.element, this.#content);
  }

  /** The running interpreter; null until Python has started. */
  get pyodide() {
    return this.#pyodide;
  }

  /** Resolves with the interpreter when the app's top level is through; rejects when it fails. */
  get ready() {
    return this.#ready.promise;
  }

  connectedCallback() {
    if (this.#run === null) void this.#start();
  }

  disconnectedCallback() {
    // Moving an element takes it out and puts it back in one go. A running app goes on: nothing can stop it.
    queueMicrotask(() => {
      if (this.isConnected || this.#state === "running" || this.#state === "ready") return;
      this.#run?.abort(new DOMException("The element left the page.", "AbortError"));
      this.#run = null;
    });
  }

  /** @returns {State} */
  get #state() {
    return /** @type {State} */ (this.getAttribute("state"));
  }

  /** @param {State} state */
  set #state(state) {
    this.setAttribute("state", state);
    this.#content.inert = state === "loading";
    this.#progress.card.hidden = state !== "loading";
  }

  async #start() {
    const run = new AbortController();
    this.#run = run;
    this.#panel.clear();
    this.#progress.card.classList.toggle("alone", this.#content.offsetHeight === 0);
    this.#state = "loading";
    try {
      const started = await boot(this.getAttribute("src") ?? "", {
        signal: run.signal,
        onProgress: (progress) => run.signal.aborted || this.#onProgress(progress),
        onEvents: (url) => this.#listen(url, run.signal),
        onManifest: (manifest) => this.#onManifest(manifest),
        onPython: () => (this.#used = true),
      });
      await this.#runApp(started);
    } catch (error) {
      if (run.signal.aborted) return;
      if (await rollBack()) location.reload();
      else this.#failed(asPageError(error, this.#stage));
    }
  }

  /** @param {Started} started */
  async #runApp({ manifest, pyodide, launcher }) {
    this.#pyodide = pyodide;
    this.#launcher = launcher;
    const area = this.hasAttribute("output") ? new OutputArea() : null;
    if (area) this.shadowRoot?.append(area.element);
    connectOutput(pyodide, area);
    watchExceptions(
      pyodide,
      launcher,
      (report) => this.#raised(JSON.parse(report)),
      (error) => this.#failed(crash(error)),
    );
    offerPlots(this);
    await painted(); // the app's first lines may keep the browser busy for long
    const report = await launcher.run(`${HOME}/${manifest.entry}`, () => (this.#state = "running"));
    if (report) {
      this.#broken(JSON.parse(report));
      return;
    }
    this.#state = "ready";
    this.#ready.resolve(pyodide);
    this.dispatchEvent(new CustomEvent("ready"));
    if (manifest.service_worker) void this.#keep(manifest.service_worker, manifest, pyodide);
  }

  /**
   * Keeps what makes the next visit quicker; the page goes on without it.
   *
   * @param {string} serviceWorker
   * @param {Manifest} manifest
   * @param {Pyodide} pyodide
   */
  async #keep(serviceWorker, manifest, pyodide) {
    if (!(await keepSite(serviceWorker, (activate) => this.#updated(activate)))) return;
    try {
      await makeSnapshot(manifest, pyodide);
    } catch (error) {
      console.warn("The next visit will not be quicker:", error);
    }
  }

  /** @param {() => Promise<void>} activate */
  #updated(activate) {
    const event = new CustomEvent("update", { detail: { activate }, cancelable: true });
    if (this.dispatchEvent(event)) this.shadowRoot?.append(updateBar(activate));
  }

  /** @param {Progress} progress */
  #onProgress(progress) {
    this.#stage = progress.stage;
    if (this.getAttribute("stage") !== progress.stage) this.setAttribute("stage", progress.stage);
    this.#progress.update(progress);
    this.dispatchEvent(new CustomEvent("progress", { detail: progress }));
  }

  /** @param {Manifest} manifest */
  #onManifest(manifest) {
    this.#manifest = manifest;
    this.#progress.name(manifest.title);
  }

  /**
   * @param {string} url
   * @param {AbortSignal} signal
   */
  #listen(url, signal) {
    const close = listenForChanges(url, {
      launcher: () => (this.#state === "running" || this.#state === "ready" ? this.#launcher : null),
      files: () => this.#manifest?.files ?? [],
      showSyntaxError: (report) => this.#panel.show(ofPython(JSON.parse(report)), { place: "saved" }),
      showProblem: ({ title, message, hint }) => {
        const problem = { where: "Dev server", title, message, hint, details: "", body: null };
        this.#panel.show(problem, { place: "saved" });
      },
    });
    signal.addEventListener("abort", close);
  }

  /**
   * The app could not be loaded.
   *
   * @param {PageError} error
   */
  #failed(error) {
    const { stage, title, message, hint, details } = error;
    this.#state = "error";
    this.#content.inert = true; // nothing is behind it
    this.#panel.show(ofPage(error), { retry: () => (this.#used ? location.reload() : this.#retry()) });
    this.#tell({ stage, title, message, hint, traceback: details }, error);
  }

  #retry() {
    this.#run?.abort(new DOMException("Tried again.", "AbortError"));
    this.#ready = deferred();
    void this.#start();
  }

  /**
   * The app's top level raised: it may have set up a part of itself, so its content stays usable.
   *
   * @param {Report} report
   */
  #broken(report) {
    const { title, message, hint, traceback } = report;
    this.#state = "error";
    this.#panel.show(ofPython(report), { retry: () => location.reload() });
    this.#tell({ stage: "app", title, message, hint, traceback }, new Error(traceback));
  }

  /**
   * Something raised in the running app, which goes on.
   *
   * @param {Report} report
   */
  #raised(report) {
    const { title, message, hint, traceback } = report;
    this.#panel.show(ofPython(report));
    this.#tell({ stage: "app", title, message, hint, traceback });
  }

  /**
   * @param {{stage: Stage, title: string, message: string, hint: string, traceback: string}} detail
   * @param {Error} [fatal]
   */
  #tell(detail, fatal) {
    if (fatal) this.#ready.reject(fatal);
    this.dispatchEvent(new CustomEvent("error", { detail }));
  }
}

/** @param {Error} error */
function crash(error) {
  return new PageError({
    stage: "app",
    title: "Python has crashed",
    message: error.message,
    hint: "Reload the page. If it happens again, look at what the app does with memory or with deep recursion.",
    details: error.stack ?? "",
    cause: error,
  });
}

/** The next frame is on the screen; or the page is hidden and there will be none. */
function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });
}

customElements.define("pyodide-app", PyodideApp);
