/** A peer's worker; its name says which peer's. */

import * as comlink from "/node_modules/comlink/dist/esm/comlink.mjs";
import { connect } from "/_pyodide_app/runtime/remote.js";
import * as synclink from "/node_modules/synclink/dist/esm/synclink.mjs";
import * as work from "./work.js";

/** @typedef {keyof typeof work} Method */

const functions = /** @type {Record<string, (...args: any[]) => any>} */ (work);

if (self.name === "comlink") comlink.expose(functions);
else if (self.name === "synclink") synclink.expose(functions);
else if (self.name === "ours_javascript") connect(/** @type {any} */ (self), functions);
else
  self.onmessage = ({ data: [method, ...args] }) => {
    const value = functions[method]?.(...args);
    self.postMessage(value, { transfer: self.name === "transfer" ? [value.buffer] : [] });
  };
