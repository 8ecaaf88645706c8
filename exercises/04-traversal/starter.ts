interface Entry {
  value: unknown;
  /** For how long it was stored. */
  ttlMs: number;
  /** When that is over. */
  untilMs: number;
}

interface Level {
  get(key: string): Promise<Entry | undefined>;
  set(key: string, value: unknown, ttlMs: number): Promise<void>;
}

export class TieredCache {
  /** The fastest level is the first. */
  constructor(private readonly levels: Level[]) {}

  async get(key: string, nowMs: number): Promise<unknown> {
    const entry = await this.levels[0].get(key);
    // And if this level has nothing, or fails?
    return entry?.value;
  }
}
