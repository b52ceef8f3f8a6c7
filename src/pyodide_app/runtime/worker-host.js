/**
 * A worker's own side of its start: says hello, starts Python, tells what it prints and why it ended.
 *
 * See worker-spawn.js for the messages. This file stands alone: see rpc.js.
 */

/**
 * @typedef {object} Inside the module `pyodide_app.bridge._inside`
 * @property {(port: unknown, name: string, module: string | undefined) => string} begin an error as JSON, or empty
 */

/** Where in the shared integers things are: see worker-interrupt.js; BEAT counts Python's looks for signals. */
const [WANTED, RUNNING, BEAT] = [0, 1, 2];
const CALL = 0;
const CANCEL = 3;

/**
 * @param {(start: any, stage: (name: string) => void) => Promise<any>} startInterpreter
 * @param {Function} createMail worker-mail.js
 */
function hostWorker(startInterpreter, createMail) {
  const scope = /** @type {any} */ (globalThis);
  const post = scope.postMessage.bind(scope);
  /** @type {any} */
  const port = { onmessage: null, postMessage: post };
  /** @type {Int32Array | null} */
  let integers = null;

  /**
   * Lets the page interrupt Python, and answer it while it is blocked.
   *
   * @param {any} pyodide
   * @param {SharedArrayBuffer} shared
   */
  function share(pyodide, shared) {
    const numbers = (integers = new Int32Array(shared, 0, 8));
    const mail = createMail(shared);
    port.take = (/** @type {number} */ milliseconds) => {
      const message = mail.take(milliseconds);
      if (message) port.onmessage?.({ data: message });
    };
    port.sleep = (/** @type {number} */ milliseconds) => void Atomics.wait(numbers, 7, 0, milliseconds);
    pyodide.setInterruptBuffer({
      get 0() {
        Atomics.add(numbers, BEAT, 1);
        const wanted = Atomics.load(numbers, WANTED);
        if (wanted === 0) return 0;
        const running = Atomics.load(numbers, RUNNING);
        if (running !== 0 && running !== wanted) return 0;
        return Atomics.compareExchange(numbers, WANTED, wanted, 0) === wanted ? 2 : 0;
      },
      set 0(_) {}, // Pyodide writes 0 after each look
    });
  }

  /** Hands a message to the connection, and says meanwhile which call runs. @param {MessageEvent<any>} event */
  function handle(event) {
    const [kind, id] = event.data;
    if (!integers || (kind !== CALL && kind !== CANCEL)) return port.onmessage?.(event);
    if (kind === CALL) Atomics.store(integers, RUNNING, id);
    else Atomics.compareExchange(integers, WANTED, id, 0);
    try {
      port.onmessage?.(event);
    } finally {
      if (kind === CALL) {
        Atomics.store(integers, RUNNING, 0);
        Atomics.compareExchange(integers, WANTED, id, 0);
      }
    }
  }

  /** @param {any} error */
  function crash(error) {
    if (!error?.pyodide_fatal_error && !(error instanceof WebAssembly.RuntimeError)) return;
    const text = `${error.message ?? error}`;
    const full = /OOM|out of memory|enlarge memory|allocat/i.test(text); // "memory access out of bounds" is another thing
    post(["failed", full ? "memory" : "crashed", `Its Python has crashed: ${text}`, ""]);
    scope.close();
  }
  scope.addEventListener("error", (/** @type {ErrorEvent} */ event) => crash(event.error));
  scope.addEventListener("unhandledrejection", (/** @type {PromiseRejectionEvent} */ event) => crash(event.reason));

  /** @param {number} descriptor */
  const output = (descriptor) => ({
    isatty: false,
    /** @param {Uint8Array} buffer */
    write(buffer) {
      post(["output", descriptor, buffer.slice()]);
      return buffer.length;
    },
  });

  /** @param {any} start */
  async function begin(start) {
    try {
      const pyodide = await startInterpreter(start, (name) => post(["stage", name]));
      pyodide.setStdout(output(1));
      pyodide.setStderr(output(2));
      if (start.shared) share(pyodide, start.shared);
      else port.promising = true;
      post(["stage", "import"]);
      /** @type {Inside} */
      const inside = pyodide.pyimport("pyodide_app.bridge._inside");
      const error = inside.begin(port, start.name, start.module);
      if (error) post(["failed", "import", "", error]);
      else post(["ready"]);
    } catch (error) {
      const { title, message, hint, details } = /** @type {any} */ (error);
      const parts = title ? [`${title}:`, message, hint, details] : [String(error)];
      post(["failed", "load", parts.filter(Boolean).join(" "), ""]);
    }
  }

  scope.onmessage = (/** @type {MessageEvent<any>} */ event) => {
    if (typeof event.data[0] === "number") handle(event);
    else if (event.data[0] === "start") void begin(event.data[1]);
  };
  // The name is that of the lock; it is held as long as the worker lives.
  if (navigator.locks) void navigator.locks.request(scope.name, () => (post(["hello"]), new Promise(() => {})));
  else post(["hello"]);
}

export { hostWorker };
