// What a test leaves behind in a shared page, outside Python, put back.
//
// Evaluates to {restore}; restore() resolves to a list of what could not be put back. The plugin evaluates
// this with DevTools' command-line API, which has getEventListeners.
(async () => {
  /**
   * @typedef {{type: string, listener: EventListenerOrEventListenerObject, useCapture: boolean}} Listener
   * @typedef {Listener & {target: EventTarget}} Listening
   * @typedef {{list: () => Promise<string[]>, remove: (name: string) => unknown}} Place
   */

  /** @type {(target: EventTarget) => Record<string, Listener[]>} */
  // @ts-expect-error DevTools' own
  const listenersOf = getEventListeners; // only there while this is evaluated
  const elements = [...document.querySelectorAll("*")]; // a blank page has few
  /** @type {EventTarget[]} */
  const targets = [window, document, ...elements];

  const listeners = () =>
    targets.flatMap((target) =>
      Object.values(listenersOf(target)).flatMap((all) =>
        all.map(({ type, listener, useCapture }) => ({ target, type, listener, useCapture })),
      ),
    );
  /** @type {(one: Listening, other: Listening) => boolean} */
  const isSame = (one, other) =>
    one.target === other.target &&
    one.type === other.type &&
    one.listener === other.listener &&
    one.useCapture === other.useCapture;
  const properties = () =>
    [window, document].map((owner) => {
      return { owner, known: new Map(Object.entries(Object.getOwnPropertyDescriptors(owner))) };
    });

  // Places that hold things by name: how to list them, and how to remove one.
  /** @type {(name: string) => Promise<unknown>} */
  const deleteDatabase = (name) =>
    new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = resolve;
      request.onerror = request.onblocked = () => reject(new Error(`the database ${name} is still open`));
    });
  // Asked for anew each time: the browser may drop an empty origin's folder, and old handles with it.
  const files = async () => {
    const folder = await navigator.storage?.getDirectory?.();
    /** @type {string[]} */
    const names = [];
    try {
      for await (const name of folder?.keys() ?? []) names.push(name);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "NotFoundError")) throw error;
    }
    return names;
  };
  /** @type {Place[]} */
  const places = [
    { list: async () => Object.keys(localStorage), remove: (name) => localStorage.removeItem(name) },
    { list: async () => Object.keys(sessionStorage), remove: (name) => sessionStorage.removeItem(name) },
    { list: async () => (await indexedDB.databases()).map(({ name }) => name ?? ""), remove: deleteDatabase },
    { list: () => caches.keys(), remove: (name) => caches.delete(name) },
    {
      list: files,
      remove: async (name) => (await navigator.storage.getDirectory()).removeEntry(name, { recursive: true }),
    },
  ];

  const before = {
    url: location.href,
    title: document.title,
    elements: elements.map((element) => ({
      element,
      children: [...element.childNodes],
      attributes: new Map([...element.attributes].map(({ name, value }) => [name, value])),
    })),
    listeners: listeners(),
    properties: properties(),
    names: await Promise.all(places.map(({ list }) => list())),
    timer: setTimeout(() => {}),
    frame: requestAnimationFrame(() => {}),
  };

  /** Forgets what was to be called later. */
  function cancel() {
    const lastTimer = setTimeout(() => {});
    for (let id = before.timer; id <= lastTimer; id++) clearTimeout(id); // intervals share these numbers
    const lastFrame = requestAnimationFrame(() => {});
    for (let id = before.frame; id <= lastFrame; id++) cancelAnimationFrame(id);
  }
  Object.assign(document.querySelector("pyodide-app") ?? {}, {
    [Symbol.for("pyodide_app.testing.later")]: { cancel }, // for _shared.py
  });

  async function restore() {
    cancel();
    for (const added of listeners()) {
      if (!before.listeners.some((known) => isSame(known, added))) {
        added.target.removeEventListener(added.type, added.listener, added.useCapture);
      }
    }
    for (const { element, children, attributes } of before.elements) {
      for (const node of [...element.childNodes]) if (!children.includes(node)) node.remove();
      children.forEach((node, place) => {
        if (element.childNodes[place] !== node) element.insertBefore(node, element.childNodes[place] ?? null);
      });
      for (const { name } of [...element.attributes]) {
        if (!attributes.has(name)) element.removeAttribute(name);
      }
      for (const [name, value] of attributes) {
        if (element.getAttribute(name) !== value) element.setAttribute(name, value);
      }
    }
    if (document.title !== before.title) document.title = before.title;
    if (location.href !== before.url) history.replaceState(null, "", before.url);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.scrollTo(0, 0);
    for (const { owner, known } of before.properties) {
      for (const [name, now] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
        const then = known.get(name);
        if (!then) Reflect.deleteProperty(owner, name);
        else if ("value" in then && then.value !== now.value && now.configurable) {
          Object.defineProperty(owner, name, then);
        }
      }
    }
    const problems = [];
    for (const [index, { list, remove }] of places.entries()) {
      for (const name of await list()) {
        if (before.names[index]?.includes(name)) continue;
        try {
          await remove(name);
        } catch (error) {
          problems.push(`${name} stays: ${error instanceof Error ? error.message : error}`);
        }
      }
    }
    return problems;
  }

  return { restore };
})();
