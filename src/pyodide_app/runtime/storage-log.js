/**
 * Records in two files of which one is current: a record is there whole, or not at all.
 *
 *     header   magic, layout, generation, checksum    32 bytes; of two valid ones the higher generation counts
 *     record   lengths, generation, number, checksum, JSON, bytes
 *                                                     the first is all of the tree, each other one a change;
 *     record   …                                      the first that is not valid is the end
 *
 * A change may bring the bytes of its blocks with it: then to save it takes one flush, of this file alone.
 *
 * When a file is full, the tree goes to the other one, whose header is written last: until then it does not count.
 * Layout 1 had no bytes. It is read, and the next record begins the other file in the newest layout.
 */

/**
 * @typedef {object} Handle a FileSystemSyncAccessHandle
 * @property {(into: Uint8Array, options: {at: number}) => number} read
 * @property {(bytes: Uint8Array, options: {at: number}) => number} write
 * @property {(size: number) => void} truncate
 * @property {() => number} getSize
 * @property {() => void} flush
 * @property {() => void} close
 */

/**
 * @typedef {object} Kept
 * @property {any} record
 * @property {Uint8Array} bytes
 */

const LAYOUT = 2;
const MAGIC = 0x70794150;
const HEADER = 32;
/** Kept for records, so that what frees room can be saved when there is no more (bytes). */
const RESERVED = 1024 * 1024;
const NOTHING = new Uint8Array();

export class Log {
  /** @type {Kept[]} what is in it, in order; the reader may empty it */
  records = [];
  #current = 0;
  #generation = 0;
  #layout = 0;
  #count = 0;
  #end = HEADER;
  #most = RESERVED;

  /**
   * @param {[Handle, Handle]} files
   * @throws {Error} they hold something else, are damaged or of a newer layout
   */
  constructor(files) {
    this.files = files;
    const headers = /** @type {const} */ ([readHeader(files[0]), readHeader(files[1])]);
    if (files.every(isBlank)) return;
    this.#current = headers[0].generation > headers[1].generation ? 0 : 1;
    ({ layout: this.#layout, generation: this.#generation } = headers[this.#current === 0 ? 0 : 1]);
    if (this.#generation) this.#readRecords();
    if (this.records.length === 0) throw new Error("What is stored here is damaged: it has no valid tree.");
  }

  /**
   * Keeps a record; when this returns, it is on the disk.
   *
   * @param {object} record
   * @param {Uint8Array} bytes that come with it
   * @param {() => object} snapshot the whole, with the record in it; no record before it counts any more
   */
  append(record, bytes, snapshot) {
    const entry = encode(record, bytes, this.#generation, this.#count);
    if (this.#layout < LAYOUT || this.#end + entry.length > this.#most) return this.#begin(snapshot());
    const file = this.files[this.#current === 0 ? 0 : 1];
    writeAll(file, entry, this.#end);
    file.flush();
    this.#end += entry.length;
    this.#count++;
  }

  /** @param {object} snapshot */
  #begin(snapshot) {
    const next = this.#current === 0 ? 1 : 0;
    const file = this.files[next];
    const entry = encode(snapshot, NOTHING, this.#generation + 1, 0);
    const most = Math.max(RESERVED, 4 * entry.length);
    if (file.getSize() < most) file.truncate(most);
    writeAll(file, entry, HEADER);
    file.flush();
    writeAll(file, headerOf(this.#generation + 1), 0);
    file.flush();
    this.#current = next;
    this.#generation++;
    this.#layout = LAYOUT;
    this.#count = 1;
    this.#end = HEADER + entry.length;
    this.#most = most;
  }

  #readRecords() {
    const file = this.files[this.#current === 0 ? 0 : 1];
    const all = readAll(file);
    for (let entry; (entry = decode(all, this.#end, this.#layout, this.#generation, this.#count)); this.#count++) {
      this.records.push(entry);
      this.#end = entry.end;
    }
    this.#most = Math.max(RESERVED, all.length);
  }
}

/** @param {number} generation */
function headerOf(generation) {
  const bytes = new Uint8Array(HEADER);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, LAYOUT);
  view.setUint32(8, generation);
  view.setUint32(HEADER - 4, crc32(bytes.subarray(0, HEADER - 4)));
  return bytes;
}

/** @param {Handle} file @returns {{layout: number, generation: number}} of generation 0, if the header is not valid */
function readHeader(file) {
  const bytes = new Uint8Array(HEADER);
  file.read(bytes, { at: 0 });
  const view = new DataView(bytes.buffer);
  const isValid = view.getUint32(0) === MAGIC && view.getUint32(HEADER - 4) === crc32(bytes.subarray(0, HEADER - 4));
  if (!isValid) return { layout: 0, generation: 0 };
  const layout = view.getUint32(4);
  if (layout > LAYOUT) throw new Error(`What is stored here has layout ${layout}; this version knows up to ${LAYOUT}.`);
  return { layout, generation: view.getUint32(8) };
}

/** Whether no header was ever written. @param {Handle} file */
function isBlank(file) {
  const bytes = new Uint8Array(HEADER);
  file.read(bytes, { at: 0 });
  return bytes.every((byte) => byte === 0);
}

/** How many bytes come before the JSON of a record. @param {number} layout */
function headOf(layout) {
  return layout === 1 ? 16 : 20;
}

/** @param {object} record @param {Uint8Array} bytes @param {number} generation @param {number} number */
function encode(record, bytes, generation, number) {
  const head = headOf(LAYOUT);
  const text = new TextEncoder().encode(JSON.stringify(record));
  const entry = new Uint8Array(head + text.length + bytes.length);
  entry.set(text, head);
  entry.set(bytes, head + text.length);
  const view = new DataView(entry.buffer);
  for (const [i, value] of [text.length, bytes.length, generation, number].entries()) view.setUint32(4 * i, value);
  view.setUint32(head - 4, checksum(entry, head));
  return entry;
}

/**
 * @param {Uint8Array} all
 * @param {number} at
 * @param {number} layout
 * @param {number} generation
 * @param {number} number
 */
function decode(all, at, layout, generation, number) {
  const head = headOf(layout);
  if (at + head > all.length) return undefined;
  const view = new DataView(all.buffer, at);
  const start = at + head + view.getUint32(0); // of the bytes
  const end = layout === 1 ? start : start + view.getUint32(4);
  const isNext = view.getUint32(head - 12) === generation && view.getUint32(head - 8) === number;
  if (!isNext || end > all.length) return undefined;
  if (view.getUint32(head - 4) !== checksum(all.subarray(at, end), head)) return undefined;
  const record = JSON.parse(new TextDecoder().decode(all.subarray(at + head, start)));
  return { record, bytes: all.slice(start, end), end };
}

/** Of all but the checksum itself, the last of the head. @param {Uint8Array} entry @param {number} head */
function checksum(entry, head) {
  return crc32(entry.subarray(head), crc32(entry.subarray(0, head - 4)));
}

/** @param {Handle} file */
function readAll(file) {
  const bytes = new Uint8Array(file.getSize());
  file.read(bytes, { at: 0 });
  return bytes;
}

/** @param {Handle} file @param {Uint8Array} bytes @param {number} at */
export function writeAll(file, bytes, at) {
  if (file.write(bytes, { at }) < bytes.length) throw new DOMException("There is no room left.", "QuotaExceededError");
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

/** CRC-32 as in ISO 3309. @param {Uint8Array} bytes @param {number} [before] of what stands before them */
function crc32(bytes, before = 0) {
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ /** @type {number} */ (TABLE[(crc ^ byte) & 0xff]);
  return ~crc >>> 0;
}
