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
  CONTENT_CLOSE,
] = Array(28).keys(); // prettier-ignore

/** @typedef {{root: DocumentFragment, steps: number[][]}} Template */

/**
 * @param {{HEAP32: Int32Array}} memory Pyodide's, where the operations are
 * @param {(type: string, flags: number) => void} onListen called when a node listens to something
 * @param {symbol} key under which a node has its id and what it listens to
 */
function createRenderer(memory, onListen, key) {
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

    const take = () => /** @type {string} */ (strings[string++]);
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
      if (next) removeFrom(next);
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
    /** Something else stands where a node belongs, which is made anew. @param {string} wanted */
    const repair = (wanted) => {
      if (!next) return;
      console.warn("PythonVDOM: the page has", next, `where ${wanted} belongs; it is made anew.`);
      const wrong = next;
      advance(wrong.nextSibling);
      wrong.remove();
    };

    while (at < length) {
      switch (ops[at++]) {
        case NAME:
          names.push(take());
          break;
        case TEMPLATE:
          templates.push(parse(take()));
          break;
        case OPEN: {
          const tag = name();
          const inside = tag === "svg" ? SVG : tag === "math" ? MATHML : space;
          if (next === undefined) {
            current = inside ? document.createElementNS(inside, tag) : document.createElement(tag);
            enter(current, null, tag === "foreignObject" ? null : inside);
          } else {
            const taken = next instanceof Element && next.localName === (inside ? tag : tag.toLowerCase()) ? next : null;
            if (taken) advance(taken.nextSibling);
            else repair(`<${tag}>`);
            current = taken ?? (inside ? document.createElementNS(inside, tag) : document.createElement(tag));
            enter(current, null, tag === "foreignObject" ? null : inside);
            if (taken) next = taken.firstChild;
          }
          nodes[/** @type {number} */ (ops[at++])] = current;
          break;
        }
        case CONTENT_CLOSE: {
          const value = take();
          if (next === undefined) current.textContent = value;
          else {
            if (current.textContent !== value) current.textContent = value;
            next = null;
          }
          close();
          break;
        }
        case CLOSE:
          close();
          break;
        case CLONE: {
          const { root, steps } = /** @type {Template} */ (templates[/** @type {number} */ (ops[at++])]);
          const copy = /** @type {DocumentFragment} */ (document.importNode(root, true));
          for (const path of steps) {
            /** @type {any} */
            let found = copy;
            for (const step of path) {
              found = found.firstChild;
              for (let i = step; i; i--) found = found.nextSibling;
            }
            nodes[/** @type {number} */ (ops[at++])] = found;
          }
          enter(copy, null, space);
          break;
        }
        case TEXT: {
          const value = take();
          /** @type {Text} */
          let text;
          if (next instanceof Text && next.data === value) {
            text = next;
            const after = text.nextSibling;
            const parts = after instanceof Comment && after.data === ""; // two texts that follow each other
            advance(parts ? after.nextSibling : after);
            if (parts) after.remove();
          } else {
            if (next && value) repair(`the text ${JSON.stringify(value)}`);
            text = document.createTextNode(value);
            parent.insertBefore(text, before);
          }
          nodes[/** @type {number} */ (ops[at++])] = text;
          break;
        }
        case CONTENT: {
          const value = take();
          if (next === undefined || current.textContent !== value) current.textContent = value;
          if (next !== undefined) next = null;
          break;
        }
        case ATTRIBUTE: {
          const attribute = name();
          current.setAttribute(attribute, take());
          break;
        }
        case NO_ATTRIBUTE:
          current.removeAttribute(name());
          break;
        case STYLE:
          current.style.cssText = take(); // unlike the attribute, no Content-Security-Policy stops it
          break;
        case FLAG: {
          const property = name();
          current[property] = ops[at++] === 1;
          break;
        }
        case VALUE:
          setValue(current, take());
          break;
        case HTML_CONTENT:
          current.innerHTML = take();
          if (next !== undefined) next = null;
          break;
        case LISTEN: {
          const type = name();
          const flags = /** @type {number} */ (ops[at++]);
          const id = /** @type {number} */ (ops[at++]);
          (current[key] ??= { id })[type] = flags;
          onListen(type, flags);
          break;
        }
        case UNLISTEN:
          delete current[key]?.[name()];
          break;
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
          enter(into, into.firstChild, spaceOf(into));
          next = into.firstChild;
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
        case SET_TEXT:
          node(/** @type {number} */ (ops[at++])).data = take();
          break;
        default:
          throw new Error(`PythonVDOM sent an operation that its JavaScript does not know: ${ops[at - 1]}`);
      }
    }
  }

  let requested = false;

  /**
   * Calls back once before the next paint, or soon where nothing is painted, as in a hidden tab.
   *
   * @param {() => void} commit
   */
  function schedule(commit) {
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
  return { root, steps };
}

/** @param {ChildNode} first */
function removeFrom(first) {
  while (first.nextSibling) first.nextSibling.remove();
  first.remove();
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
