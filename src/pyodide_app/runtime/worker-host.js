/**
 * A worker's own side of its start: says hello, starts Python, tells what it prints and why it ended.
 *
 * See worker-spawn.js for the messages. This file stands alone: see rpc.js.
 */

/**
 * @typedef {object} Inside the module `pyodide_app.bridge._inside`
 * @property {(port: unknown, name: string, module: string | undefined) => string} begin an error as JSON, or empty
 */

/** Kinds of messages: see rpc.js. */
const [CALL, RESULT, ERROR, CANCEL, , , , END] = Array(8).keys();

/**
 * @param {(start: any, stage: (name: string) => void) => Promise<any>} startInterpreter
 * @param {(start: any, post: (message: unknown[]) => void) => import("./mail-letters.js").WorkerMail | null} openMail
 */
function hostWorker(startInterpreter, openMail) {
  const scope = /** @type {any} */ (globalThis);
  const post = scope.postMessage.bind(scope);
  /** @type {import("./mail-letters.js").WorkerMail | null} */
  let mail = null;
  let running = 0;
  /**
   * Calls that may be interrupted: not answered, and not told of a CANCEL, which their task then follows.
   *
   * @type {Set<number>}
   */
  const open = new Set();

  /** @type {any} */
  const port = {
    onmessage: null,
    /** @param {any} message @param {Transferable[]} [transfer] */
    postMessage(message, transfer) {
      const [kind, id] = message;
      if (kind === RESULT || kind === ERROR || kind === END) open.delete(id);
      post(message, transfer);
    },
  };

  /**
   * Lets the page interrupt Python, and answer it while it is blocked.
   *
   * @param {any} pyodide
   * @param {import("./mail-letters.js").WorkerMail} mail
   */
  function connect(pyodide, mail) {
    port.take = (/** @type {number} */ milliseconds) => {
      const message = mail.take(milliseconds);
      if (message) port.onmessage?.({ data: message });
    };
    port.sleep = mail.sleep;
    port.interruptAgain = () => open.add(running);
    pyodide.setInterruptBuffer({
      get 0() {
        const wanted = mail.wanted();
        if (wanted === 0 || (running !== 0 && running !== wanted)) return 0;
        return open.delete(wanted) ? 2 : 0; // once
      },
      set 0(_) {}, // Pyodide writes 0 after each look
    });
  }

  /** @param {number} id */
  function runs(id) {
    running = id;
    mail?.runs(id);
  }

  /** Hands a message to the connection, and says meanwhile which call runs. @param {MessageEvent<any>} event */
  function handle(event) {
    const [kind, id] = event.data;
    if (kind === CANCEL) open.delete(id);
    if (!mail || kind !== CALL) return port.onmessage?.(event);
    open.add(id);
    runs(id);
    try {
      port.onmessage?.(event);
    } finally {
      runs(0);
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
      mail = openMail(start, post);
      if (mail) connect(pyodide, mail);
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
