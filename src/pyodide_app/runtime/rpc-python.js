/**
 * Python's end of a connection: pickles between Pyodide's memory and messages, with as few crossings as can be.
 *
 * A small pickle that comes is written into Python's inbox (a place in Pyodide's memory), so only its length
 * crosses; one that goes is read from where Python has it. Larger ones and buffers out of band cost one copy,
 * out of the memory or into it; between the threads they are transferred. Making a large ArrayBuffer costs
 * several times as much as filling one, so each goes back empty to the side that made it, to be used again.
 *
 * This file stands alone: see rpc.js.
 */

/** @typedef {import("./rpc.js").Port} Port */
/** @typedef {import("./rpc.js").Host} Host */
/** @typedef {import("./rpc.js").Payload} Payload */
/** @typedef {import("./rpc.js").Buffers} Buffers */
/** @typedef {import("./rpc.js").Objects} Objects */
/** @typedef {import("./rpc.js").Target} Target */
/** @typedef {{getBuffer(type: "u8"): {data: Uint8Array, release(): void}, destroy(): void}} View a proxy of a memoryview */

/** Bytes of spare buffers that are kept, the youngest ones, until none was needed for so many milliseconds. */
const MOST = 64 * 1024 * 1024;
const IDLE = 5000;
/** A buffer of fewer bytes costs less than a message. */
const LEAST = 64 * 1024;

/**
 * @typedef {object} Incoming Python's functions; `length` is that of the pickle in the inbox, or 0: then it is in `big`
 * @property {((id: number, target: Target, length: number, big?: Payload, buffers?: Buffers, objects?: Objects, trace?: string) => void) & {callPromising: Function}} called
 * @property {(id: number, length: number, big?: Payload, buffers?: Buffers, objects?: Objects) => void} returned
 * @property {(id: number, length: number, big?: Payload, buffers?: Buffers, objects?: Objects) => void} item
 * @property {(id: number, error: string) => void} failed
 * @property {(id: number) => void} late
 * @property {(id: number) => void} gone
 * @property {(id: number) => void} streaming
 * @property {(id: number) => void} ended
 * @property {(id: number) => void} cancelled
 * @property {(id: number, count: number) => void} credited
 * @property {(handle: number) => void} released
 * @property {(number: number) => void} ponged
 * @property {(reason: string) => void} closed
 */

/**
 * @param {(port: Port, host: Host) => import("./rpc.js").Connection} createConnection
 * @param {{HEAPU8: Uint8Array<ArrayBuffer>, jspiSupported?: boolean}} memory Pyodide's
 * @param {Port & {promising?: boolean}} port
 * @param {Incoming} python
 * @param {number} inbox its address
 * @param {number} inboxSize
 */
function createPythonConnection(createConnection, memory, port, python, inbox, inboxSize) {
  // Without shared memory a called function can block only on a stack that can be put aside; that costs some time.
  const promising = port.promising && memory.jspiSupported;
  /** @type {ArrayBuffer[]} */
  let spare = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let idle;

  /** @param {ArrayBuffer[]} buffers */
  function keep(buffers) {
    spare.push(...buffers);
    let size = spare.reduce((sum, { byteLength }) => sum + byteLength, 0);
    while (size > MOST) size -= /** @type {ArrayBuffer} */ (spare.shift()).byteLength;
    clearTimeout(idle);
    idle = setTimeout(() => (spare = []), IDLE);
  }

  /** Python has copied them into its memory. @param {Buffers} buffers */
  function read(buffers) {
    const large = buffers?.filter(({ byteLength }) => byteLength >= LEAST) ?? [];
    if (large.length > 0) connection.spare(large);
  }

  /** @param {Payload} payload */
  function deliver(payload) {
    if (!(payload instanceof Uint8Array) || payload.length > inboxSize) return 0;
    memory.HEAPU8.set(payload, inbox);
    return payload.length;
  }

  const connection = createConnection(port, {
    called(id, target, payload, buffers, objects, trace) {
      const lines = trace?.join("\n"); // a string costs Python less than an array
      if (promising) return void python.called.callPromising(id, target, 0, payload, buffers, objects, lines);
      const length = deliver(payload);
      python.called(id, target, length, length ? undefined : payload, buffers, objects, lines);
      read(buffers);
    },
    returned(id, payload, buffers, objects) {
      const length = deliver(payload);
      python.returned(id, length, length ? undefined : payload, buffers, objects);
      read(buffers);
    },
    item(id, payload, buffers, objects) {
      const length = deliver(payload);
      python.item(id, length, length ? undefined : payload, buffers, objects);
      read(buffers);
    },
    failed: python.failed,
    late: python.late,
    gone: python.gone,
    streaming: python.streaming,
    ended: python.ended,
    cancelled: python.cancelled,
    credited: python.credited,
    released: python.released,
    ponged: python.ponged,
    spared: keep,
    closed: python.closed,
  });

  /** @param {number} address @param {number} length */
  const bytes = (address, length) => memory.HEAPU8.slice(address, address + length);
  /** @param {View} view */
  function copy(view) {
    const source = view.getBuffer("u8");
    const { data } = source;
    try {
      const found = spare.findIndex(({ byteLength }) => byteLength === data.length);
      const buffer = found < 0 ? new ArrayBuffer(data.length) : /** @type {ArrayBuffer} */ (spare.splice(found, 1)[0]);
      new Uint8Array(buffer).set(data);
      return buffer;
    } finally {
      source.release();
      view.destroy();
    }
  }
  /** @param {View[] | undefined} views @returns {Buffers} */
  const copies = (views) => views?.map(copy);

  return {
    ...connection,
    /**
     * @param {Target} target
     * @param {number} timeout
     * @param {number} address
     * @param {number} length
     * @param {string} [lines] of the trace
     * @param {View[]} [views]
     * @param {Objects} [objects]
     * @param {Transferable[]} [transfers]
     */
    call: (target, timeout, address, length, lines, views, objects, transfers) =>
      connection.call(target, bytes(address, length), timeout, copies(views), objects, transfers, lines?.split("\n")),
    /**
     * @param {Target} target
     * @param {number} address
     * @param {number} length
     * @param {View[]} [views]
     * @param {Objects} [objects]
     * @param {Transferable[]} [transfers]
     */
    notify: (target, address, length, views, objects, transfers) =>
      connection.notify(target, bytes(address, length), copies(views), objects, transfers),
    /**
     * @param {number} id
     * @param {number} address
     * @param {number} length
     * @param {View[]} [views]
     * @param {Objects} [objects]
     * @param {Transferable[]} [transfers]
     */
    answer: (id, address, length, views, objects, transfers) =>
      connection.answer(id, bytes(address, length), copies(views), objects, transfers),
    /**
     * @param {number} id
     * @param {number} address
     * @param {number} length
     * @param {View[]} [views]
     * @param {Objects} [objects]
     * @param {Transferable[]} [transfers]
     */
    item: (id, address, length, views, objects, transfers) =>
      connection.item(id, bytes(address, length), copies(views), objects, transfers),

    // For an end in JavaScript: the values themselves, and the handles of functions among them.
    /** @param {Target} target @param {number} timeout @param {unknown[]} values @param {Objects} [handles] */
    callValues: (target, timeout, values, handles) =>
      connection.call(target, values, timeout, undefined, handles),
    /** @param {Target} target @param {unknown[]} values @param {Objects} [handles] */
    notifyValues: (target, values, handles) => connection.notify(target, values, undefined, handles),
    /** @param {number} id @param {unknown[]} values @param {Objects} [handles] */
    answerValues: (id, values, handles) => connection.answer(id, values, undefined, handles),
    /** @param {number} id @param {unknown[]} values @param {Objects} [handles] */
    itemValues: (id, values, handles) => connection.item(id, values, undefined, handles),
  };
}

export { createPythonConnection };
