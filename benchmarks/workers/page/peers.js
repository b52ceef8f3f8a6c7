/**
 * The peers, as `peers.measure(name, case, amount)`: milliseconds.
 *
 * raw              postMessage alone, with no ids, no errors: the least that a call can cost
 * transfer         the same, arrays moved instead of copied
 * comlink, synclink
 * ours_javascript  runtime/remote.js at both ends
 *
 * Each has a worker of its own (peer-worker.js), made when it is first asked for.
 */

const COMLINK = "/node_modules/comlink/dist/esm/comlink.mjs";
const SYNCLINK = "/node_modules/synclink/dist/esm/synclink.mjs";
const REMOTE = "/_pyodide_app/runtime/remote.js";

/** @typedef {{add(a: number, b: number): Promise<number>, same<T>(array: T): Promise<T>, spin(turns: number): Promise<number>}} Peer */

/** @param {string} name @returns {Promise<Peer>} */
async function start(name) {
  const worker = new Worker("peer-worker.js", { type: "module", name });
  if (name === "comlink") return (await import(COMLINK)).wrap(worker);
  if (name === "synclink") return (await import(SYNCLINK)).wrap(worker);
  if (name === "ours_javascript") {
    const { call } = (await import(REMOTE)).connect(worker);
    return { add: (a, b) => call("add", [a, b]), same: (array) => call("same", [array]), spin: (turns) => call("spin", [turns]) };
  }
  /** @type {((value: any) => void)[]} */
  const waiting = []; // answers come in the order of the calls
  worker.onmessage = ({ data }) => waiting.shift()?.(data);
  /** @param {unknown[]} message @param {Transferable[]} [transfer] @returns {Promise<any>} */
  const call = (message, transfer = []) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      worker.postMessage(message, transfer);
    });
  return {
    add: (a, b) => call(["add", a, b]),
    same: (array) => call(["same", array], name === "transfer" ? [/** @type {any} */ (array).buffer] : []),
    spin: (turns) => call(["spin", turns]),
  };
}

/** @type {Map<string, Promise<Peer>>} */
const started = new Map();

/** @param {string} name @param {string} [number] to have several of one kind @returns {Promise<Peer>} */
function peer(name, number = "") {
  const found = started.get(name + number) ?? start(name);
  started.set(name + number, found);
  return found;
}

/** @param {boolean} right */
function check(right) {
  if (!right) throw new Error("A peer has answered wrongly.");
}

/** @type {Record<string, (name: string, amount: number) => Promise<number>>} */
const CASES = {
  /** Calls one after the other. */
  async calls(name, count) {
    const { add } = await peer(name);
    const began = performance.now();
    for (let i = 0; i < count; i++) check((await add(i, 1)) === i + 1);
    return performance.now() - began;
  },

  /** Calls all at once. */
  async flight(name, count) {
    const { add } = await peer(name);
    const began = performance.now();
    const sums = await Promise.all(Array.from({ length: count }, (_, i) => add(i, 1)));
    const took = performance.now() - began;
    check(sums.every((sum, i) => sum === i + 1));
    return took;
  },

  /** An array of so many bytes, there and back. */
  async array(name, bytes) {
    const { same } = await peer(name);
    const array = new Float64Array(bytes / 8).fill(1.5);
    const began = performance.now();
    const back = await same(array);
    const took = performance.now() - began;
    check(back.length === bytes / 8 && back.at(-1) === 1.5);
    return took;
  },

  /** Eight tasks on so many workers. */
  async scaling(name, count) {
    const workers = await Promise.all(Array.from({ length: count }, (_, i) => peer(name, `${i}`)));
    await Promise.all(workers.map(({ spin }) => spin(1)));
    const began = performance.now();
    let left = 8;
    await Promise.all(
      workers.map(async ({ spin }) => {
        while (left-- > 0) await spin(2e6);
      }),
    );
    return performance.now() - began;
  },
};

Object.assign(globalThis, {
  peers: { measure: (/** @type {string} */ name, /** @type {string} */ what, /** @type {number} */ amount) => CASES[what]?.(name, amount) },
});
