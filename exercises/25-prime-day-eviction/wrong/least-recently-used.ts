// Wrong: least recently used, so a row of keys that come once drives out what is asked again and again
// Says: were asked again and again
export class Eviction {
  private readonly keys = new Set<number>();

  onInsert(key: number): void {
    this.keys.add(key);
  }

  onHit(key: number): void {
    this.keys.delete(key);
    this.keys.add(key);
  }

  onRemove(key: number): void {
    this.keys.delete(key);
  }

  victim(): number {
    const [first] = this.keys;
    return first;
  }
}
