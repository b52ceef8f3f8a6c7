// The same in a worker, with an operation on its files at which it stops for ever, half done if it is a write.
import { run } from "./writer.js";

onmessage = ({ data: options }) => {
  let left = Number(options.stop);
  for (const name of ["write", "flush", "truncate"]) {
    const original = FileSystemSyncAccessHandle.prototype[name];
    FileSystemSyncAccessHandle.prototype[name] = function (...args) {
      if (!globalThis.isCounting || --left !== 0) return original.apply(this, args);
      if (name === "write") original.call(this, args[0].subarray(0, args[0].length / 2), args[1]);
      console.log("stopped");
      for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    };
  }
  run(options);
};
