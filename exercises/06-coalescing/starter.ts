interface Tier<V> {
  set(key: string, value: V): Promise<void>;
}

interface Pool<V> {
  ask(key: string): Promise<V>;
}

export class Coalescer<V> {
  constructor(
    private readonly redis: Tier<V>,
    private readonly model: Pool<V>,
  ) {}

  get(key: string): Promise<V> {
    // Is there a call for this key already? And who has to know when it ends?
    return this.model.ask(key);
  }
}
