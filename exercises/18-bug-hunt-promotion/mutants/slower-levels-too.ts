interface Entry {
  value: unknown;
  writtenMs: number;
  ttlMs: number;
}

/** The fastest first. */
const names = ['L1', 'L2', 'L3'];

export class Levels {
  private readonly stores = new Map(names.map((name) => [name, new Map<string, Entry>()]));

  write(level: string, key: string, value: unknown, nowMs: number, ttlMs: number): void {
    this.stores.get(level)?.set(key, { value, writtenMs: nowMs, ttlMs });
  }

  read(key: string, nowMs: number): unknown {
    for (const [place, name] of names.entries()) {
      const entry = this.find(name, key, nowMs);
      if (!entry) continue;
      for (const other of names) this.stores.get(other)?.set(key, { ...entry });
      return entry.value;
    }
    return undefined;
  }

  holds(level: string, key: string, nowMs: number): unknown {
    return this.find(level, key, nowMs)?.value;
  }

  private find(level: string, key: string, nowMs: number): Entry | undefined {
    const entry = this.stores.get(level)?.get(key);
    return entry && nowMs < entry.writtenMs + entry.ttlMs ? entry : undefined;
  }
}
