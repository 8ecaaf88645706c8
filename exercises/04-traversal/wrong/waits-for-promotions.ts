// Wrong: awaits each promotion, so a slow level delays an answer that is there
// Says: The answer waits for no promotion
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
        await promote(key, entry, missed, nowMs);
        return entry.value;
      }
      missed.push(level);
    }
    return undefined;
  }
}

async function promote(
  key: string,
  { value, untilMs }: Entry,
  levels: Level[],
  nowMs: number,
): Promise<void> {
  for (const level of levels) await level.set(key, value, untilMs - nowMs).catch(() => {});
}
