/**
 * Records in two files of which one is current: a record is there whole, or not at all.
 *
 *     header   magic, layout, generation, checksum          32 bytes; of two valid ones the higher generation counts
 *     record   length, generation, number, checksum, JSON   the first is all of the tree, each other one a change
 *     record   …                                            the first that is not valid is the end
 *
 * When a file is full, the tree goes to the other one, whose header is written last: until then it does not count.
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

export const LAYOUT = 1;
const MAGIC = 0x70794150;
const HEADER = 32;
const HEAD = 16; // of a record
/** Kept for records, so that what frees room can be saved when there is no more (bytes). */
const RESERVED = 256 * 1024;

export class Log {
  /** @type {any[]} what is in it, in order; the reader may empty it */
  records = [];
  #current = 0;
  #generation = 0;
  #count = 0;
  #end = HEADER;
  #most = RESERVED;

  /**
   * @param {[Handle, Handle]} files
   * @throws {Error} they hold something else, are damaged or of a newer layout
   */
  constructor(files) {
    this.files = files;
    const headers = files.map(readHeader);
    if (files.every(isBlank)) return;
    this.#current = (headers[0] ?? 0) > (headers[1] ?? 0) ? 0 : 1;
    this.#generation = headers[this.#current] ?? 0;
    if (this.#generation) this.#readRecords();
    if (this.records.length === 0) throw new Error("What is stored here is damaged: it has no valid tree.");
  }

  /**
   * Keeps a record; when this returns, it is on the disk.
   *
   * @param {object} record
   * @param {() => object} snapshot the whole, with the record in it
   */
  append(record, snapshot) {
    const bytes = encode(record, this.#generation, this.#count);
    if (this.#generation === 0 || this.#end + bytes.length > this.#most) return this.#begin(snapshot());
    const file = this.files[this.#current === 0 ? 0 : 1];
    writeAll(file, bytes, this.#end);
    file.flush();
    this.#end += bytes.length;
    this.#count++;
  }

  /** @param {object} snapshot */
  #begin(snapshot) {
    const next = this.#current === 0 ? 1 : 0;
    const file = this.files[next];
    const bytes = encode(snapshot, this.#generation + 1, 0);
    const most = Math.max(RESERVED, 4 * bytes.length);
    if (file.getSize() < most) file.truncate(most);
    writeAll(file, bytes, HEADER);
    file.flush();
    writeAll(file, headerOf(this.#generation + 1), 0);
    file.flush();
    this.#current = next;
    this.#generation++;
    this.#count = 1;
    this.#end = HEADER + bytes.length;
    this.#most = most;
  }

  #readRecords() {
    const file = this.files[this.#current === 0 ? 0 : 1];
    const bytes = readAll(file);
    for (let record; (record = decode(bytes, this.#end, this.#generation, this.#count)); this.#count++) {
      this.records.push(record.value);
      this.#end = record.end;
    }
    this.#most = Math.max(RESERVED, bytes.length);
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

/** @param {Handle} file @returns {number | undefined} the generation, if the header is valid */
function readHeader(file) {
  const bytes = new Uint8Array(HEADER);
  file.read(bytes, { at: 0 });
  const view = new DataView(bytes.buffer);
  if (view.getUint32(0) !== MAGIC) return undefined;
  if (view.getUint32(HEADER - 4) !== crc32(bytes.subarray(0, HEADER - 4))) return undefined;
  const layout = view.getUint32(4);
  if (layout > LAYOUT) throw new Error(`What is stored here has layout ${layout}; this version knows up to ${LAYOUT}.`);
  return view.getUint32(8);
}

/** Whether no header was ever written. @param {Handle} file */
function isBlank(file) {
  const bytes = new Uint8Array(HEADER);
  file.read(bytes, { at: 0 });
  return bytes.every((byte) => byte === 0);
}

/** @param {object} value @param {number} generation @param {number} number */
function encode(value, generation, number) {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const bytes = new Uint8Array(HEAD + text.length);
  bytes.set(text, HEAD);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, text.length);
  view.setUint32(4, generation);
  view.setUint32(8, number);
  view.setUint32(12, checksum(bytes));
  return bytes;
}

/** @param {Uint8Array} bytes @param {number} at @param {number} generation @param {number} number */
function decode(bytes, at, generation, number) {
  if (at + HEAD > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, at);
  const end = at + HEAD + view.getUint32(0);
  if (end > bytes.length || view.getUint32(4) !== generation || view.getUint32(8) !== number) return undefined;
  if (view.getUint32(12) !== checksum(bytes.subarray(at, end))) return undefined;
  return { value: JSON.parse(new TextDecoder().decode(bytes.subarray(at + HEAD, end))), end };
}

/** Of all but the checksum itself. @param {Uint8Array} record */
function checksum(record) {
  return crc32(record.subarray(HEAD), crc32(record.subarray(0, 12)));
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
