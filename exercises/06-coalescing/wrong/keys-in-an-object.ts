// Wrong: keeps the calls in a plain object, which has a "constructor" before anybody has set one
// Says: There was no call for "constructor" yet
interface Tier<V> {
  set(key: string, value: V): Promise<void>;
}

interface Pool<V> {
  ask(key: string): Promise<V>;
}

export class Coalescer<V> {
  private readonly inFlight = {} as Record<string, Promise<V> | undefined>;

  constructor(
    private readonly redis: Tier<V>,
    private readonly model: Pool<V>,
  ) {}

  get(key: string): Promise<V> {
    const joined = this.inFlight[key];
    if (joined) return joined;
    const call = this.load(key).finally(() => delete this.inFlight[key]);
    this.inFlight[key] = call;
    return call;
  }

  private async load(key: string): Promise<V> {
    const value = await this.model.ask(key);
    this.redis.set(key, value).catch(() => {});
    return value;
  }
}
