// Wrong: promotes with the full time to live, so what goes from level to level never becomes too old
// Says: it is stored there for what is left: 600 − 500 = 100 ms
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
    for (const level of this.levels) {
      let entry: Entry | undefined;
      try {
        entry = await level.get(key);
      } catch {
        continue;
      }
      if (entry && nowMs < entry.untilMs) {
        promote(key, entry, missed, nowMs);
        return entry.value;
      }
      missed.push(level);
    }
    return undefined;
  }
}

/** Nobody waits for it: a copy that does not come about costs a farther look the next time, and no more. */
function promote(key: string, { value, ttlMs }: Entry, levels: Level[], nowMs: number): void {
  for (const level of levels) level.set(key, value, ttlMs).catch(() => {});
}
