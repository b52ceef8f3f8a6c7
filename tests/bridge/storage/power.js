// Lives of a store on files that forget, when the power goes, what was not flushed. Says what went wrong.
async ([runtime, seeds]) => {
  const { OpfsDevice } = await import(`${runtime}storage-opfs.js`);
  const { Log } = await import(`${runtime}storage-log.js`);
  const { Volume } = await import(`${runtime}storage-volume.js`);

  const NO_POWER = new Error("no power");
  const [FILE, DEATHS, CHANGES] = [0o100644, 12, 40];

  /** A file of a disk: what was written since the last flush may be there after a loss of power, or not, or in part. */
  class File {
    constructor(power) {
      this.power = power;
      this.bytes = new Uint8Array(); // as a reader sees it
      this.room = new ArrayBuffer(4 << 20);
      this.pending = []; // [where, the bytes that were there before] of what was not flushed
    }
    #grow(size) {
      const before = this.bytes.length;
      this.bytes = new Uint8Array(this.room, 0, size);
      this.bytes.fill(0, before);
    }
    read(into, { at }) {
      const part = this.bytes.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    }
    write(bytes, { at }) {
      this.power.use();
      const end = at + bytes.length;
      if (end > this.bytes.length) this.#grow(end);
      this.pending.push([at, this.bytes.slice(at, end)]);
      this.bytes.set(bytes, at);
      return bytes.length;
    }
    truncate(size) {
      this.#grow(size);
    }
    getSize() {
      return this.bytes.length;
    }
    flush() {
      this.power.use();
      this.pending = [];
    }
    close() {}
    lose(random) {
      // Sectors are written whole, in any order.
      for (const [at, before] of this.pending.reverse()) {
        for (let i = 0; i < before.length; i += 512) {
          if (random() < 0.5 && at + i < this.bytes.length) {
            this.bytes.set(before.subarray(i, Math.min(i + 512, this.bytes.length - at)), at + i);
          }
        }
      }
      this.pending = [];
    }
  }

  function randomOf(seed) {
    return () => {
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  function treeOf(volume) {
    return JSON.stringify(
      [...volume.root.children.values()]
        .map((entry) => {
          const bytes = new Uint8Array(entry.size);
          volume.read(entry, bytes, 0);
          return [entry.name, entry.size, bytes.reduce((sum, byte, i) => (Math.imul(sum, 31) + byte + i) | 0, 0)];
        })
        .sort(),
    );
  }

  function change(volume, random) {
    const upTo = (limit) => Math.floor(random() * limit);
    const name = `f${upTo(6)}`;
    const there = volume.root.children.get(name);
    if (there && random() < 0.15) return volume.remove(there);
    const entry = there ?? volume.make(volume.root, name, FILE);
    if (random() < 0.15) return volume.resize(entry, upTo(30_000));
    const large = random() < 0.05;
    const bytes = new Uint8Array(upTo(large ? 400_000 : 9_000) + 1).map(() => random() * 256);
    volume.write(entry, bytes, upTo(entry.size + 3_000));
  }

  const wrong = [];
  let [acknowledged, deaths] = [0, 0];
  for (const seed of seeds) {
    const random = randomOf(seed);
    const power = {
      left: 0,
      use() {
        if (this.left-- <= 0) throw NO_POWER;
      },
    };
    const files = [new File(power), new File(power), new File(power)];
    let durable = treeOf(new Volume({ blockSize: 4096 }, []));
    for (let death = 0; death <= DEATHS; death++) {
      power.left = death < DEATHS ? Math.floor(random() * 120) : Infinity;
      let next = durable;
      try {
        const device = new OpfsDevice(files[0], new Log([files[1], files[2]]));
        const volume = new Volume(device, device.records);
        const found = treeOf(volume);
        if (found !== durable) wrong.push({ seed, death, found, durable });
        device.trim(volume.end);
        for (let i = 0; i < CHANGES; i++) {
          for (let some = random() * 4; some > 0; some--) change(volume, random);
          if (!volume.isChanged) continue;
          const { changes, record } = volume.take();
          next = treeOf(volume);
          device.commit(record, () => volume.snapshot());
          volume.settle(changes);
          durable = next;
          acknowledged++;
        }
      } catch (error) {
        if (error !== NO_POWER) throw error;
        deaths++;
        for (const file of files) file.lose(random);
        // What was on its way may have arrived.
        power.left = Infinity;
        const device = new OpfsDevice(files[0], new Log([files[1], files[2]]));
        const found = treeOf(new Volume(device, device.records));
        if (found !== durable && found !== next) wrong.push({ seed, death, found, durable, next });
        durable = found;
        for (const file of files) if (random() < 0.5) file.lose(random); // it goes again
      }
    }
  }
  return { acknowledged, deaths, wrong };
};
