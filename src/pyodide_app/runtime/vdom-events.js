/**
 * Brings events to PythonVDOM: one listener for each type of event on each root, whatever number of nodes listen.
 *
 * A node that listens has, under `key`, its id and `on`, the flags of each type that it listens to (see vdom.js). The
 * listener on the root walks from the event's target to the root, as the event itself did, and calls Python for
 * each node on the way that listens.
 *
 * This file stands alone, as vdom.js does.
 */

// Flags of a node's listener; the same as in bridge/vdom/_events.py, which a test compares.
const PREVENT = 1; // prevent the browser's own action
const STOP = 2; // let no node further up hear of it
const CAPTURE = 4; // hear of it before the nodes further down
const ONCE = 8;
const SELF = 16; // only events of the node itself, not of what is in it
const BARE = 32; // the handler does not look at the event
const PASSIVE = 64; // the handler will not prevent the browser's own action

/** These don't come to a root by themselves; on their way down they can be met there. */
const NOT_BUBBLING = new Set(
  ("focus blur mouseenter mouseleave pointerenter pointerleave load error abort scroll scrollend invalid toggle " +
    "beforetoggle cancel close resize play playing pause ended timeupdate volumechange seeking seeked waiting " +
    "stalled suspend emptied canplay canplaythrough durationchange loadstart loadeddata loadedmetadata progress " +
    "ratechange cuechange gotpointercapture lostpointercapture").split(" "),
);

/** The browser scrolls without waiting for these, unless somebody wants to prevent that. */
const SCROLLING = new Set(["wheel", "touchstart", "touchmove"]);

/**
 * @param {symbol} key
 * @param {(id: number, type: string, event: Event | undefined, more: boolean) => boolean} dispatch calls Python; true
 *   if that has made something to write to the page
 */
function createDelegation(key, dispatch) {
  /** @type {Map<EventTarget, number>} how many apps and portals each has */
  const roots = new Map();
  /** @type {Map<string, boolean>} each type that is listened to, and whether passively */
  const types = new Map();
  /** @type {WeakSet<Event>} events that a root inside another one has already brought */
  const seenDown = new WeakSet();
  /** @type {WeakSet<Event>} */
  const seenUp = new WeakSet();
  let more = false; // whether events follow for which nothing may have left the page

  /** @param {any} node @param {Event} event @param {boolean} capture */
  function call(node, event, capture) {
    const listener = node[key];
    const flags = listener?.on[event.type];
    if (flags === undefined || Boolean(flags & CAPTURE) !== capture) return;
    if (flags & SELF && event.target !== node) return;
    if (node.disabled && event instanceof MouseEvent) return;
    if (flags & PREVENT) event.preventDefault();
    if (flags & STOP) event.stopPropagation();
    if (flags & ONCE) {
      const { [event.type]: _, ...on } = listener.on;
      listener.on = on;
    }
    try {
      if (dispatch(listener.id, event.type, flags & BARE ? undefined : event, more)) delegation.schedule();
    } catch (error) {
      reportError(error); // the nodes further up hear of the event all the same
    }
  }

  /** From the target to the outermost root. @param {Event} event */
  function path(event) {
    const targets = event.composedPath();
    return targets.slice(0, targets.findLastIndex((target) => roots.has(target)) + 1);
  }

  /** @param {Event} event */
  function goingDown(event) {
    if (seenDown.has(event)) return;
    seenDown.add(event);
    if (NOT_BUBBLING.has(event.type)) {
      call(event.target, event, true);
      call(event.target, event, false);
      return;
    }
    for (const node of path(event).reverse()) {
      call(node, event, true);
      if (event.cancelBubble) return;
    }
  }

  /** @param {Event} event */
  function goingUp(event) {
    if (seenUp.has(event)) return;
    seenUp.add(event);
    for (const node of path(event)) {
      call(node, event, false);
      if (event.cancelBubble) return;
    }
  }

  /** @param {EventTarget} root @param {string} type @param {boolean} passive */
  function attach(root, type, passive) {
    root.addEventListener(type, goingDown, { capture: true, passive });
    if (!NOT_BUBBLING.has(type)) root.addEventListener(type, goingUp, { passive });
  }

  /** @param {EventTarget} root @param {string} type */
  function detach(root, type) {
    root.removeEventListener(type, goingDown, true);
    root.removeEventListener(type, goingUp);
  }

  const delegation = {
    schedule() {}, // the renderer's, once there is one
    /** Brings all events before any answer to one is written to the page. @param {() => void} fire */
    together(fire) {
      more = true;
      try {
        fire();
      } finally {
        more = false;
      }
    },
    /** @param {string} type @param {number} flags */
    listen(type, flags) {
      const before = types.get(type);
      const passive = SCROLLING.has(type) && (flags & PASSIVE || !(flags & PREVENT)) ? before !== false : false;
      if (before === passive) return;
      types.set(type, passive);
      for (const root of roots.keys()) {
        detach(root, type);
        attach(root, type, passive);
      }
    },
    /** @param {EventTarget} root */
    add(root) {
      const users = roots.get(root) ?? 0;
      roots.set(root, users + 1);
      if (users) return;
      for (const [type, passive] of types) attach(root, type, passive);
    },
    /** @param {EventTarget} root */
    remove(root) {
      const users = roots.get(root) ?? 0;
      if (users > 1) {
        roots.set(root, users - 1);
        return;
      }
      roots.delete(root);
      for (const type of types.keys()) detach(root, type);
    },
  };
  return delegation;
}

export { createDelegation };
