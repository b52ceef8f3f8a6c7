/**
 * Takes wheels apart while Python starts; Pyodide would unpack them afterwards, in Python.
 *
 *     wheel ──> files    what lies in site-packages as it is: written there in one go
 *          └──> rest     a wheel of what Pyodide must see itself: metadata, data, libraries to link
 *
 * A built site's wheels are not compressed (its host compresses them); what is compressed goes to the rest.
 *
 * The format: APPNOTE.TXT of PKWARE, sections 4.3.7 (a file's header), 4.3.12 (the directory), 4.3.16 (its end).
 */

/** @typedef {import("./types.js").Pyodide} Pyodide */
/** @typedef {{files: Map<string, Uint8Array>, rest: Uint8Array<ArrayBuffer>}} Parts */

/**
 * @typedef {object} Member
 * @property {string} name
 * @property {boolean} isStored it is there as it is, not compressed
 * @property {number} at where its header begins
 * @property {number} begin where its bytes begin
 * @property {number} end and end
 * @property {Uint8Array} entry its entry in the directory
 */

const HEADER = { mark: 0x04034b50, size: 30 };
const ENTRY = { mark: 0x02014b50, size: 46, at: 42 };
const END = { mark: 0x06054b50, size: 22 };
const STORED = 0;
const LEFT_TO_PYODIDE = [
  /^[^/]+\.(dist-info|data)\//,
  /\.so(\.|$)/,
  /^\/|\\|(^|\/)\.\.(\/|$)|[^\x20-\x7e]/, // names that could mean another place, or another name
];

/**
 * The two parts of a wheel.
 *
 * @param {Uint8Array<ArrayBuffer>} wheel
 * @returns {Parts} all in `rest`, if it is no archive that can be taken apart here
 */
export function takeApart(wheel) {
  try {
    /** @type {Map<string, Uint8Array>} */
    const files = new Map();
    /** @type {Member[]} */
    const others = [];
    for (const member of membersOf(wheel)) {
      const { name, isStored, begin, end } = member;
      if (!isStored || LEFT_TO_PYODIDE.some((pattern) => pattern.test(name))) others.push(member);
      else if (!name.endsWith("/")) files.set(name, wheel.subarray(begin, end));
    }
    return { files, rest: files.size > 0 ? packed(wheel, others) : wheel };
  } catch {
    return { files: new Map(), rest: wheel }; // Pyodide takes it, or says what is wrong with it
  }
}

/**
 * Puts files where packages are.
 *
 * @param {Pyodide} pyodide
 * @param {Map<string, Uint8Array>} files
 */
export function put(pyodide, files) {
  if (files.size === 0) return;
  const { FS } = pyodide;
  const site = pyodide.runPython("__import__('site').getsitepackages()[0]");
  const folders = new Set();
  for (const [name, content] of files) {
    const path = `${site}/${name}`;
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (!folders.has(folder)) FS.mkdirTree(folder);
    folders.add(folder);
    FS.writeFile(path, content);
  }
}

/** @param {Uint8Array<ArrayBuffer>} wheel @returns {Member[]} */
function membersOf(wheel) {
  const view = new DataView(wheel.buffer, wheel.byteOffset, wheel.length);
  let end = wheel.length - END.size;
  while (view.getUint32(end, true) !== END.mark) end -= 1; // a comment may follow
  let at = view.getUint32(end + 16, true);
  return Array.from({ length: view.getUint16(end + 10, true) }, () => {
    if (view.getUint32(at, true) !== ENTRY.mark) throw new Error("It has no such entry.");
    const name = view.getUint16(at + 28, true);
    const others = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const header = view.getUint32(at + ENTRY.at, true);
    if (view.getUint32(header, true) !== HEADER.mark) throw new Error("It has no such member.");
    const begin = header + HEADER.size + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
    const entry = wheel.subarray(at, at + ENTRY.size + name + others);
    const member = {
      name: new TextDecoder().decode(entry.subarray(ENTRY.size, ENTRY.size + name)),
      isStored: view.getUint16(at + 10, true) === STORED,
      at: header,
      begin,
      end: begin + view.getUint32(at + 20, true),
      entry,
    };
    at += entry.length;
    return member;
  });
}

/**
 * An archive of members of another one, as they are there.
 *
 * @param {Uint8Array<ArrayBuffer>} wheel
 * @param {Member[]} members
 */
function packed(wheel, members) {
  /** @type {Uint8Array[]} */
  const parts = [];
  let size = 0;
  /** @param {Uint8Array} part */
  const add = (part) => {
    parts.push(part);
    size += part.length;
  };
  const entries = members.map(({ at, end, entry }) => {
    const moved = entry.slice();
    new DataView(moved.buffer).setUint32(ENTRY.at, size, true);
    add(wheel.subarray(at, end));
    return moved;
  });
  const directory = size;
  entries.forEach(add);
  const last = new DataView(new ArrayBuffer(END.size));
  last.setUint32(0, END.mark, true);
  last.setUint16(8, members.length, true);
  last.setUint16(10, members.length, true);
  last.setUint32(12, size - directory, true);
  last.setUint32(16, directory, true);
  add(new Uint8Array(last.buffer));
  const archive = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    archive.set(part, at);
    at += part.length;
  }
  return archive;
}
