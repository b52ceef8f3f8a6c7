/** JavaScript's part: the same questions to the same Python, through remote.js and through Comlink. */

import { connect } from "/_pyodide_app/runtime/remote.js";

/** @typedef {ReturnType<typeof connect>} Ours */
/** @typedef {any} Comlink a proxy whose properties are functions of the other side */
/** @typedef {{what: string, ours(python: Ours): Promise<string>, comlink(python: Comlink): Promise<string>}} Row */

const COMLINK = new URL("node_modules/comlink/dist/esm/comlink.min.mjs", document.baseURI).href;
const CALLS = 200;
const ITEMS = 500;

/** @type {Row[]} */
const ROWS = [
  {
    what: `A small call, the median of ${CALLS}`,
    ours: (python) => time(() => python.call("made")),
    comlink: (python) => time(() => python.made()),
  },
  {
    what: "A dict, as Python returns it",
    ours: async (python) => JSON.stringify(await python.call("known")),
    comlink: (python) => python.bare().then(JSON.stringify),
  },
  {
    what: "An exception",
    ours: (python) => python.call("after", ["Comlink"]),
    comlink: (python) => python.after("Comlink"),
  },
  {
    what: `Three of ${ITEMS} items, then stop`,
    async ours(python) {
      let read = 0;
      for await (const _ of python.stream("write", ["the", ITEMS])) if (++read === 3) break;
      return `${await python.call("made")} made`;
    },
    async comlink(python) {
      (await python.write("the", ITEMS)).slice(0, 3);
      return `${await python.made()} made`;
    },
  },
  {
    what: "A deadline of 0.3 s, for what never ends",
    async ours(python) {
      const error = await python.call("think", [], { timeout: 0.3 }).catch((error) => error);
      return `${error.name}; ${await python.call("thinking")} still at it`;
    },
    async comlink(python) {
      const given = await within(0.3, python.think());
      return `${given}; ${await python.thinking()} still at it`;
    },
  },
  {
    what: "The worker ends during a call",
    async ours(python) {
      const waiting = python.call("think");
      python.call("leave").catch(() => {}); // it has no answer
      return within(3, waiting);
    },
    comlink: (python) => within(3, python.think()),
  },
];

const compare = /** @type {HTMLButtonElement} */ (document.getElementById("compare"));
const told = /** @type {HTMLElement} */ (document.getElementById("told"));
const body = /** @type {HTMLTableSectionElement} */ (document.getElementById("rows"));
const cells = ROWS.map(({ what }) => {
  const row = body.insertRow();
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = what;
  row.append(head);
  return { left: row.insertCell(), right: row.insertCell() };
});
/** @type {Ours} */
let ours;
/** @type {Comlink} null where it is not installed */
let comlink = null;

addEventListener("message", async ({ source, data, ports: [first, second] }) => {
  if (source !== window) return;
  if (data === "the worker has ended") return ours?.close("the worker has ended"); // Comlink has nothing like it
  if (data !== "ways to the worker" || !first) return;
  comlink = second ? (await import(COMLINK)).wrap(second) : null;
  ours = connect(first);
  told.textContent = comlink
    ? "Two ways lead to the worker. The last row ends it; a new one follows."
    : "Comlink is not here: npm ci in this pattern's folder brings it. The left column works without it.";
  compare.ariaDisabled = "false";
});

compare.addEventListener("click", async () => {
  if (compare.ariaDisabled === "true") return;
  compare.ariaDisabled = "true";
  for (const { left, right } of cells) left.textContent = right.textContent = "";
  for (const [index, row] of ROWS.entries()) {
    const { left, right } = /** @type {(typeof cells)[0]} */ (cells[index]);
    const isLast = index === ROWS.length - 1; // it ends the worker of both, so both are asked at once
    const theirs = comlink ? () => put(right, row.comlink(comlink)) : async () => void (right.textContent = "\u2013");
    if (isLast) await Promise.all([theirs(), put(left, row.ours(ours))]);
    else {
      await put(left, row.ours(ours));
      await theirs();
    }
  }
});

/** @param {HTMLElement} cell @param {Promise<string>} answer */
async function put(cell, answer) {
  cell.textContent = await answer.catch((error) => {
    const where = error.frames?.at(-1);
    const text = `${error.name}: ${error.message.trim().split("\n").at(-1)}`;
    return where ? `${text} (${where.file.split("/").at(-1)}, line ${where.line})` : text;
  });
}

/** The middle one of many calls' times. @param {() => Promise<unknown>} call */
async function time(call) {
  const times = [];
  for (let count = 0; count < CALLS; count += 1) {
    const before = performance.now();
    await call();
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  return `${/** @type {number} */ (times[CALLS / 2]).toFixed(2)} ms`;
}

/** @param {number} seconds @param {Promise<string>} answer */
function within(seconds, answer) {
  const late = new Promise((resolve) => setTimeout(resolve, seconds * 1000, `no answer after ${seconds} s`));
  return Promise.race([answer, late]);
}
