/**
 * Calls for JavaScript: its end of a connection whose other end is Python, or JavaScript too.
 *
 *     const python = connect(port, { double: (x) => 2 * x });      // what the other side may call
 *     await python.call("analyse", [data], { timeout: 5 });
 *     for await (const row of python.stream("rows", [1000])) …
 *
 * Values cross as copies, as structured clone makes them; functions among them cross as handles: over there they
 * can be called, and awaited. An error of Python's is an Error with its type as `name` and its `frames`.
 */

import { createConnection } from "./rpc.js";

/** @typedef {import("./rpc.js").Port} Port */
/** @typedef {import("./rpc.js").Target} Target */
/** @typedef {{timeout?: number, signal?: AbortSignal, transfer?: Transferable[]}} Options `timeout` in seconds */
/** @typedef {((...args: any[]) => Promise<any>) & {release(): void}} RemoteFunction */
/** @typedef {{resolve(value: any): void, reject(error: unknown): void, stream: Stream | null}} Waiting */

/** Stands for a function in what crosses; the message then has the handles, too. */
const FUNCTION = "pyodide-app:function";
/** Items of a stream that may be on their way. */
const WINDOW = 16;

/** The other side is gone, and with it every call that waited for it. */
export class ConnectionClosed extends Error {
  name = "ConnectionClosed";
}

/**
 * @param {Port} port
 * @param {Record<string, (...args: any[]) => unknown>} [exports]
 */
export function connect(port, exports = {}) {
  /** @type {Map<number, Waiting>} */
  const waiting = new Map();
  /** @type {Map<number, {credit: number, wake(): void, closed: boolean}>} */
  const serving = new Map();
  /** @type {Map<number, Function>} */
  const handles = new Map();
  const dropped = new FinalizationRegistry((/** @type {number} */ handle) => connection.release(handle));
  let lastHandle = 0;
  let gone = "";

  /** @param {unknown} value @param {number[]} found @returns {unknown} */
  function outward(value, found) {
    if (typeof value === "function") {
      handles.set(++lastHandle, value);
      found.push(lastHandle);
      return { [FUNCTION]: lastHandle };
    }
    if (Array.isArray(value)) return value.map((each) => outward(each, found));
    if (Object.getPrototypeOf(Object(value)) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(/** @type {object} */ (value)).map(([key, each]) => [key, outward(each, found)]));
  }

  /** @param {any} value @returns {any} */
  function inward(value) {
    if (Array.isArray(value)) return value.map(inward);
    if (Object.getPrototypeOf(Object(value)) !== Object.prototype) return value;
    if (FUNCTION in value) return remoteFunction(value[FUNCTION]);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inward(each)]));
  }

  /** @param {number} handle @returns {RemoteFunction} */
  function remoteFunction(handle) {
    let released = false;
    const remote = Object.assign(
      (/** @type {any[]} */ ...args) => {
        if (released) return Promise.reject(new ReferenceError("this remote function was released"));
        return call(handle, args);
      },
      {
        release() {
          if (!released) connection.release(handle);
          released = true;
          dropped.unregister(remote);
        },
      },
    );
    dropped.register(remote, handle, remote);
    return remote;
  }

  /** @param {unknown[]} values @returns {[unknown[], number[] | undefined]} */
  function packed(values) {
    /** @type {number[]} */
    const found = [];
    const sent = /** @type {unknown[]} */ (outward(values, found));
    return [sent, found.length > 0 ? found : undefined];
  }

  /** @param {any} payload @param {unknown[] | undefined} found */
  const unpacked = (payload, found) => (found ? inward(payload) : payload);

  /** @param {Target} target @param {unknown[]} args @param {Options} [options] @returns {Promise<any>} */
  function call(target, args, { timeout = 0, signal, transfer } = {}) {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (gone) throw new ConnectionClosed(gone);
      const [values, found] = packed(args);
      const id = connection.call(target, values, timeout * 1000, undefined, found, transfer);
      waiting.set(id, { resolve, reject, stream: null });
      signal?.addEventListener("abort", () => {
        connection.cancel(id);
        if (waiting.delete(id)) reject(signal.reason);
      });
    });
  }

  /** @param {number} id */
  function take(id) {
    const entry = waiting.get(id);
    waiting.delete(id);
    return entry;
  }

  /** @param {number} id @param {unknown} error */
  function refuse(id, error) {
    const entry = take(id);
    if (entry?.stream) entry.stream.end(error);
    else entry?.reject(error);
  }

  /** @param {number} id @param {unknown} result */
  async function answer(id, result) {
    try {
      const value = /** @type {any} */ (await result);
      const iterator = value?.[Symbol.asyncIterator]?.() ?? (typeof value?.next === "function" ? value : null);
      if (iterator) return await send(id, iterator);
      const [values, found] = packed([value]);
      if (id) connection.answer(id, values, undefined, found);
    } catch (error) {
      if (id) connection.fail(id, describe(error));
      else throw error;
    }
  }

  /** @param {number} id @param {any} iterator */
  async function send(id, iterator) {
    const state = { credit: 0, wake: () => {}, closed: false };
    serving.set(id, state);
    connection.stream(id);
    try {
      for (;;) {
        while (state.credit === 0 && !state.closed) await new Promise((resolve) => (state.wake = () => resolve(null)));
        if (state.closed) break;
        const { done, value } = await iterator.next();
        if (done) break;
        state.credit -= 1;
        const [values, found] = packed([value]);
        connection.item(id, values, undefined, found);
      }
      await iterator.return?.();
      connection.end(id);
    } finally {
      serving.delete(id);
    }
  }

  const connection = createConnection(port, {
    called(id, target, payload, _buffers, found) {
      const function_ = typeof target === "string" ? exports[target] : handles.get(Number(target));
      if (!function_ || (typeof target === "string" && !Object.hasOwn(exports, target))) {
        const there = Object.keys(exports).join(", ") || "none";
        const what = typeof target === "string" ? `there is no export "${target}"; there is ${there}` : "that function was released";
        return connection.fail(id, describe(new ReferenceError(what)));
      }
      void answer(id, (async () => function_(...unpacked(payload, found)))());
    },
    returned: (id, payload, _buffers, found) => take(id)?.resolve(unpacked(payload, found)[0]),
    failed: (id, text) => refuse(id, revived(JSON.parse(text))),
    late: (id) => refuse(id, new DOMException("The other side has not answered in time.", "TimeoutError")),
    streaming(id) {
      const entry = waiting.get(id);
      if (!entry) return;
      entry.stream = new Stream((count) => connection.credit(id, count), () => (connection.cancel(id), void waiting.delete(id)));
      entry.resolve(entry.stream);
    },
    item: (id, payload, _buffers, found) => waiting.get(id)?.stream?.put(unpacked(payload, found)[0]),
    ended: (id) => take(id)?.stream?.end(undefined),
    gone() {},
    cancelled(id) {
      const state = serving.get(id);
      if (state) state.closed = true;
      state?.wake();
    },
    credited(id, count) {
      const state = serving.get(id);
      if (state) state.credit += count;
      state?.wake();
    },
    released: (handle) => void handles.delete(handle),
    ponged() {},
    spared() {},
    closed(reason) {
      gone = `The other side is gone: ${reason}.`;
      for (const id of [...waiting.keys()]) refuse(id, new ConnectionClosed(gone));
      for (const state of serving.values()) {
        state.closed = true;
        state.wake();
      }
    },
  });

  return {
    /** @param {string} name @param {unknown[]} [args] @param {Options} [options] */
    call: (name, args = [], options = {}) => call(name, args, options),
    /** @param {string} name @param {unknown[]} [args] */
    async *stream(name, args = []) {
      const stream = await call(name, args);
      try {
        yield* stream;
      } finally {
        stream.close();
      }
    },
    /** @param {string} reason */
    close: (reason) => connection.bye(reason),
  };
}

/**
 * Makes a worker's script one that Python's `Worker(script=…)` can start: see worker-spawn.js.
 *
 * @param {Record<string, (...args: any[]) => unknown>} exports
 */
export function serve(exports) {
  const scope = /** @type {any} */ (globalThis);
  /** @type {any} */
  const port = { onmessage: null, postMessage: scope.postMessage.bind(scope) };
  const connection = connect(port, exports);
  scope.onmessage = (/** @type {MessageEvent<any>} */ event) => {
    if (typeof event.data[0] === "number") port.onmessage(event);
    else if (event.data[0] === "start") port.postMessage(["ready"]);
  };
  const hello = () => (port.postMessage(["hello"]), new Promise(() => {}));
  if (navigator.locks) void navigator.locks.request(scope.name, hello);
  else void hello();
  return connection;
}

/** What the other side yields: at most a window ahead of what is read. */
class Stream {
  /** @type {unknown[]} */
  #items = [];
  #open = true;
  /** @type {unknown} */
  #error;
  #wake = () => {};
  #read = 0;

  /** @param {(count: number) => void} credit @param {() => void} cancel */
  constructor(credit, cancel) {
    this.credit = credit;
    this.cancel = cancel;
    credit(WINDOW);
  }

  /** @param {unknown} item */
  put(item) {
    this.#items.push(item);
    this.#wake();
  }

  /** @param {unknown} error */
  end(error) {
    this.#open = false;
    this.#error = error;
    this.#wake();
  }

  close() {
    if (this.#open) this.cancel();
    this.#open = false;
    this.#wake();
  }

  async *[Symbol.asyncIterator]() {
    for (;;) {
      while (this.#items.length === 0) {
        if (this.#error !== undefined) throw this.#error;
        if (!this.#open) return;
        await new Promise((resolve) => (this.#wake = () => resolve(null)));
      }
      yield this.#items.shift();
      this.#read += 1;
      if (this.#open && this.#read % (WINDOW / 2) === 0) this.credit(WINDOW / 2);
    }
  }
}

/** @param {unknown} error */
function describe(error) {
  if (!(error instanceof Error)) return JSON.stringify({ type: "js.Error", message: String(error) });
  const { name, message, stack = "" } = error;
  return JSON.stringify({ type: `js.${name}`, message, notes: stack ? [stack] : [] });
}

/** @param {any} record @returns {Error} */
function revived({ type, message, notes = [], frames = [], cause }) {
  const error = new Error(message, cause ? { cause: revived(cause) } : {});
  return Object.assign(error, { name: type, notes, frames });
}
