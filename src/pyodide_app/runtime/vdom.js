/**
 * Writes the DOM for PythonVDOM: one call of `apply` for all that has changed since the last one.
 *
 * Python names nodes by numbers and sends operations as a stream of integers, with the strings that they
 * need, in order, beside it. `codes` are the operations' numbers, which Python has too (bridge/vdom/_ops.py).
 *
 * Most operations are about the innermost *frame*: an element that is being built, an element that stands in
 * the page (ON), or a place where nodes go (INTO, BEFORE, AFTER). OPEN begins an element in the frame, CLOSE puts
 * it there: so a subtree enters the page only once it is complete.
 *
 * This file stands alone, so that the bridge can also run it from the wheel, where no page has loaded it.
 */

const SVG = "http://www.w3.org/2000/svg";
const MATHML = "http://www.w3.org/1998/Math/MathML";
const HTML = "http://www.w3.org/1999/xhtml";

/** Operations; the same list as in bridge/vdom/_ops.py, which a test compares. */
const [
  NAME, TEMPLATE, OPEN, CLOSE, CLONE, TEXT, CONTENT, ATTRIBUTE, NO_ATTRIBUTE, STYLE, FLAG, VALUE, HTML_CONTENT,
  LISTEN, UNLISTEN, ON, INTO, BEFORE, AFTER, END, MOVE, REMOVE, EMPTY, FREE, SET_TEXT, ADOPT, REMOVE_RANGE,
  CONTENT_CLOSE, TEMPLATE_LISTEN, FREE_RANGES,
] = Array(30).keys(); // prettier-ignore

/** Integers in a commit after which Python looks for garbage when there is time; bridge/vdom/_frame.py has it too. */
const LARGE = 4096;

/**
 * @typedef {object} Template
 * @property {Element | DocumentFragment} root
 * @property {number[][]} steps the way to each node that has a number
 * @property {{place: number, on: Record<string, number>}[]} listening those that listen, in all copies
 */

/**
 * @param {{HEAP32: Int32Array}} memory Pyodide's, where the operations are
 * @param {ReturnType<typeof import("./vdom-events.js").createDelegation>} delegation
 * @param {symbol} key under which a node has its id and what it listens to
 * @param {() => void} commit calls Python to render, and to apply what comes of it
 * @param {() => void} tidy has Python look for garbage, which it leaves undone in a large commit
 */
function createRenderer(memory, delegation, key, commit, tidy) {
  /** @type {(Node | undefined)[]} */
  const nodes = [];
  /** @type {string[]} */
  const names = [];
  /** @type {Template[]} */
  const templates = [];

  /** @param {number} id */
  const node = (id) => /** @type {any} */ (nodes[id]);

  /**
   * @param {number} address of the operations in Pyodide's memory, in bytes
   * @param {number} length how many integers
   * @param {string} text the strings
   * @param {boolean} isJson whether they are JSON, because one of them has a NUL, which else parts them
   */
  function apply(address, length, text, isJson) {
    const ops = memory.HEAP32.slice(address >> 2, (address >> 2) + length);
    /** @type {string[]} */
    const strings = isJson ? JSON.parse(text) : text.split("\0");
    let at = 0;
    let string = 0;
    // The innermost frame; the ones around it are on the stack.
    /** @type {any} */
    let parent = document.createDocumentFragment(); // where nodes go
    /** @type {ChildNode | null} */
    let before = null; // which of its children they go before
    /** @type {ChildNode | null | undefined} */
    let next; // the node to take over next; undefined while nothing is taken over
    /** @type {string | null} */
    let space = null; // the namespace of elements there; null is HTML
    /** @type {any[]} */
    const stack = [];
    /** @type {any} */
    let current = null; // the element that attributes and the like are for

    const read = () => /** @type {string} */ (strings[string++]);
    const name = () => /** @type {string} */ (names[ops[at++] ?? 0]);
    /** @param {any} inner @param {ChildNode | null} place @param {string | null} inside */
    const enter = (inner, place, inside) => {
      stack.push(parent, before, next, space);
      parent = inner;
      before = place;
      next = undefined;
      space = inside;
    };
    const leave = () => {
      while (next) {
        if (next instanceof Element || (next instanceof Text && next.data.trim())) differs(parent, "has too much:", next);
        dropNext();
      }
      space = stack.pop();
      next = stack.pop();
      before = stack.pop();
      parent = stack.pop();
    };
    const close = () => {
      const made = parent;
      leave();
      if (before) {
        if (made.nextSibling !== before || made.parentNode !== parent) parent.insertBefore(made, before);
      } else if (next === undefined || made.parentNode !== parent) parent.appendChild(made);
      current = parent;
    };
    /** Steps past a node that is taken over. @param {ChildNode | null} to */
    const advance = (to) => {
      next = before = to;
    };
    /** Removes what stands where the next node belongs. */
    const dropNext = () => {
      const gone = /** @type {ChildNode} */ (next);
      advance(gone.nextSibling);
      gone.remove();
    };
    /** Finds an element to take over. @param {string} tag */
    const take = (tag) => {
      while (next instanceof Comment || (next instanceof Text && !next.data.trim())) dropNext();
      if (next instanceof Element && next.localName === tag) return next;
      if (next) {
        differs(parent, `has`, next, `where <${tag}> belongs`);
        dropNext();
      } else differs(parent, `lacks <${tag}>`);
      return null;
    };
    /** Finds a text to take over. @param {string} value */
    const takeText = (value) => {
      while (next instanceof Comment) dropNext();
      if (!(next instanceof Text)) {
        differs(parent, `lacks the text ${JSON.stringify(value)}`);
        return null;
      }
      if (next.data.startsWith(value)) {
        if (next.data !== value) next.splitText(value.length); // to a parser, texts side by side are one
      } else {
        differs(parent, `has the text ${JSON.stringify(next.data)} for ${JSON.stringify(value)}`);
        next.data = value;
      }
      return next;
    };

    /** @param {string} value */
    const setContent = (value) => {
      if (next !== undefined) {
        next = null;
        if (current.textContent === value && !current.firstElementChild) return;
        differs(current, `has the text ${JSON.stringify(current.textContent)} for ${JSON.stringify(value)}`);
      }
      current.textContent = value;
    };
    /** @type {Set<Element>} controls that were changed before they were taken over */
    const changed = new Set();
    /** @type {Set<Element>} those of them that show something else than the app says */
    const kept = new Set();

    while (at < length) {
      switch (ops[at++]) {
        case NAME:
          names.push(read());
          break;
        case TEMPLATE:
          templates.push(parse(read()));
          break;
        case OPEN: {
          const tag = name();
          const inside = tag === "svg" ? SVG : tag === "math" ? MATHML : space;
          if (next === undefined) {
            current = inside ? document.createElementNS(inside, tag) : document.createElement(tag);
            enter(current, null, tag === "foreignObject" ? null : inside);
          } else {
            const taken = take(inside ? tag : tag.toLowerCase());
            if (taken) advance(taken.nextSibling);
            current = taken ?? (inside ? document.createElementNS(inside, tag) : document.createElement(tag));
            enter(current, null, tag === "foreignObject" ? null : inside);
            if (taken) {
              advance(taken instanceof HTMLTextAreaElement ? null : taken.firstChild); // its text is only a default
              if (isChanged(taken)) changed.add(taken);
            }
          }
          nodes[/** @type {number} */ (ops[at++])] = current;
          break;
        }
        case CONTENT_CLOSE: {
          setContent(read());
          close();
          break;
        }
        case CLOSE:
          close();
          break;
        case CLONE: {
          const { root, steps, listening } = /** @type {Template} */ (templates[/** @type {number} */ (ops[at++])]);
          const first = /** @type {number} */ (ops[at++]);
          let id = first;
          const copy = document.importNode(root, true);
          for (const path of steps) {
            /** @type {any} */
            let found = copy;
            for (const step of path) {
              found = found.firstChild;
              for (let i = step; i; i--) found = found.nextSibling;
            }
            nodes[id++] = found;
          }
          for (const { place, on } of listening) node(first + place)[key] = { id: first + place, on };
          enter(copy, null, space);
          break;
        }
        case TEXT: {
          const value = read();
          let text = next === undefined || !value ? null : takeText(value);
          if (text) advance(text.nextSibling);
          else {
            text = document.createTextNode(value);
            parent.insertBefore(text, before);
          }
          nodes[/** @type {number} */ (ops[at++])] = text;
          break;
        }
        case CONTENT: {
          setContent(read());
          break;
        }
        case ATTRIBUTE: {
          const attribute = name();
          const value = read();
          if (next !== undefined) {
            const before = current.getAttribute(attribute);
            if (before === value) break; // to set the src of an iframe would load it again
            differs(current, `has ${attribute}=${JSON.stringify(before)} for ${JSON.stringify(value)}`);
          }
          current.setAttribute(attribute, value);
          break;
        }
        case NO_ATTRIBUTE:
          current.removeAttribute(name());
          break;
        case STYLE:
          current.style.cssText = read(); // unlike the attribute, no Content-Security-Policy stops it
          break;
        case FLAG: {
          const property = name();
          const value = ops[at++] === 1;
          if (current[property] !== value && changed.has(current)) kept.add(current);
          else current[property] = value;
          break;
        }
        case VALUE: {
          const value = read();
          if (current.value !== value && changed.has(current)) kept.add(current);
          else setValue(current, value);
          break;
        }
        case HTML_CONTENT: {
          const markup = read();
          if (next === undefined || current.innerHTML !== parsed(markup)) current.innerHTML = markup;
          if (next !== undefined) next = null;
          break;
        }
        case LISTEN: {
          const type = name();
          const flags = /** @type {number} */ (ops[at++]);
          const id = /** @type {number} */ (ops[at++]);
          const listener = (current[key] ??= { id, on: {} });
          listener.on = { ...listener.on, [type]: flags }; // it may be shared with other copies of a template
          delegation.listen(type, flags);
          break;
        }
        case UNLISTEN: {
          const listener = current[key];
          const { [name()]: _, ...on } = listener?.on ?? {};
          if (listener) listener.on = on;
          break;
        }
        case TEMPLATE_LISTEN: {
          const { listening } = /** @type {Template} */ (templates[/** @type {number} */ (ops[at++])]);
          const place = /** @type {number} */ (ops[at++]);
          const type = name();
          const flags = /** @type {number} */ (ops[at++]);
          listening.push({ place, on: { [type]: flags } });
          delegation.listen(type, flags);
          break;
        }
        case ON:
          current = node(/** @type {number} */ (ops[at++]));
          break;
        case INTO: {
          const into = node(/** @type {number} */ (ops[at++]));
          enter(into, null, spaceOf(into));
          break;
        }
        case BEFORE: {
          const place = node(/** @type {number} */ (ops[at++]));
          enter(place.parentNode, place, spaceOf(place.parentNode));
          break;
        }
        case AFTER: {
          const place = node(/** @type {number} */ (ops[at++]));
          enter(place.parentNode, place.nextSibling, spaceOf(place.parentNode));
          break;
        }
        case ADOPT: {
          const into = node(/** @type {number} */ (ops[at++]));
          enter(into, null, spaceOf(into));
          advance(into.firstChild);
          break;
        }
        case END:
          leave();
          current = parent;
          break;
        case MOVE:
          move(parent, node(/** @type {number} */ (ops[at++])), before);
          break;
        case REMOVE:
          node(/** @type {number} */ (ops[at++])).remove();
          break;
        case REMOVE_RANGE: {
          const first = node(/** @type {number} */ (ops[at++]));
          const last = node(/** @type {number} */ (ops[at++]));
          if (!first) break; // a portal that was begun in a rendering that failed
          while (first !== last && first.nextSibling && first.nextSibling !== last) first.nextSibling.remove();
          first.remove();
          last.remove();
          break;
        }
        case EMPTY:
          node(/** @type {number} */ (ops[at++])).textContent = "";
          break;
        case FREE:
          for (let count = /** @type {number} */ (ops[at++]); count; count--) {
            nodes[/** @type {number} */ (ops[at++])] = undefined;
          }
          break;
        case FREE_RANGES:
          for (let count = /** @type {number} */ (ops[at++]); count; count--) {
            const first = /** @type {number} */ (ops[at++]);
            nodes.fill(undefined, first, first + /** @type {number} */ (ops[at++]));
          }
          break;
        case SET_TEXT:
          node(/** @type {number} */ (ops[at++])).data = read();
          break;
        default:
          throw new Error(`PythonVDOM sent an operation that its JavaScript does not know: ${ops[at - 1]}`);
      }
    }
    if (kept.size) queueMicrotask(() => delegation.together(() => kept.forEach(tell)));
    if (length > LARGE) whenIdle(tidy);
  }

  let requested = false;

  /** Has Python commit once before the next paint, or soon where nothing is painted, as in a hidden tab. */
  function schedule() {
    if (requested) return;
    requested = true;
    const run = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      requested = false;
      commit();
    };
    const frame = requestAnimationFrame(run);
    const timer = setTimeout(run, document.hidden ? 0 : 200);
  }
  delegation.schedule = schedule;

  return {
    apply,
    schedule,
    /** @param {number} id @param {Node} element */
    register(id, element) {
      nodes[id] = element;
    },
    node,
    /** Where nodes are kept that leave the page for a while. */
    outside: () => document.createDocumentFragment(),
    /** How many nodes Python refers to. */
    count: () => nodes.reduce((count, each) => count + (each ? 1 : 0), 0),
  };
}

/** Calls back when the page has nothing else to do, within a second. @param {() => void} call */
function whenIdle(call) {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(() => call(), { timeout: 1000 });
  else setTimeout(call, 200);
}

/**
 * The namespace of elements in a node; null is HTML.
 *
 * @param {Node} node
 */
function spaceOf(node) {
  if (!(node instanceof Element) || node.localName === "foreignObject") return null;
  return node.namespaceURI === HTML ? null : node.namespaceURI;
}

/**
 * Parses a template. `<!--?-->` is a place for content: copies have an empty text there. `data-pa-hole` marks an
 * element that Python refers to; `data-pa-part` one that only says that what is in it is SVG or MathML.
 *
 * @param {string} markup
 * @returns {Template}
 */
function parse(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  const part = template.content.firstElementChild;
  if (part?.hasAttribute("data-pa-part")) part.replaceWith(...part.childNodes);
  const root = template.content;
  /** @type {number[][]} */
  const steps = [];
  /** @param {Node} parent @param {number[]} path */
  const walk = (parent, path) => {
    [...parent.childNodes].forEach((child, index) => {
      const here = [...path, index];
      const isPlace = child instanceof Comment;
      if (isPlace) child.replaceWith("");
      const isHole = isPlace || (child instanceof Element && child.hasAttribute("data-pa-hole"));
      if (isHole || !path.length) steps.push(here);
      if (child instanceof HTMLElement || child instanceof SVGElement) {
        child.removeAttribute("data-pa-hole");
        const style = child.getAttribute("style");
        if (style) child.style.cssText = style; // unlike the attribute, no Content-Security-Policy stops it
      } else if (child instanceof Element) child.removeAttribute("data-pa-hole");
      walk(child, here);
    });
  };
  walk(root, []);
  const only = root.childNodes.length === 1 ? root.firstElementChild : null; // copied without a fragment around it
  const copied = only ? { root: only, steps: steps.map(([, ...path]) => path) } : { root, steps };
  return { ...copied, listening: [] };
}

/** Says that the page is not what it was taken for. @param {Element} element @param {any[]} what */
function differs(element, ...what) {
  console.warn("PythonVDOM: the page's", element, ...what);
}

/** Whether the user has changed a control. @param {any} control */
function isChanged(control) {
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
    const box = control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");
    return box ? control.checked !== control.defaultChecked : control.value !== control.defaultValue;
  }
  if (!(control instanceof HTMLSelectElement)) return false;
  const options = [...control.options];
  if (control.multiple) return options.some((option) => option.selected !== option.defaultSelected);
  return control.selectedIndex !== Math.max(options.findLastIndex((option) => option.defaultSelected), 0);
}

/** Lets the handlers of a control know what the user did before there were any. @param {Element} control */
function tell(control) {
  for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
}

/** Markup as a browser writes it. @param {string} markup */
function parsed(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return template.innerHTML;
}

/**
 * Moves a node with what it has besides its markup: focus, selection, scroll, a running animation.
 *
 * @param {any} parent
 * @param {any} moved
 * @param {Node | null} before
 */
function move(parent, moved, before) {
  if (parent.moveBefore && moved.isConnected && parent.isConnected) {
    parent.moveBefore(moved, before);
    return;
  }
  /** @type {any} */
  const focused = moved.contains(document.activeElement) ? document.activeElement : null;
  const selection = focused && [focused.selectionStart, focused.selectionEnd];
  parent.insertBefore(moved, before);
  if (focused && focused !== document.activeElement) {
    focused.focus({ preventScroll: true });
    if (selection[0] !== null && selection[0] !== undefined) focused.setSelectionRange(...selection);
  }
}

/** @type {WeakMap<Element, string>} what to show once the user has finished composing a character */
const composing = new WeakMap();

/**
 * Shows a value in a control without disturbing who types in it.
 *
 * @param {any} control
 * @param {string} value
 */
function setValue(control, value) {
  if (control.value === value) return;
  if (composing.has(control)) {
    composing.set(control, value);
    return;
  }
  const old = control.value;
  let end = null;
  if (control === control.getRootNode().activeElement) {
    try {
      end = control.selectionEnd; // null or an exception where there is no such thing, as in type=number
    } catch {
      end = null;
    }
  }
  control.value = value;
  if (end === null) return;
  const rest = old.slice(end);
  const caret = rest && value.endsWith(rest) ? value.length - rest.length : rest ? Math.min(end, value.length) : value.length;
  control.setSelectionRange(caret, caret);
}

document.addEventListener("compositionstart", ({ target }) => {
  if (target instanceof Element) composing.set(target, /** @type {any} */ (target).value);
}, true);
document.addEventListener("compositionend", ({ target }) => {
  if (target instanceof Element) composing.delete(target);
}, true);

export { createRenderer };
