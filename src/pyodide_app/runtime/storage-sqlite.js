/**
 * What of SQLite's ways is safe here.
 *
 * SQLite does not say when a transaction must be durable: its fdatasync reaches no file system of Emscripten's. But in
 * three journal modes its commit shows: the journal beside the database is removed (DELETE), emptied (TRUNCATE), or
 * has its header zeroed (PERSIST). The other modes show nothing, so they are refused.
 */

const REFUSED = /-(wal|shm)$/;
const JOURNAL = "-journal";
const JOURNAL_HEADER = 8; // bytes that make it valid
const [WRITE_VERSION, WAL] = [18, 2]; // where the header has it, and what it is in that mode
const HINT = "Such databases are not durable here: use PRAGMA journal_mode = DELETE.";
const DATABASE = new TextEncoder().encode("SQLite format 3\0");

/** @param {string} name @returns {string} why a file of this name can't be made; empty if it can */
export function whyNotMade(name) {
  if (!REFUSED.test(name)) return "";
  return `${name} is not made: it belongs to a SQLite database in journal mode WAL. ${HINT}`;
}

/** @param {string} name */
export function isJournal(name) {
  return name.endsWith(JOURNAL);
}

/** The database that a journal belongs to. @param {import("./storage-entry.js").Entry} folder @param {string} journal */
export function databaseOf(folder, journal) {
  return folder.children?.get(journal.slice(0, -JOURNAL.length));
}

/** Whether a write ends a transaction in journal mode PERSIST. @param {string} name @param {Uint8Array} bytes @param {number} position */
export function isCommit(name, bytes, position) {
  const header = bytes.subarray(0, JOURNAL_HEADER);
  return isJournal(name) && position === 0 && header.length === JOURNAL_HEADER && header.every((byte) => byte === 0);
}

/**
 * Why a database can't be written; empty if it can be, or is none.
 *
 * @param {import("./storage-entry.js").Entry} entry
 * @param {Uint8Array} bytes to be written
 * @param {number} position
 * @param {(into: Uint8Array) => number} read its beginning
 */
export function whyNotWritten({ name, parent, size }, bytes, position, read) {
  if (position === 0 && isDatabase(bytes) && bytes[WRITE_VERSION] === WAL) {
    return `${name} is not written: it is a SQLite database in journal mode WAL. ${HINT}`;
  }
  if (position >= size || !parent || isJournal(name) || parent.children?.has(name + JOURNAL)) return "";
  const beginning = new Uint8Array(DATABASE.length);
  read(beginning);
  if (!isDatabase(beginning)) return "";
  return (
    `${name} is not changed: it is a SQLite database without its rollback journal, as in the journal modes MEMORY and ` +
    `OFF. ${HINT}`
  );
}

/** @param {Uint8Array} beginning */
function isDatabase(beginning) {
  return DATABASE.every((byte, i) => byte === beginning[i]);
}
