// Wrong: makes room for every set, also for a key that is there already
// Says: its new value takes no more room
interface Entry {
  value: unknown;
  reads: number;
  usedMs: number;
}

export class ScoreCache {
  /** In the order in which they were set. */
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly capacity: number) {}

  set(key: string, value: unknown, nowMs: number): string[] {
    const isNew = !this.entries.delete(key);
    const gone = this.entries.size + Number(!isNew) >= this.capacity ? this.worst(nowMs) : [];
    for (const victim of gone) this.entries.delete(victim);
    this.entries.set(key, { value, reads: 0, usedMs: nowMs });
    return gone;
  }

  get(key: string, nowMs: number): unknown {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    entry.reads += 1;
    entry.usedMs = nowMs;
    return entry.value;
  }

  score(key: string, nowMs: number): number | undefined {
    const entry = this.entries.get(key);
    return entry && scoreOf(entry, nowMs);
  }

  private worst(nowMs: number): string[] {
    return [...this.entries]
      .sort(([, a], [, b]) => scoreOf(b, nowMs) - scoreOf(a, nowMs))
      .slice(0, Math.ceil(this.capacity / 5))
      .map(([key]) => key);
  }
}

function scoreOf({ reads, usedMs }: Entry, nowMs: number): number {
  return (nowMs - usedMs) / (reads + 1);
}
