// Tabs that count in one file through whoever writes, who leaves again and again. Says what they counted and what is there.
async ([runtime, tabs, rounds]) => {
  const { Announcer, Line } = await import(`${runtime}storage-channel.js`);
  const { MemoryDevice } = await import(`${runtime}storage-memory.js`);
  const { Replica } = await import(`${runtime}storage-replica.js`);
  const { SILENT } = await import(`${runtime}storage-saver.js`);
  const { Store } = await import(`${runtime}storage-store.js`);

  const name = `counting ${Math.random()}`;
  const FS = { mkdirTree() {}, mount() {}, unmount() {}, hashRemoveNode() {}, ErrnoError: Error };
  const pause = (most) => new Promise((resolve) => setTimeout(resolve, Math.random() * most));

  /** What outlives its writers. */
  const disk = { records: [], blocks: new Map() };
  class Disk extends MemoryDevice {
    constructor() {
      super(4096);
      Object.assign(this, { records: [...disk.records], blocks: disk.blocks, kind: "memory", isImmediate: false });
    }
    trim() {}
    close() {}
    async commit(record) {
      const kept = structuredClone(record);
      await pause(3);
      disk.records.push(kept);
    }
  }

  const read = (volume) => {
    const entry = volume.root.children.get("number");
    if (!entry) return 0;
    const bytes = new Uint8Array(entry.size);
    volume.read(entry, bytes, 0);
    return Number(new TextDecoder().decode(bytes));
  };
  const write = (volume, number) => {
    const entry = volume.root.children.get("number") ?? volume.make(volume.root, "number", 0o100644);
    volume.resize(entry, 0);
    volume.write(entry, new TextEncoder().encode(String(number)), 0);
  };

  let left = tabs;
  async function writeForAll() {
    while (left > 0) {
      const announcer = new Announcer(name);
      const store = new Store(FS, "/", new Disk(), (changes, record) => announcer.announce(changes, record), SILENT);
      announcer.begin(store);
      await pause(40);
      await store.flush();
      announcer.close(); // it may have said nothing yet of what it has saved
    }
  }

  const counted = { times: 0, refused: 0 };
  async function count() {
    const line = new Line(name);
    const replica = new Replica(FS, "/", line, await line.first, SILENT, false);
    for (let done = 0; done < rounds; ) {
      write(replica.volume, read(replica.volume) + 1);
      const problem = await replica.flush();
      if (problem && problem.name !== "ConflictError") throw new Error(problem.message);
      if (problem) counted.refused++;
      else done++;
      if (Math.random() < 0.3) await pause(3);
    }
    counted.times += rounds;
    left--;
    line.close();
  }

  await Promise.all([writeForAll(), ...Array.from({ length: tabs }, count)]);
  return { ...counted, found: read(new Store(FS, "/", new Disk(), () => {}, SILENT).volume) };
};
