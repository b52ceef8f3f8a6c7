/** The parts of the bridge that a page loads while Python starts: the way to the app's first line is shorter so. */

export { createDelegation } from "./vdom-events.js";
export { createRenderer } from "./vdom.js";
export { offerWorkers } from "./workers.js";
