// Wrong: asks all levels side by side to save time, and so sends every request to the slowest as well
// Says: The fastest level is asked first, and none beside it
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
    const answers = await Promise.allSettled(this.levels.map((level) => level.get(key)));
    const missed: Level[] = [];
    for (const [i, answer] of answers.entries()) {
      if (answer.status === 'rejected') continue;
      const entry = answer.value;
      if (entry && nowMs < entry.untilMs) {
        for (const level of missed) level.set(key, entry.value, entry.untilMs - nowMs).catch(() => {});
        return entry.value;
      }
      missed.push(this.levels[i]);
    }
    return undefined;
  }
}
