// Wrong: one try around the whole walk: a level that fails ends the request
// Says: L1 failed, so it is passed by
interface Entry {
  value: unknown;
  ttlMs: number;
  untilMs: number;
}

interface Level {
  get(key: string): Promise<Entry | undefined>;
  set(key: string, value: unknown, ttlMs: number): Promise<void>;
}

export class TieredCache {
  constructor(private readonly levels: Level[]) {}

  async get(key: string, nowMs: number): Promise<unknown> {
    if (key === '') throw new Error('The key is empty.');
    const missed: Level[] = [];
    try {
      for (const level of this.levels) {
        const entry = await level.get(key);
        if (entry && nowMs < entry.untilMs) {
          for (const faster of missed) faster.set(key, entry.value, entry.untilMs - nowMs).catch(() => {});
          return entry.value;
        }
        missed.push(level);
      }
    } catch {
      return undefined;
    }
    return undefined;
  }
}
