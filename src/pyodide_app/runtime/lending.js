/** Answers Pyodide's requests with bytes that are here, and checked: it takes its files by address only. */

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{url: string, body?: Bytes | Promise<Bytes>}} Loan what stands for an address: bytes, or another address */

/** @type {Map<string, Loan>} by the address that is asked for */
const loans = new Map();
export const WASM = { "Content-Type": "application/wasm" };
let original = globalThis.fetch;
let isInPlace = false;

/**
 * Answers requests for these addresses, until the function that this returns is called.
 *
 * @param {Map<string, Loan>} lent
 */
export function lend(lent) {
  if (!isInPlace) {
    original = globalThis.fetch;
    globalThis.fetch = answer;
    isInPlace = true;
  }
  for (const [url, loan] of lent) loans.set(url, loan);
  return () => {
    for (const [url, loan] of lent) if (loans.get(url) === loan) loans.delete(url);
    // If somebody has put another one around ours, it stays: without loans it passes everything on.
    if (loans.size > 0 || globalThis.fetch !== answer) return;
    globalThis.fetch = original;
    isInPlace = false;
  };
}

/**
 * @param {RequestInfo | URL} input
 * @param {RequestInit} [options]
 */
async function answer(input, options) {
  const asked = input instanceof Request ? input.url : new URL(input, location.href).href;
  const loan = loans.get(asked);
  return loan ? take(loan, options) : original.call(globalThis, input, options);
}

/**
 * What is lent, as a response.
 *
 * @param {Loan} loan
 * @param {RequestInit} [options]
 */
export async function take({ url, body }, options) {
  // Of what is lent, only WebAssembly needs its type.
  return body ? new Response(await body, { headers: WASM }) : original.call(globalThis, url, options);
}
