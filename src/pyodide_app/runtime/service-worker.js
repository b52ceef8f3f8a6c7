/** Registers service workers, and says which is registered. */

/** A few lines install at once, a built site once its files are here; a browser may also never do it (milliseconds). */
const DEADLINE = 60_000;

/**
 * Registers a service worker, and waits until it is active.
 *
 * @param {URL} url
 * @returns {Promise<ServiceWorkerRegistration>}
 */
export async function register(url) {
  const registration = await navigator.serviceWorker.register(url, { updateViaCache: "none" });
  await activated(registration);
  return registration;
}

/**
 * The script of the service worker that is registered for a URL, if there is one.
 *
 * @param {string | URL} url
 * @returns {Promise<string | undefined>}
 */
export async function registered(url) {
  const registration = await navigator.serviceWorker.getRegistration(url);
  return (registration?.active ?? registration?.waiting ?? registration?.installing)?.scriptURL;
}

/** Resolves when the service worker is in use. @param {ServiceWorkerRegistration} registration */
export function activated(registration) {
  return new Promise((resolve, reject) => {
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    const look = () => {
      if (worker?.state === "activated") resolve(undefined);
      else if (worker?.state === "redundant") reject(new Error("it failed while it was installed"));
    };
    worker?.addEventListener("statechange", look);
    look();
    setTimeout(() => reject(new Error(`nothing happened in ${DEADLINE / 1000} seconds`)), DEADLINE);
  });
}
