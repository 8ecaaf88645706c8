// Wrong: a read does not count as use, so the oldest entry goes even when it was just read
// Says: A read counts as use
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
    this.entries.delete(key);
    if (this.entries.size >= this.capacity) this.makeRoom(nowMs);
    this.entries.set(key, { value, untilMs: nowMs + this.ttlMs });
  }

  get(key: string, nowMs: number): unknown {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    if (nowMs >= entry.untilMs) return undefined;
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
