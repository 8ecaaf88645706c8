export class LruCache {
  private readonly values = new Map<string, unknown>();

  constructor(
    private readonly maxEntries: number,
    private readonly maxBytes: number,
  ) {}

  get(key: string): unknown {
    // What has to be known afterwards about this key?
    return this.values.get(key);
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  set(key: string, value: unknown, sizeBytes: number): string[] {
    // Which keys have to go, so that both limits hold?
    this.values.set(key, value);
    return [];
  }

  bytes(): number {
    return 0;
  }

  /** Asks for one key after the other and stores what is missing. Half the keys come again and again. Returns the number of hits. */
  replay(requests: number): number {
    let hits = 0;
    for (let i = 0; i < requests; i++) {
      const key = i % 2 ? `often ${(i * i) % 9973}` : `once ${i}`;
      if (this.get(key) === undefined) this.set(key, key, 1);
      else hits += 1;
    }
    return hits;
  }
}
