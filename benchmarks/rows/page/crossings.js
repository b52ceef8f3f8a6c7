/**
 * Counts the crossings from Python to JavaScript, whoever makes them: `crossings.count`.
 *
 * Pyodide's WebAssembly reads, writes and calls JavaScript objects through these functions that it imports. This
 * script, which runs before any other of the page, puts a counter around each. A method called from Python may
 * count twice: it is looked up, then called.
 */
{
  const INTO_JAVASCRIPT =
    /^(Jsv(Function|Object)_(Call|New|Construct|SetAttr|Entries|Keys)|JsProxy_(Get|Set|Del)Attr|JsProxy_subscript)/;

  /** @type {{ count: number, by: Record<string, number> }} */
  const counter = { count: 0, by: {} };
  Object.assign(globalThis, { crossings: counter });

  /**
   * @param {string} name
   * @param {Function} call
   */
  function counted(name, call) {
    return (/** @type {unknown[]} */ ...values) => {
      counter.count++;
      counter.by[name] = (counter.by[name] ?? 0) + 1;
      return call(...values);
    };
  }

  /** @param {WebAssembly.Imports | undefined} imports */
  function watch(imports) {
    const found = /** @type {Record<string, unknown>} */ (imports?.env ?? {});
    for (const [name, value] of Object.entries(found)) {
      if (INTO_JAVASCRIPT.test(name) && typeof value === "function") found[name] = counted(name, value);
    }
  }

  for (const name of /** @type {const} */ (["instantiate", "instantiateStreaming"])) {
    const original = /** @type {any} */ (WebAssembly[name]);
    const replaced = (/** @type {unknown} */ source, /** @type {WebAssembly.Imports} */ imports) => {
      watch(imports);
      return original.call(WebAssembly, source, imports);
    };
    Object.assign(WebAssembly, { [name]: replaced });
  }
}
