/**
 * What the tabs that have a store mounted tell each other.
 *
 *     the writer  ── changed: paths ──────────────────────────────────> everybody
 *     a replica   ── wanted ──> the writer ── state: tree, blocks ────> replicas
 *                               the writer ── unable: problem ────────> replicas, if it cannot save what it has
 *                               the writer ── changed, tree, blocks ──> replicas, once there are any
 *     a replica   ── route: files ──> the writer ── routed: problem ──> that replica
 *     a writer    ── begun: replicas ask again ───────────────────────> replicas
 */

import { blocksOf } from "./storage-entry.js";
import { obstacles, take } from "./storage-routed.js";
import { pathsOf } from "./storage-store.js";

/** @typedef {import("./storage-entry.js").Record} Record */
/** @typedef {import("./storage-routed.js").Routed} Routed */
/** @typedef {import("./storage-saver.js").Problem} Problem */
/** @typedef {import("./storage-store.js").Store} Store */
/** @typedef {import("./storage-volume.js").Changes} Changes */
/** @typedef {[block: number, bytes: Uint8Array][]} Contents */
/** @typedef {{blockSize: number, record: Record, blocks: Contents}} State */
/** @typedef {{from: string, paths: string[], record: Record | null, blocks: Contents | null}} Change */
/** @typedef {{problem: Problem | null, stale: string[]}} Answer stale: paths that somebody else has changed */

/** How long a writer may take to answer; that there is none for so long is an error (milliseconds). */
const PATIENCE = 10_000;
const NOBODY = "No tab that can write the store has answered.";

/** @param {string} name */
function channelOf(name) {
  return new BroadcastChannel(`pyodide_app storage ${name}`);
}

/** The writer's end. */
export class Announcer {
  #hasReplicas = false;
  #from = ""; // the replica whose files are being saved
  /** @type {Store | null} */
  #store = null;
  /** @type {Promise<void>} one after the other */
  #turn = Promise.resolve();

  /** @param {string} name */
  constructor(name) {
    this.channel = channelOf(name);
    this.channel.onmessage = ({ data }) => {
      const store = this.#store;
      if (store && data.kind === "wanted") void this.#sendState(store);
      if (store && data.kind === "route") this.#turn = this.#turn.then(() => this.#route(store, data));
    };
  }

  /** @param {Store} store */
  begin(store) {
    this.#store = store;
    this.#say({ kind: "begun" });
  }

  /** @param {Changes} changes @param {Record} record */
  announce(changes, record) {
    const message = { kind: "changed", from: this.#from, paths: pathsOf(changes), record: null, blocks: null };
    const forReplicas = this.#hasReplicas && this.#store && { record, blocks: contentsOf(this.#store.device, record) };
    this.#say({ ...message, ...forReplicas });
  }

  close() {
    this.#store = null;
    this.channel.close();
  }

  /** @param {Store} store */
  async #sendState(store) {
    const problem = await store.flush();
    if (problem) return this.#say({ kind: "unable", problem });
    this.#hasReplicas = true;
    const record = store.volume.snapshot();
    const { blockSize } = store.device;
    this.#say({ kind: "state", blockSize, record, blocks: contentsOf(store.device, record) });
  }

  /** @param {Store} store @param {{from: string, number: number, files: Routed[], version: number}} request */
  async #route(store, { from, number, files, version }) {
    store.volume.version ||= version; // who writes for others alone has none of its own
    // The writer before has taken it, but ended before it could say so.
    const isAgain = store.volume.hasTaken(from, number);
    const answer = isAgain ? { stale: [], problem: await store.flush() } : await this.#accept(store, from, number, files);
    if (this.#store === store) this.#say({ kind: "routed", to: from, number, ...answer });
  }

  /** @param {object} message */
  #say(message) {
    if (this.#store) this.channel.postMessage(message); // else it has been closed meanwhile
  }

  /**
   * @param {Store} store
   * @param {string} from
   * @param {number} number
   * @param {Routed[]} files
   * @returns {Promise<Answer>}
   */
  async #accept(store, from, number, files) {
    const { stale, open } = obstacles(store.volume, files);
    if (stale.length > 0) return { stale, problem: refusal(`Another tab has changed ${stale.join(", ")} meanwhile.`) };
    if (store.isHeld) return { stale, problem: refusal("The tab that writes is just changing all of it.") };
    if (open.length > 0) return { stale, problem: refusal(`The tab that writes has ${open.join(", ")} open.`) };
    try {
      const gone = take(store.volume, files);
      store.files?.forget(gone);
      store.volume.noteTaken(from, number);
    } catch (error) {
      const { name, message } = /** @type {Error} */ (error);
      return { stale, problem: { name, message } };
    }
    this.#from = from;
    const problem = await store.flush();
    this.#from = "";
    if (!problem) store.tell.changed(files.map(({ path }) => path));
    return { stale, problem };
  }
}

/** A replica's end. */
export class Line {
  id = crypto.randomUUID();
  #count = 0;
  /** @type {(change: Change) => void} */
  onChange = () => {};
  /** @type {(state: State) => void} */
  onState = () => {};
  /** @type {{resolve: () => void, reject: (error: Error) => void}[]} settled when the writer answers */
  #awaited = [];
  /** @type {Map<number, {message: object, settle: (answer: Answer) => void}>} */
  #open = new Map();

  /** @param {string} name */
  constructor(name) {
    this.channel = channelOf(name);
    /** @type {Promise<State>} the writer's first answer */
    this.first = new Promise((resolve, reject) => {
      this.onState = resolve;
      this.#awaited.push({ resolve() {}, reject });
    });
    this.channel.onmessage = ({ data }) => {
      if (data.kind === "begun") this.#begin();
      else if (data.kind === "unable") this.#fail(data.problem);
      else if (data.kind === "state") this.#hear(data);
      else if (data.kind === "changed") this.onChange(data);
      else if (data.kind === "routed" && data.to === this.id) this.#open.get(data.number)?.settle(data);
    };
    this.#begin();
  }

  /** Has the state sent once more; it comes to `onState` first. @returns {Promise<void>} */
  renew() {
    return new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(NOBODY)), PATIENCE);
      this.#awaited.push({ resolve, reject });
      this.channel.postMessage({ kind: "wanted" });
    });
  }

  /** Has the writer save files. @param {Routed[]} files @param {number} version of the app's @returns {Promise<Answer>} */
  route(files, version) {
    const number = this.#count++;
    const message = { kind: "route", from: this.id, number, files, version };
    return new Promise((resolve) => {
      /** @param {Answer} answer */
      const settle = (answer) => {
        clearTimeout(timer);
        this.#open.delete(number);
        resolve(answer);
      };
      const problem = { name: "TimeoutError", message: NOBODY };
      const timer = setTimeout(() => settle({ problem, stale: [] }), PATIENCE);
      this.#open.set(number, { message, settle });
      this.channel.postMessage(message);
    });
  }

  close() {
    this.channel.close();
    const problem = { name: "AbortError", message: "The store was closed." };
    for (const { settle } of this.#open.values()) settle({ problem, stale: [] });
  }

  /** @param {State} state */
  #hear(state) {
    this.onState(state);
    for (const { resolve } of this.#awaited.splice(0)) resolve();
  }

  /** @param {Problem} problem the writer's */
  #fail({ name, message }) {
    const error = new Error(`The tab that writes the store cannot save what it has: ${name}: ${message}`);
    for (const { reject } of this.#awaited.splice(0)) reject(error);
  }

  /** What the writer before had no time to answer is said again. */
  #begin() {
    this.channel.postMessage({ kind: "wanted" });
    for (const { message } of this.#open.values()) this.channel.postMessage(message);
  }
}

/** @param {string} message */
function refusal(message) {
  return { name: "ConflictError", message };
}

/** @param {any} device @param {Record} record @returns {Contents} */
function contentsOf(device, record) {
  return blocksOf(record).map((block) => {
    const bytes = new Uint8Array(device.blockSize);
    device.read(block, 0, bytes);
    return [block, bytes];
  });
}
