/**
 * Pyodide's program, its WebAssembly: compiled while it comes.
 *
 *     a first visit of a built site    as it is downloaded; whole, and to be had, only once its hash was compared
 *     else                             as the browser has it, which keeps it compiled, by its address
 *
 * What it calls of JavaScript's are hundreds of functions, each in a module of its own, of some thirty bytes that say
 * which types it has. Those are compiled here once for each signature: 40 ms less of each start.
 */

import { cannotStart, deferred } from "./errors.js";
import { WASM, take } from "./lending.js";

/** @typedef {import("./download.js").Follower} Follower */
/** @typedef {import("./lending.js").Loan} Loan */
/** @typedef {import("./types.js").FileEntry} FileEntry */
/** @typedef {import("./types.js").Manifest} Manifest */
/** @typedef {Promise<WebAssembly.Module>} Compiling */

export const PROGRAM = "pyodide.asm.wasm";
/** No longer is what Emscripten makes of a signature (bytes). */
const SMALL = 64;

/**
 * Compiles the program of a built site during its first download.
 *
 * @param {Manifest} manifest
 */
export function followProgram({ pyodide: { files }, service_worker }) {
  const program = service_worker && files.find(({ name }) => name === PROGRAM)?.url;
  const following = {
    /** @type {Compiling | undefined} of the last attempt */
    compiling: undefined,
    /** For download.js. @param {FileEntry} file @returns {Follower | undefined} */
    follow({ url }) {
      if (url !== program) return undefined;
      const { body, follower } = pipe();
      following.compiling = WebAssembly.compileStreaming(new Response(body, { headers: WASM }));
      following.compiling.catch(() => {}); // told where it is used, unless the download has failed before
      return follower;
    },
  };
  return following;
}

/** A stream, and what writes it; harmlessly also when nobody reads on. */
function pipe() {
  /** @type {ReadableStreamDefaultController | undefined} */
  let open;
  const body = new ReadableStream({
    start(controller) {
      open = controller;
    },
    cancel() {
      open = undefined;
    },
  });
  const follower = {
    write: (/** @type {Uint8Array} */ part) => open?.enqueue(part),
    close: () => open?.close(),
    abort: (/** @type {unknown} */ reason) => open?.error(reason),
  };
  return { body, follower };
}

/**
 * Gives loadPyodide the program, compiled; which waits for ever when that fails, and says so only on the console.
 *
 * @param {Loan} program from now on it stands for nothing, since loadPyodide asks for it, too
 * @param {Compiling} [compiling] if that has begun
 */
export function provideProgram(program, compiling = WebAssembly.compileStreaming(take(program))) {
  program.body = new Uint8Array();
  /** @type {import("./errors.js").Deferred<never>} raced by startPython; it may also come too late to matter */
  const { promise: failed, reject } = deferred();
  /** @param {unknown} error */
  const fail = (error) => reject(cannotStart("The browser could not compile Pyodide’s WebAssembly.", error));
  compiling.catch(fail); // before loadPyodide asks, too
  const { instantiateStreaming, Module } = WebAssembly;
  /** @type {any} */
  let memory;
  WebAssembly.Module = onceForEach(Module);
  WebAssembly.instantiateStreaming = async (_, imports = {}) => {
    try {
      const module = await compiling;
      const instance = await WebAssembly.instantiate(module, imports);
      memory = imports.env?.memory ?? instance.exports.memory; // until 0.29 it is given one, later it has its own
      return { module, instance };
    } catch (error) {
      fail(error);
      throw error;
    }
  };
  return {
    failed,
    /** The program's memory, once it has one. @returns {ArrayBuffer} */
    memory: () => memory.buffer,
    restore() {
      Object.assign(WebAssembly, { instantiateStreaming, Module });
    },
  };
}

/**
 * Compiles what is small once only.
 *
 * @param {typeof WebAssembly.Module} Module
 */
function onceForEach(Module) {
  /** @type {Map<string, WebAssembly.Module>} */
  const compiled = new Map();
  return new Proxy(Module, {
    construct(_, [bytes]) {
      const key = bytes.length <= SMALL ? Array.from(bytes).join() : ""; // an ArrayBuffer has no length
      const module = compiled.get(key) ?? new Module(bytes);
      if (key) compiled.set(key, module);
      return module;
    },
  });
}
