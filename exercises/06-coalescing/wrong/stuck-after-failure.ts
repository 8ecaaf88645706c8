// Wrong: frees the key in then, which runs on success only: after one failure every later caller gets the old error
// Says: Call 1 for "sku:81" has ended, so the key is free again
interface Tier<V> {
  set(key: string, value: V): Promise<void>;
}

interface Pool<V> {
  ask(key: string): Promise<V>;
}

export class Coalescer<V> {
  private readonly inFlight = new Map<string, Promise<V>>();

  constructor(
    private readonly redis: Tier<V>,
    private readonly model: Pool<V>,
  ) {}

  get(key: string): Promise<V> {
    const joined = this.inFlight.get(key);
    if (joined) return joined;
    const call = this.load(key).then((value) => {
      this.inFlight.delete(key);
      return value;
    });
    this.inFlight.set(key, call);
    return call;
  }

  private async load(key: string): Promise<V> {
    const value = await this.model.ask(key);
    this.redis.set(key, value).catch(() => {});
    return value;
  }
}
