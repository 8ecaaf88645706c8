interface Entry {
  lastMs: number;
  reads: number;
}

export class ScoreCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly capacity: number) {}

  set(key: string, nowMs: number): void {
    this.entries.delete(key);
    if (this.entries.size >= this.capacity) this.makeRoom(nowMs);
    this.entries.set(key, { lastMs: nowMs, reads: 0 });
  }

  get(key: string, nowMs: number): boolean {
    const entry = this.entries.get(key);
    if (!entry) return false;
    entry.lastMs = nowMs;
    entry.reads += 1;
    return true;
  }

  keys(): string[] {
    return [...this.entries.keys()].sort();
  }

  private makeRoom(nowMs: number): void {
    const score = ({ lastMs, reads }: Entry) => (nowMs - lastMs) / (reads + 1);
    const byScore = [...this.entries].sort(([, a], [, b]) => score(a) - score(b));
    const count = Math.max(1, Math.floor(this.entries.size / 5));
    for (const [key] of byScore.slice(0, count)) this.entries.delete(key);
  }
}
