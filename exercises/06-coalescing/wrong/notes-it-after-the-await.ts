// Wrong: writes the call down after it has waited for it, when the others have called as well
// Says: is in flight, so this caller joins it
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

  async get(key: string): Promise<V> {
    const joined = this.inFlight.get(key);
    if (joined) return joined;
    try {
      const value = await this.model.ask(key);
      this.inFlight.set(key, Promise.resolve(value));
      this.redis.set(key, value).catch(() => {});
      return value;
    } finally {
      this.inFlight.delete(key);
    }
  }
}
