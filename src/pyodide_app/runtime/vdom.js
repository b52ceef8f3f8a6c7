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
] = Array(27).keys(); // prettier-ignore

/**
 * @typedef {object} Frame
 * @property {ParentNode & Node} parent where nodes go
 * @property {Node | null} before which of its children they go before
 * @property {ChildNode | null | undefined} next the node to take over next; undefined while nothing is taken over
 */

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
    /** @type {Frame[]} */
    const frames = [];
    /** @type {Frame} */
    let frame = { parent: document.createDocumentFragment(), before: null, next: undefined };
    /** @type {any} */
    let current = null; // the element that attributes and the like are for

    const take = () => /** @type {string} */ (strings[string++]);
    const name = () => /** @type {string} */ (names[ops[at++] ?? 0]);
    /** @param {Frame} inner */
    const enter = (inner) => {
      frames.push(frame);
      frame = inner;
    };
    const leave = () => (frame = /** @type {Frame} */ (frames.pop()));

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
          const { parent } = frame;
          const taken = frame.next === undefined ? null : takeElement(frame, tag);
          current = taken ?? create(tag, parent);
          nodes[/** @type {number} */ (ops[at++])] = current;
          enter({ parent: current, before: null, next: taken ? taken.firstChild : undefined });
          break;
        }
        case CLOSE: {
          const { parent: made, next } = frame;
          if (next) removeFrom(next);
          leave();
          if (made.parentNode !== frame.parent || made === frame.before) frame.parent.insertBefore(made, frame.before);
          current = frame.parent;
          break;
        }
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
          enter({ parent: copy, before: null, next: undefined });
          break;
        }
        case TEXT: {
          const value = take();
          let text = frame.next === undefined ? null : takeText(frame, value);
          if (!text) {
            text = document.createTextNode(value);
            frame.parent.insertBefore(text, frame.before);
          }
          nodes[/** @type {number} */ (ops[at++])] = text;
          break;
        }
        case CONTENT: {
          const value = take();
          if (frame.next === undefined || current.textContent !== value) current.textContent = value;
          if (frame.next !== undefined) frame.next = null;
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
          if (frame.next !== undefined) frame.next = null;
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
        case INTO:
          enter({ parent: node(/** @type {number} */ (ops[at++])), before: null, next: undefined });
          break;
        case BEFORE: {
          const before = node(/** @type {number} */ (ops[at++]));
          enter({ parent: before.parentNode, before, next: undefined });
          break;
        }
        case AFTER: {
          const after = node(/** @type {number} */ (ops[at++]));
          enter({ parent: after.parentNode, before: after.nextSibling, next: undefined });
          break;
        }
        case ADOPT: {
          const parent = node(/** @type {number} */ (ops[at++]));
          enter({ parent, before: null, next: parent.firstChild });
          break;
        }
        case END:
          if (frame.next) removeFrom(frame.next);
          leave();
          break;
        case MOVE:
          move(frame.parent, node(/** @type {number} */ (ops[at++])), frame.before);
          break;
        case REMOVE:
          node(/** @type {number} */ (ops[at++])).remove();
          break;
        case REMOVE_RANGE: {
          const first = node(/** @type {number} */ (ops[at++]));
          const last = node(/** @type {number} */ (ops[at++]));
          while (first !== last && first.nextSibling !== last) first.nextSibling.remove();
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
    /** How many nodes Python refers to. */
    count: () => nodes.reduce((count, each) => count + (each ? 1 : 0), 0),
  };
}

/** @param {string} tag @param {Node} parent */
function create(tag, parent) {
  if (tag === "svg") return document.createElementNS(SVG, tag);
  if (tag === "math") return document.createElementNS(MATHML, tag);
  const space = /** @type {Element} */ (parent).namespaceURI;
  if (!space || space === HTML || parent.nodeName === "foreignObject") return document.createElement(tag);
  return document.createElementNS(space, tag);
}

/**
 * Parses a template. `<!--?-->` is a place for content; `data-pa-hole` marks an element that Python refers to.
 *
 * @param {string} markup
 * @returns {Template}
 */
function parse(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  const root = template.content;
  /** @type {number[][]} */
  const steps = [];
  /** @param {Node} parent @param {number[]} path */
  const walk = (parent, path) => {
    [...parent.childNodes].forEach((child, index) => {
      const here = [...path, index];
      const isHole =
        child instanceof Comment ? child.data === "?" : child instanceof Element && child.hasAttribute("data-pa-hole");
      if (isHole || !path.length) steps.push(here);
      if (child instanceof Element) child.removeAttribute("data-pa-hole");
      walk(child, here);
    });
  };
  walk(root, []);
  return { root, steps };
}

/** @param {Frame} frame @param {string} tag */
function takeElement(frame, tag) {
  const { next } = frame;
  if (next instanceof Element && next.localName === tag.toLowerCase()) {
    frame.next = next.nextSibling;
    frame.before = frame.next;
    return next;
  }
  return mismatch(frame, `<${tag}>`);
}

/** @param {Frame} frame @param {string} value */
function takeText(frame, value) {
  const { next } = frame;
  if (next instanceof Text && next.data === value) {
    const after = next.nextSibling;
    // What parts two texts that follow each other in markup.
    frame.next = after instanceof Comment && after.data === "" ? after.nextSibling : after;
    if (frame.next !== after) after?.remove();
    frame.before = frame.next;
    return next;
  }
  return mismatch(frame, "the text " + JSON.stringify(value));
}

/** @param {Frame} frame @param {string} wanted */
function mismatch(frame, wanted) {
  if (frame.next && wanted !== 'the text ""') {
    console.warn(`PythonVDOM: the page has`, frame.next, `where ${wanted} belongs; it is made anew.`);
    const wrong = frame.next;
    frame.next = wrong.nextSibling;
    wrong.remove();
  }
  frame.before = frame.next ?? null;
  return null;
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
  if (parent.moveBefore && moved.isConnected) {
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
