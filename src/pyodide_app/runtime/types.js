/**
 * The shapes that the runtime's modules hand to each other. Types only: nothing here runs.
 *
 * @typedef {"manifest" | "runtime" | "packages" | "app"} Stage
 *
 * @typedef {object} FileEntry a file to download; `sha256` in lowercase hex, `size` in bytes
 * @property {string} url
 * @property {string} sha256
 * @property {number} size
 *
 * @typedef {FileEntry & {name: string}} CoreFile
 * @typedef {FileEntry & {name: string, version: string, start: boolean}} PackageFile
 * @typedef {FileEntry & {path: string}} AppFile
 *
 * @typedef {object} Manifest what `<src>.app.json` says; URLs are made absolute by `readManifest`
 * @property {string} title
 * @property {string} entry
 * @property {{version: string, base: string, files: CoreFile[]}} pyodide
 * @property {FileEntry} lock
 * @property {PackageFile[]} packages
 * @property {Record<string, string[]>} on_demand
 * @property {AppFile[]} files
 * @property {string} [service_worker] of a built site
 *
 * @typedef {object} Progress
 * @property {Stage} stage
 * @property {number} loaded bytes of the whole start that are here and verified or on their way
 * @property {number} total bytes of the whole start
 * @property {string} message
 *
 * @typedef {object} SourceLine
 * @property {number} number
 * @property {string} text
 *
 * @typedef {object} Frame one entry of a Python traceback
 * @property {string} file
 * @property {number} line
 * @property {string} name
 * @property {boolean} own whether the author wrote it
 * @property {SourceLine[]} source the quoted line with its neighbours; empty for library code
 * @property {number} start where the failing part of the line begins, in characters
 * @property {number} end where it ends; equal to `start` where that is unknown
 *
 * @typedef {object} Raised one exception of a report
 * @property {string} link how it belongs to the one before it; empty for the first
 * @property {string} type
 * @property {string} message
 * @property {string[]} notes
 * @property {Frame[]} frames
 * @property {Raised[][]} parts the exceptions inside a group, each with its own chain
 *
 * @typedef {object} Report a Python exception, as `bridge/_report.py` describes it
 * @property {string} where
 * @property {string} title
 * @property {string} message
 * @property {string} hint
 * @property {Raised[]} chain
 * @property {string} traceback
 *
 * @typedef {object} Launcher the module `pyodide_app.bridge._launch`
 * @property {(show: (report: string) => void) => void} install
 * @property {(path: string, started: () => void) => Promise<string>} run a report, empty if the app's top level ended well
 * @property {(message: string) => string} crossed
 * @property {(source: string, path: string) => string} check
 *
 * @typedef {object} FileSystem
 * @property {(path: string) => void} mkdirTree
 * @property {(path: string) => string[]} readdir
 * @property {(path: string) => {node: {contents: Uint8Array, usedBytes: number}}} lookupPath
 * @property {new (number: number) => Error} ErrnoError
 * @property {(path: string, data: Uint8Array, options?: {canOwn?: boolean}) => void} writeFile canOwn: makes no copy
 *
 * @typedef {object} Pyodide the part of Pyodide's API that the page uses
 * @property {FileSystem} FS Emscripten's
 * @property {Record<string, string>} loadedPackages
 * @property {{PythonError: new () => Error & {type: string}}} ffi
 * @property {(names: string[], options: {messageCallback(text: string): void, errorCallback(text: string): void}) => Promise<unknown>} loadPackage
 * @property {(name: string) => any} pyimport
 * @property {(source: string) => any} runPython
 * @property {(archive: ArrayBuffer, format: string, options: {extractDir: string}) => void} unpackArchive
 * @property {() => Uint8Array<ArrayBuffer>} makeMemorySnapshot not documented
 * @property {{HEAP8: Int8Array}} _module Emscripten's
 * @property {(name: string, module: object) => void} registerJsModule
 * @property {(options: {write(buffer: Uint8Array): number, isatty: boolean}) => void} setStdout
 * @property {(options: {write(buffer: Uint8Array): number, isatty: boolean}) => void} setStderr
 */

export {};
