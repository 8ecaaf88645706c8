// Wrong: victim forgets the key at once, so it has nothing to name when it is asked again
// Says: What you named stays until onRemove says that it is gone
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
    const [[key]] = [...this.hits].sort(([, a], [, b]) => a - b);
    this.hits.delete(key);
    return key;
  }
}
