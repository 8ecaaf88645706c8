export class StockCache {
  private readonly origin = new Map<string, unknown>();
  private readonly cached = new Map<string, unknown>();
  /** Keys that the origin does not have. */
  private readonly absent = new Set<string>();
  private asked = 0;

  write(key: string, value: unknown): void {
    this.origin.set(key, value);
    this.cached.delete(key);
  }

  read(key: string): unknown {
    if (this.cached.has(key)) return this.cached.get(key);
    if (this.absent.has(key)) return undefined;
    this.asked += 1;
    const value = this.origin.get(key);
    if (value === undefined) this.absent.add(key);
    else this.cached.set(key, value);
    return value;
  }

  readOr(key: string, fallback: unknown): unknown {
    const value = this.read(key);
    return value === undefined ? fallback : value;
  }

  loads(): number {
    return this.asked;
  }
}
