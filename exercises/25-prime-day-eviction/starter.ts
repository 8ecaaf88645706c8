export class Eviction {
  /** In the order in which they came. */
  private readonly keys = new Set<number>();

  constructor(readonly capacity: number) {}

  onInsert(key: number): void {
    this.keys.add(key);
  }

  onHit(key: number): void {
    // First in, first out: a hit changes nothing. Should it?
  }

  onRemove(key: number): void {
    this.keys.delete(key);
  }

  victim(): number {
    const [first] = this.keys;
    return first;
  }
}
