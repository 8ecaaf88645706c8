export class ScoreCache {
  private readonly values = new Map<string, unknown>();

  constructor(private readonly capacity: number) {}

  /** Returns the keys that had to go. */
  set(key: string, value: unknown, nowMs: number): string[] {
    // What does the score need to know of this entry? Who goes when it does not fit?
    this.values.set(key, value);
    return [];
  }

  get(key: string, nowMs: number): unknown {
    return this.values.get(key);
  }

  score(key: string, nowMs: number): number | undefined {
    return this.values.has(key) ? nowMs : undefined;
  }
}
