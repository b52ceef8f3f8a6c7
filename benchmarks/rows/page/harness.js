/**
 * Runs one contestant in this page, as the host asks: `bench.check(…)`, `bench.measure(…)`, `bench.crossings(…)`.
 *
 * What is timed:
 *
 *     animation frame ──> operation ──> style, layout, paint ──> message
 *                         │ script │                            │
 *                         │ total                               │
 *
 * The operation runs inside a frame's callback, so that no time is spent waiting for the next frame; the
 * message, sent then, is delivered after the frame was produced. Each contestant's operation returns with the
 * DOM complete: Preact renders at once, the Python libraries are flushed by the contestant itself.
 */

import { allocated } from "./allocated.js";
import { problem, readRows, rowElements, wrongMarkup } from "./check.js";
import { start } from "./contestant.js";
import { OPERATIONS } from "./operations.js";

/** @typedef {import("./contestant.js").Contestant} Contestant */
/** @typedef {{ script: number, total: number, problem: string }} Sample milliseconds; what is wrong with the DOM */

const name = new URLSearchParams(location.search).get("contestant") ?? "";
const container = /** @type {HTMLElement} */ (document.getElementById("app"));
const contestant = start(name, container);

/** @param {string} which */
function operation(which) {
  const found = OPERATIONS[which];
  if (!found) throw new Error(`There is no operation ${which}.`);
  return found;
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

async function settled() {
  await frame();
  await new Promise((resolve) => setTimeout(resolve, 10));
}

/**
 * @param {string} which
 * @returns {Promise<Sample>}
 */
async function measure(which) {
  const { prepare, run } = operation(which);
  const ready = await contestant;
  prepare(ready);
  await settled();
  const before = readRows();
  /** @type {any} */ (globalThis).gc?.();
  await frame();
  /** @type {Sample} */
  const sample = await new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    requestAnimationFrame(() => {
      const began = performance.now();
      try {
        run(ready, before);
      } catch (error) {
        reject(error);
      }
      const script = performance.now() - began;
      port1.onmessage = () => resolve({ script, total: performance.now() - began, problem: "" });
      port2.postMessage(null);
    });
  });
  return { ...sample, problem: problem(operation(which), before) };
}

/**
 * Runs every operation once, untimed, and looks at the DOM as soon as the call has returned.
 *
 * @returns {Promise<{ problems: string[], keyed: boolean }>}
 */
async function check() {
  const ready = await contestant;
  const problems = [];
  for (const [which, { prepare, run }] of Object.entries(OPERATIONS)) {
    if (which === "create 10k") continue; // slow for some, and no different from 1k
    prepare(ready);
    await settled();
    const before = readRows();
    run(ready, before);
    const wrong = problem(operation(which), before);
    if (wrong) problems.push(`${which}: ${wrong}`);
  }
  ready.create(1000);
  const markup = wrongMarkup();
  if (markup) problems.push(`the markup of a row is ${markup}`);
  problems.push(...(await clicked()));
  return { problems, keyed: isKeyed(ready) };
}

/** A row must answer clicks, too. */
async function clicked() {
  const problems = [];
  const rows = readRows();
  click(5, ".col-md-4 a");
  await settled();
  if (!readRows()[5]?.selected) problems.push("a click on a label does not select its row");
  click(6, ".col-md-1 a");
  await settled();
  if (readRows()[6]?.id !== rows[7]?.id) problems.push("a click on a cross does not remove its row");
  return problems;
}

/** @param {number} index @param {string} selector */
function click(index, selector) {
  /** @type {HTMLElement | null | undefined} */ (rowElements()[index]?.querySelector(selector))?.click();
}

/**
 * Whether a row's element stays with its item: swapped rows are moved, and replaced rows are new elements.
 *
 * @param {Contestant} ready
 */
function isKeyed(ready) {
  ready.create(1000);
  const elements = rowElements();
  ready.swap();
  const moved = rowElements()[1] === elements[998] && rowElements()[998] === elements[1];
  ready.create(1000);
  const old = new Set(elements);
  return moved && !rowElements().some((element) => old.has(element));
}

/**
 * Crossings from Python to JavaScript during one operation; crossings.js counts them.
 *
 * @param {string} which
 */
async function crossings(which) {
  const ready = await contestant;
  operation(which).prepare(ready);
  await settled();
  const before = readRows();
  const counter = /** @type {any} */ (globalThis).crossings;
  const began = counter.count;
  operation(which).run(ready, before);
  return counter.count - began;
}

/**
 * Makes rows and clears them, a number of times, and has Python free its garbage.
 *
 * @param {number} count rows to end with; 0 for none
 * @param {number} rounds how often a thousand are made and cleared before
 * @returns {Promise<number>} bytes that Python has in use then
 */
async function fill(count, rounds) {
  const ready = await contestant;
  for (let i = 0; i < rounds; i++) {
    ready.create(1000);
    await settled();
    ready.clear();
    await settled();
  }
  if (count) ready.create(count);
  await settled();
  ready.collect?.();
  await settled();
  return allocated();
}

Object.assign(globalThis, {
  bench: { contestant, ready: contestant.then(() => true), operations: Object.keys(OPERATIONS), check, measure, crossings, fill },
});
