// Wrong: sorted the wrong way round, so the most used key goes
// Says: those go first
export class Eviction {
  private readonly hits = new Map<number, number>();

  onInsert(key: number): void {
    this.hits.set(key, 0);
  }

  onHit(key: number): void {
    this.hits.set(key, (this.hits.get(key) ?? 0) + 1);
  }

  onRemove(key: number): void {
    this.hits.delete(key);
  }

  victim(): number {
    const [[key]] = [...this.hits].sort(([, a], [, b]) => b - a);
    return key;
  }
}
