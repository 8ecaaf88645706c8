// Wrong: keeps one call in flight for all keys, so a second key gets the answer of the first
// Says: There was no call for "sku:82" yet
interface Tier<V> {
  set(key: string, value: V): Promise<void>;
}

interface Pool<V> {
  ask(key: string): Promise<V>;
}

export class Coalescer<V> {
  private inFlight: Promise<V> | undefined;

  constructor(
    private readonly redis: Tier<V>,
    private readonly model: Pool<V>,
  ) {}

  get(key: string): Promise<V> {
    this.inFlight ??= this.load(key).finally(() => {
      this.inFlight = undefined;
    });
    return this.inFlight;
  }

  private async load(key: string): Promise<V> {
    const value = await this.model.ask(key);
    this.redis.set(key, value).catch(() => {});
    return value;
  }
}
