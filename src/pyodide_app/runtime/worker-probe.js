/**
 * Tells why a worker's script cannot be run; its own name is that script's URL.
 *
 * Of a module that cannot be read, or that imports one which is not there, browsers tell the page only that it
 * failed. An import that fails is told in full.
 *
 * This file stands alone: see rpc.js.
 */

import(self.name).then(
  () => postMessage(""),
  (error) => postMessage(String(error)),
);
