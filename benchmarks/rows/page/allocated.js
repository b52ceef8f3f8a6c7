/**
 * What Python has in use. Pyodide's Python takes every object from dlmalloc, whose mallinfo() tells exactly:
 * a struct of ten integers, of which the eighth is the number of bytes in use.
 *
 * @returns {number} bytes; 0 without Python
 */
export function allocated() {
  const module = /** @type {any} */ (document.querySelector("pyodide-app"))?.pyodide?._module;
  if (!module) return 0;
  const struct = module._malloc(40);
  module._mallinfo(struct);
  const bytes = module.HEAP32[struct / 4 + 7];
  module._free(struct);
  return bytes;
}
