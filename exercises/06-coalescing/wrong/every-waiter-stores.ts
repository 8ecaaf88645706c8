// Wrong: each waiter stores the value on its way back, so a flood of calls becomes a flood of writes
// Says: it is stored there once
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
    const call = this.inFlight.get(key) ?? this.model.ask(key).finally(() => this.inFlight.delete(key));
    this.inFlight.set(key, call);
    return this.stored(key, call);
  }

  private async stored(key: string, call: Promise<V>): Promise<V> {
    const value = await call;
    this.redis.set(key, value).catch(() => {});
    return value;
  }
}
