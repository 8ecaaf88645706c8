// Wrong: makes room before it looks whether the key is there already, so setting a key again throws another one out
// Says: so setting it again needed no more room
interface Entry {
  value: unknown;
  untilMs: number;
}

export class TtlCache {
  /** The least recently used key is the first. */
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly capacity: number,
    private readonly ttlMs: number,
  ) {}

  set(key: string, value: unknown, nowMs: number): void {
    if (this.entries.size >= this.capacity) this.makeRoom(nowMs);
    this.entries.delete(key);
    this.entries.set(key, { value, untilMs: nowMs + this.ttlMs });
  }

  get(key: string, nowMs: number): unknown {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    if (nowMs >= entry.untilMs) return undefined;
    this.entries.set(key, entry);
    return entry.value;
  }

  size(nowMs: number): number {
    this.dropOld(nowMs);
    return this.entries.size;
  }

  private makeRoom(nowMs: number): void {
    this.dropOld(nowMs);
    for (const key of this.entries.keys()) {
      if (this.entries.size < this.capacity) return;
      this.entries.delete(key);
    }
  }

  private dropOld(nowMs: number): void {
    for (const [key, { untilMs }] of this.entries) if (nowMs >= untilMs) this.entries.delete(key);
  }
}
