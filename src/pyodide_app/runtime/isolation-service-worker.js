/**
 * A service worker that makes pages cross-origin isolated where the host cannot send the headers for it.
 *
 *     document, frame or worker ──> this worker ──> host
 *                               <── + COOP, COEP <──
 *
 * Nothing else passes through it. A page that has no service worker has a file isolation-service-worker.js beside
 * it, with one line that imports this one; one that has, has this line in its own:
 *
 *     importScripts("/_pyodide_app/runtime/isolation-service-worker.js");
 *
 * isolation.js registers it, as …?coep=credentialless where the browser knows that.
 */

(() => {
  const scope = /** @type {any} */ (globalThis);
  const policy = new URL(scope.location.href).searchParams.get("coep") ?? "require-corp";
  const headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": policy };
  const wanted = new Set(["document", "iframe", "frame", "worker", "sharedworker"]);

  /** @param {Request} request */
  async function answer(request) {
    const response = await fetch(request);
    if (response.type === "opaque" || response.type === "opaqueredirect") return response; // it cannot be read
    const isolated = new Headers(response.headers);
    for (const [name, value] of Object.entries(headers)) {
      if (!isolated.has(name)) isolated.set(name, value);
    }
    const { status, statusText } = response;
    return new Response(response.body, { status, statusText, headers: isolated });
  }

  scope.addEventListener("install", () => scope.skipWaiting());
  scope.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(scope.clients.claim()));
  scope.addEventListener("fetch", (/** @type {any} */ event) => {
    if (wanted.has(event.request.destination)) event.respondWith(answer(event.request));
  });
})();
