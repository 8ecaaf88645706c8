// Wrong: looks through all entries for the oldest, so room costs more the more there is
// Says: one step each instead of a search: stopped
interface Entry {
  value: unknown;
  sizeBytes: number;
  usedAt: number;
}

export class LruCache {
  private readonly entries = new Map<string, Entry>();
  private usedBytes = 0;
  private uses = 0;

  constructor(
    private readonly maxEntries: number,
    private readonly maxBytes: number,
  ) {}

  get(key: string): unknown {
    const entry = this.entries.get(key);
    if (entry) entry.usedAt = ++this.uses;
    return entry?.value;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  set(key: string, value: unknown, sizeBytes: number): string[] {
    this.remove(key);
    if (sizeBytes > this.maxBytes) return [];
    this.entries.set(key, { value, sizeBytes, usedAt: ++this.uses });
    this.usedBytes += sizeBytes;
    const gone: string[] = [];
    while (this.entries.size > this.maxEntries || this.usedBytes > this.maxBytes) {
      const oldest = this.oldest();
      gone.push(oldest);
      this.remove(oldest);
    }
    return gone;
  }

  bytes(): number {
    return this.usedBytes;
  }

  replay(requests: number): number {
    let hits = 0;
    for (let i = 0; i < requests; i++) {
      const key = i % 2 ? `often ${(i * i) % 9973}` : `once ${i}`;
      if (this.get(key) === undefined) this.set(key, key, 1);
      else hits += 1;
    }
    return hits;
  }

  private oldest(): string {
    return [...this.entries].sort(([, a], [, b]) => a.usedAt - b.usedAt)[0][0];
  }

  private remove(key: string): void {
    this.usedBytes -= this.entries.get(key)?.sizeBytes ?? 0;
    this.entries.delete(key);
  }
}
