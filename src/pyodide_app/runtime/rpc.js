/**
 * The one protocol between threads: calls, streams, handles, deadlines, cancellation, death.
 *
 * Both ends are equal. A message is a small array that begins with its kind:
 *
 *     CALL     [0, id, target, payload, buffers, objects, trace]   id 0: nobody waits for an answer
 *     RESULT   [1, id, payload, buffers, objects]
 *     ERROR    [2, id, error]                      error: JSON, see bridge/rpc/_exceptions.py
 *     CANCEL   [3, id]                             of a call, or of the stream that it became
 *     STREAM   [4, id]                             the result is an iterator; it sends what it has credit for
 *     CREDIT   [5, id, count]                      the other side may send so many items more
 *     ITEM     [6, id, payload, buffers, objects]
 *     END      [7, id]
 *     RELEASE  [8, handle]                         the other side lets go of a function of this one
 *     PING     [9, number]  PONG [10, number]      whether the other side's message loop turns
 *     BYE      [11, reason]                        the other side closes
 *     SPARE    [12, buffers]                       buffers that have been read go back to the side that made them
 *     ALIVE    [13, lock]                          the name of a Web Lock that is held until the thread ends
 *
 * `target`: the name of an export, the number of a handle (a function that crossed before), or undefined: the
 * function travels in the payload. `payload`: a Uint8Array is a pickle, an array holds values as structured
 * clone makes them. `buffers` are the pickle's own, out of band, and transferred; `objects` are JavaScript
 * objects that it refers to. `trace` names who waits for the answer: ends that are blocked, tasks of pools.
 *
 * A call of ours:
 *
 *     call() ──> waiting ──RESULT, ERROR──────────────────────> settled
 *                   │ └────STREAM──> streaming ──END, ERROR───> settled
 *                   │                    │
 *                   └─ cancel, deadline ─┴─> left ──any answer──> gone      settled at once, for its caller
 *
 * and `close` settles all of them at once; so does the end of the other thread, which leaves its lock free. Only a
 * port that is no EventTarget has somebody else who knows when that is: worker-spawn.js. What a value is, the host knows: Python's is rpc-python.js.
 *
 * This file stands alone, so that the bridge can also run it from the wheel, where no page has loaded it.
 */

const [CALL, RESULT, ERROR, CANCEL, STREAM, CREDIT, ITEM, END, RELEASE, PING, PONG, BYE, SPARE, ALIVE] = Array(14).keys();

/**
 * @typedef {{postMessage(message: unknown, transfer?: Transferable[]): void, onmessage: ((event: MessageEvent) => any) | null}} Port a MessagePort, a Worker, or a worker's own scope
 * @typedef {Uint8Array | unknown[]} Payload
 * @typedef {ArrayBuffer[] | undefined} Buffers
 * @typedef {unknown[] | undefined} Objects
 * @typedef {string | number | undefined} Target
 *
 * @typedef {object} Host what a language does with what comes; ids are those of `call`, or the other side's
 * @property {(id: number, target: Target, payload: Payload, buffers: Buffers, objects: Objects, trace: string[] | undefined) => void} called
 * @property {(id: number, payload: Payload, buffers: Buffers, objects: Objects) => void} returned
 * @property {(id: number, error: string) => void} failed
 * @property {(id: number) => void} late its deadline has passed
 * @property {(id: number) => void} streaming
 * @property {(id: number, payload: Payload, buffers: Buffers, objects: Objects) => void} item
 * @property {(id: number) => void} ended
 * @property {(id: number) => void} gone a call that was left has now ended on the other side, too
 * @property {(id: number) => void} cancelled a call of the other side
 * @property {(id: number, count: number) => void} credited
 * @property {(handle: number) => void} released
 * @property {(number: number) => void} ponged
 * @property {(buffers: ArrayBuffer[]) => void} spared buffers of this side, to be used again
 * @property {(reason: string) => void} closed every call that is still waiting will get no answer
 *
 * @typedef {object} Waiting
 * @property {ReturnType<typeof setTimeout> | undefined} timer
 * @property {boolean} left
 */

/**
 * @param {Port} port whose messages are all ours
 * @param {Host} host
 */
function createConnection(port, host) {
  /** @type {Map<number, Waiting>} our calls */
  const calls = new Map();
  /** @type {Set<number>} the other side's, until they are answered */
  const serving = new Set();
  let lastId = 0;
  let open = true;
  const watch = new AbortController();

  /** @param {unknown[]} message @param {Buffers} [buffers] @param {Transferable[]} [transfers] */
  function send(message, buffers, transfers) {
    const moved = transfers ? [...(buffers ?? []), ...transfers] : buffers;
    if (moved) port.postMessage(message, moved);
    else port.postMessage(message);
  }

  /** @param {number} id */
  function settle(id) {
    const call = calls.get(id);
    if (call === undefined) return false;
    clearTimeout(call.timer);
    calls.delete(id);
    if (call.left) host.gone(id);
    return !call.left;
  }

  /** @param {number} id */
  function cancel(id) {
    const call = calls.get(id);
    if (call === undefined || call.left) return;
    clearTimeout(call.timer);
    call.left = true;
    port.postMessage([CANCEL, id]);
  }

  /** @param {string} reason */
  function close(reason) {
    if (!open) return;
    open = false;
    port.onmessage = null;
    watch.abort();
    for (const { timer } of calls.values()) clearTimeout(timer);
    calls.clear();
    serving.clear();
    host.closed(reason);
  }

  /** Holds a lock that the other side can wait for. */
  function live() {
    const lock = `pyodide-app ${Math.random().toString(36).slice(2)}`;
    const held = () => {
      port.postMessage([ALIVE, lock]);
      return new Promise((resolve) => watch.signal.addEventListener("abort", resolve));
    };
    navigator.locks.request(lock, { signal: watch.signal }, held).catch(() => {}); // closed; or there are no locks here
  }

  /** @param {string} lock of the other side */
  function watchOver(lock) {
    navigator.locks.request(lock, { signal: watch.signal }, () => close("crashed")).catch(() => {});
  }

  /** @param {MessageEvent<any>} event */
  port.onmessage = ({ data: message }) => {
    const id = message[1];
    switch (message[0]) {
      case CALL:
        if (id !== 0) serving.add(id);
        host.called(id, message[2], message[3], message[4], message[5], message[6]);
        break;
      case RESULT:
        if (settle(id)) host.returned(id, message[2], message[3], message[4]);
        break;
      case ERROR:
        if (settle(id)) host.failed(id, message[2]);
        break;
      case CANCEL:
        if (serving.has(id)) host.cancelled(id);
        break;
      case STREAM:
        if (calls.get(id)?.left === false) host.streaming(id);
        break;
      case CREDIT:
        if (serving.has(id)) host.credited(id, message[2]);
        break;
      case ITEM:
        if (calls.get(id)?.left === false) host.item(id, message[2], message[3], message[4]);
        break;
      case END:
        if (settle(id)) host.ended(id);
        break;
      case RELEASE:
        host.released(id);
        break;
      case PING:
        port.postMessage([PONG, id]);
        break;
      case PONG:
        host.ponged(id);
        break;
      case BYE:
        close(id);
        break;
      case SPARE:
        host.spared(id);
        break;
      case ALIVE:
        watchOver(id);
    }
  };

  if (port instanceof EventTarget && navigator.locks) live();

  return {
    /**
     * @param {Target} target
     * @param {Payload} payload
     * @param {number} timeout milliseconds; 0 for none
     * @param {Buffers} [buffers]
     * @param {Objects} [objects]
     * @param {Transferable[]} [transfers] those of the objects that move
     * @param {string[]} [trace]
     * @returns {number} the call's id
     */
    call(target, payload, timeout, buffers, objects, transfers, trace) {
      const id = ++lastId;
      if (buffers || objects || trace) send([CALL, id, target, payload, buffers, objects, trace], buffers, transfers);
      else port.postMessage([CALL, id, target, payload]);
      /** @type {Waiting} */
      const call = { timer: undefined, left: false };
      calls.set(id, call);
      if (timeout > 0) {
        call.timer = setTimeout(() => {
          cancel(id);
          host.late(id);
        }, timeout);
      }
      return id;
    },

    /**
     * A call that nobody waits for.
     *
     * @param {Target} target
     * @param {Payload} payload
     * @param {Buffers} [buffers]
     * @param {Objects} [objects]
     * @param {Transferable[]} [transfers]
     */
    notify(target, payload, buffers, objects, transfers) {
      send([CALL, 0, target, payload, buffers, objects], buffers, transfers);
    },

    /**
     * @param {number} id
     * @param {Payload} payload
     * @param {Buffers} [buffers]
     * @param {Objects} [objects]
     * @param {Transferable[]} [transfers]
     */
    answer(id, payload, buffers, objects, transfers) {
      if (!serving.has(id)) return;
      if (buffers || objects) send([RESULT, id, payload, buffers, objects], buffers, transfers);
      else port.postMessage([RESULT, id, payload]);
      serving.delete(id); // after it has gone: what cannot be sent is answered by an error
    },

    /** @param {number} id @param {string} error */
    fail(id, error) {
      if (serving.delete(id)) port.postMessage([ERROR, id, error]);
    },

    /** @param {number} id */
    stream(id) {
      if (serving.has(id)) port.postMessage([STREAM, id]);
    },

    /**
     * @param {number} id
     * @param {Payload} payload
     * @param {Buffers} [buffers]
     * @param {Objects} [objects]
     * @param {Transferable[]} [transfers]
     */
    item(id, payload, buffers, objects, transfers) {
      if (serving.has(id)) send([ITEM, id, payload, buffers, objects], buffers, transfers);
    },

    /** @param {number} id */
    end(id) {
      if (serving.delete(id)) port.postMessage([END, id]);
    },

    /** Lets the other side send so many items more. @param {number} id @param {number} count */
    credit(id, count) {
      if (calls.has(id)) port.postMessage([CREDIT, id, count]);
    },

    /** @param {number} handle */
    release(handle) {
      if (open) port.postMessage([RELEASE, handle]);
    },

    /** @param {number} number */
    ping(number) {
      port.postMessage([PING, number]);
    },

    /** Gives buffers of the other side back to it. @param {ArrayBuffer[]} buffers */
    spare(buffers) {
      if (open) port.postMessage([SPARE, buffers], buffers);
    },

    /** Leaves a call to end by itself on the other side, which is told. */
    cancel,

    /** Tells the other side, then closes. @param {string} reason */
    bye(reason) {
      if (open) port.postMessage([BYE, reason]);
      close(reason);
    },

    /** The other side is gone. */
    close,
  };
}

/** @typedef {ReturnType<typeof createConnection>} Connection */

export { createConnection };
