// Wrong: a new value keeps the reads of the old one
// Says: a new value starts again from no reads
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
    const reads = this.entries.get(key)?.reads ?? 0;
    const isNew = !this.entries.delete(key);
    const gone = isNew && this.entries.size >= this.capacity ? this.worst(nowMs) : [];
    for (const victim of gone) this.entries.delete(victim);
    this.entries.set(key, { value, reads, usedMs: nowMs });
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
