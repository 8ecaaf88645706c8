type Start = (nowMs: number) => void;

/**
 * Changes of one key in one tier go one after the other, so that an older value cannot arrive after a newer one, whatever the way to
 * the tier does with their order.
 */
export class KeyLanes {
  /** Those who wait, by tier and key; present while somebody is in the lane. */
  private readonly lanes: readonly Map<string, Start[]>[];

  constructor(tiers: number) {
    this.lanes = Array.from({ length: tiers }, () => new Map());
  }

  isFree(tier: number, key: string): boolean {
    return !this.lanes[tier].has(key);
  }

  /** Calls `start` when it is one's turn, at once when the lane is free. Who has started must leave. */
  enter(tier: number, key: string, nowMs: number, start: Start): void {
    const waiting = this.lanes[tier].get(key);
    if (waiting) {
      waiting.push(start);
      return;
    }
    this.lanes[tier].set(key, []);
    start(nowMs);
  }

  leave(tier: number, key: string, nowMs: number): void {
    const next = this.lanes[tier].get(key)!.shift();
    if (next) next(nowMs);
    else this.lanes[tier].delete(key);
  }
}
