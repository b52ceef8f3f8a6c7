/** The one error that the page shows to people, and how any other failure becomes one. */

/** @typedef {import("./types.js").Stage} Stage */

/**
 * A failure of the page with what a person can do about it.
 *
 * `details` holds what helps to find the cause.
 */
export class PageError extends Error {
  /**
   * @param {{stage: Stage, title: string, message: string, hint: string, details?: string, cause?: unknown}} what
   */
  constructor({ stage, title, message, hint, details = "", cause }) {
    super(message, { cause });
    this.name = "PageError";
    this.stage = stage;
    this.title = title;
    this.hint = hint;
    this.details = details;
  }
}

/**
 * Any thrown value as text, with its causes.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function describe(error) {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\nCaused by ${describe(error.cause)}`;
  return `${error.name}: ${error.message}${cause}`;
}

/**
 * A `PageError` for whatever was thrown in a stage.
 *
 * @param {unknown} error
 * @param {Stage} stage
 * @returns {PageError}
 */
export function asPageError(error, stage) {
  if (error instanceof PageError) return error;
  return new PageError({
    stage,
    title: "The app could not be started",
    message: error instanceof Error ? error.message : String(error),
    hint: "Try again. If it fails in the same way, the details below tell where.",
    details: error instanceof Error && error.stack ? error.stack : describe(error),
    cause: error,
  });
}

/**
 * The promise's result, or an error when it takes too long.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {number} milliseconds
 * @param {() => PageError} late makes the error
 * @returns {Promise<T>}
 */
export async function within(promise, milliseconds, late) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const deadline = new Promise((_, reject) => {
    timer = setTimeout(() => reject(late()), milliseconds);
  });
  try {
    return await Promise.race([promise, /** @type {Promise<never>} */ (deadline)]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @template T
 * @typedef {{promise: Promise<T>, resolve: (value: T) => void, reject: (error: Error) => void}} Deferred
 */

/**
 * A promise to be settled later; nobody has to listen to it.
 *
 * @template T
 * @returns {Deferred<T>}
 */
export function deferred() {
  /** @type {(value: T) => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  /** @type {Promise<T>} */
  const promise = new Promise((...functions) => ([resolve, reject] = functions));
  promise.catch(() => {});
  return { promise, resolve, reject };
}

/**
 * Python itself does not start.
 *
 * @param {string} message
 * @param {unknown} [cause]
 */
export function cannotStart(message, cause) {
  return new PageError({
    stage: "runtime",
    title: "Python could not be started",
    message,
    hint: "Try again; if that does not help, use a current version of Firefox, Chrome, Edge or Safari.",
    details: cause === undefined ? "" : describe(cause),
    cause,
  });
}
