// Wrong: a lock around all: a key waits until the calls for other keys are over
// Says: What is in flight for other keys does not matter
interface Tier<V> {
  set(key: string, value: V): Promise<void>;
}

interface Pool<V> {
  ask(key: string): Promise<V>;
}

export class Coalescer<V> {
  private readonly inFlight = new Map<string, Promise<V>>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly redis: Tier<V>,
    private readonly model: Pool<V>,
  ) {}

  get(key: string): Promise<V> {
    const joined = this.inFlight.get(key);
    if (joined) return joined;
    const call = this.last.then(() => this.load(key)).finally(() => this.inFlight.delete(key));
    this.last = call.catch(() => {});
    this.inFlight.set(key, call);
    return call;
  }

  private async load(key: string): Promise<V> {
    const value = await this.model.ask(key);
    this.redis.set(key, value).catch(() => {});
    return value;
  }
}
