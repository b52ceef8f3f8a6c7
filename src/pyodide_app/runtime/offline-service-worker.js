/**
 * The service worker of a built site: keeps its files, so that it starts without the network and never mixes versions.
 *
 *     install    fetches every file that a first visit needs, checks each against its hash, and keeps them in a cache
 *                of this version; if one is wrong or missing, this version is never used
 *     waits      until no page of the version before is open, or one of them says "activate"
 *     fetch      the files of this version come from its cache, and nothing else passes through
 *     broken     a page of a version that has not started once yet says that it can't: the version before is back
 *
 * The build writes service-worker.js, which says in `self.pyodideApp` which files there are, and imports this.
 */

(() => {
  const scope = /** @type {any} */ (globalThis);
  /**
   * @typedef {object} Site
   * @property {string} version
   * @property {boolean} isolation whether pages get the headers that isolate them
   * @property {Record<string, string>} files sha256 by URL, relative to the scope; absolute on the Pyodide CDN
   * @property {string[]} later those that are kept once they were loaded
   */
  /** @type {Site} */
  const site = scope.pyodideApp;
  const root = new URL("./", scope.location.href).href;
  /** The caches of all versions of this site, and only these, begin with this. */
  const prefix = `pyodide-app ${root} `;
  const name = prefix + site.version;
  const STARTED = `${root}_pyodide_app/started`; // kept once a page of this version has started
  const ROLLED_BACK = `${root}_pyodide_app/rolled-back`; // kept with a version that could not start: says which to use
  const AT_ONCE = 6;
  const ISOLATED = new Set(["document", "iframe", "frame", "worker", "sharedworker"]);
  const policy = new URL(scope.location.href).searchParams.get("coep") ?? "require-corp";

  /** @param {Response} response @param {string} sha256 */
  async function check(response, sha256) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer()));
    const actual = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (actual !== sha256) throw new Error(`${response.url} is not the file that this version has.`);
  }

  /** @param {Cache} cache @param {string} path */
  async function keep(cache, path) {
    const url = new URL(path, root).href;
    // What is named by its content or version may come from the browser's cache; a page may be an older one there.
    const named = path.startsWith("_pyodide_app/") || path === url;
    const known = named ? await caches.match(url) : undefined;
    const response = known ?? (await fetch(url, { cache: named ? "default" : "no-store" }));
    if (!response.ok) throw new Error(`${url} answers ${response.status}.`);
    await check(response, /** @type {string} */ (site.files[path]));
    // Hosts redirect index.html to its folder; a page that was redirected would be refused later.
    const { status, headers } = response;
    await cache.put(url, response.redirected ? new Response(response.body, { status, headers }) : response);
  }

  async function install() {
    const cache = await caches.open(name);
    const later = new Set(site.later);
    const waiting = Object.keys(site.files)
      .filter((path) => !later.has(path))
      .values();
    const work = async () => {
      for (const path of waiting) await keep(cache, path);
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } catch (error) {
      await caches.delete(name);
      throw error;
    }
  }

  async function versions() {
    return (await caches.keys()).filter((key) => key.startsWith(prefix));
  }

  /** The newest of the other versions that has started once. */
  async function before() {
    for (const key of (await versions()).reverse()) {
      if (key !== name && (await (await caches.open(key)).match(STARTED))) return key;
    }
    return undefined;
  }

  /**
   * Removes other versions; the one to go back to stays until this one has started, and while pages may be using it.
   * Nothing is removed while a newer version is on its way: its cache must not be taken for an old one.
   */
  async function clean() {
    const others = (await versions()).filter((key) => key !== name);
    const started = await (await caches.open(name)).match(STARTED);
    const alone = (await scope.clients.matchAll({ type: "window" })).length <= 1;
    const stays = started && alone ? undefined : await before();
    if (scope.registration.installing || scope.registration.waiting) return;
    for (const key of others) if (key !== stays) await caches.delete(key);
  }

  /** @type {Promise<Cache> | undefined} asked for by every request, so it is looked up once */
  let served;

  /** The cache whose files are served: this version's, or the one before if this one can't start. */
  function current() {
    served ??= (async () => {
      const own = await caches.open(name);
      const back = await own.match(ROLLED_BACK);
      const other = back && (await back.text());
      return other && (await caches.has(other)) ? caches.open(other) : own;
    })();
    return served;
  }

  async function rollBack() {
    const own = await caches.open(name);
    const other = await before();
    if (!other || (await own.match(STARTED)) || (await own.match(ROLLED_BACK))) return false;
    await own.put(ROLLED_BACK, new Response(other));
    served = undefined;
    return true;
  }

  /** @param {Request} request */
  async function find(request) {
    const url = new URL(request.url);
    const address = url.origin + url.pathname;
    const cache = await current();
    const found = await cache.match(address);
    if (found) return found;
    // Named by its content, it may be what a page of another version asks for.
    if (address.startsWith(`${root}_pyodide_app/`)) return caches.match(address);
    return request.mode === "navigate" ? cache.match(`${address.replace(/\/?$/, "/")}index.html`) : undefined;
  }

  /** What a URL stands under in `site.files`, if it does. @param {string} url */
  function nameOf(url) {
    const address = url.replace(/[?#].*$/, "");
    return address.startsWith(root) ? address.slice(root.length) : address;
  }

  /** @param {Request} request */
  async function load(request) {
    const path = nameOf(request.url);
    const response = await fetch(request);
    const sha256 = site.files[path];
    if (sha256 && response.ok) {
      await check(response, sha256);
      await (await caches.open(name)).put(new URL(path, root).href, response.clone());
    }
    return response;
  }

  /** @param {Request} request */
  async function answer(request) {
    const response = (await find(request)) ?? (await load(request));
    if (!site.isolation || !ISOLATED.has(request.destination)) return response;
    if (response.type === "opaque" || response.type === "opaqueredirect") return response; // it cannot be read
    const headers = new Headers(response.headers);
    if (!headers.has("Cross-Origin-Opener-Policy")) headers.set("Cross-Origin-Opener-Policy", "same-origin");
    if (!headers.has("Cross-Origin-Embedder-Policy")) headers.set("Cross-Origin-Embedder-Policy", policy);
    const { status, statusText } = response;
    return new Response(response.body, { status, statusText, headers });
  }

  /** What pages ask for: a message [what, port to answer on]. @type {Record<string, () => Promise<unknown>>} */
  const requests = {
    activate: () => scope.skipWaiting(),
    async started() {
      const own = await caches.open(name);
      if (await own.match(ROLLED_BACK)) return; // it was the version before that has started
      await own.put(STARTED, new Response(""));
      await clean();
    },
    broken: rollBack,
    async clear() {
      for (const key of await versions()) await caches.delete(key);
      await scope.registration.unregister();
    },
    version: async () => site.version,
  };

  scope.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
  scope.addEventListener("activate", (/** @type {any} */ event) =>
    event.waitUntil(clean().then(() => scope.clients.claim())),
  );
  scope.addEventListener("fetch", (/** @type {any} */ event) => {
    const { request } = event;
    const ours = request.url.startsWith(root) || Object.hasOwn(site.files, nameOf(request.url));
    if (ours && request.method === "GET" && !request.headers.has("range")) event.respondWith(answer(request));
  });
  scope.addEventListener("message", (/** @type {any} */ event) => {
    if (!Array.isArray(event.data) || !Object.hasOwn(requests, event.data[0])) return; // somebody else's
    const [what, port] = event.data;
    const done = /** @type {() => Promise<unknown>} */ (requests[what])();
    event.waitUntil(
      done.then(
        (result) => port.postMessage([result]),
        (/** @type {unknown} */ error) => port.postMessage([undefined, String(error)]),
      ),
    );
  });
})();
