export class TtlCache {
  private readonly entries = new Map<string, unknown>();

  constructor(
    readonly capacity: number,
    readonly ttlMs: number,
  ) {}

  set(key: string, value: unknown, nowMs: number): void {
    // When does this entry become too old? What if there is no room?
    this.entries.set(key, value);
    console.log('set', key, 'at', nowMs);
  }

  get(key: string, nowMs: number): unknown {
    console.log('get', key, 'at', nowMs);
    return this.entries.get(key);
  }

  size(nowMs: number): number {
    console.log('size at', nowMs);
    return this.entries.size;
  }
}
