/** Errors of storage, as the C library numbers them (Emscripten has WASI's numbers). */

export const ERRNO = {
  EBUSY: 10,
  EINVAL: 28,
  EIO: 29,
  ENOENT: 44,
  ENOSPC: 51,
  ENOTSUP: 138,
  ENOTEMPTY: 55,
  EPERM: 63,
  EROFS: 69,
};

/** @param {any} error */
export function isQuota(error) {
  return error?.name === "QuotaExceededError";
}
