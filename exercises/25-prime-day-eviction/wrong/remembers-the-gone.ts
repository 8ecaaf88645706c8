// Wrong: keys whose time to live was over stay in the books, and are named again
// Says: A key that is not held cannot go
export class Eviction {
  private readonly hits = new Map<number, number>();

  onInsert(key: number): void {
    this.hits.set(key, 0);
  }

  onHit(key: number): void {
    this.hits.set(key, (this.hits.get(key) ?? 0) + 1);
  }

  onRemove(): void {}

  victim(): number {
    let best = -1;
    for (const [key, hits] of this.hits) if (best < 0 || hits < (this.hits.get(best) ?? 0)) best = key;
    return best;
  }
}
