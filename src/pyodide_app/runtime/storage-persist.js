/**
 * Asks the browser to keep what is stored when it needs room: once, when something has been saved in a page that its
 * visitor has used. Some browsers ask the visitor, who then knows what for; others decide by how the page is used.
 */

let hasAsked = false;

export function askToPersist() {
  const { storage, userActivation } = /** @type {Partial<Navigator>} */ (navigator);
  if (hasAsked || !userActivation?.hasBeenActive || !storage?.persist) return; // a worker can't ask
  hasAsked = true;
  storage.persist().catch(() => {}); // it stays as it was
}
