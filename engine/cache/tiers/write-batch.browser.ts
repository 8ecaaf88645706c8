/** A change that waits to be written, with those who wait for it. */
export type Change<T> = { put: T } | { remove: true };

interface Pending<T> {
  change: Change<T>;
  waiters: { resolve: (stored: boolean) => void; reject: (error: unknown) => void }[];
}

/**
 * Gathers changes into transactions (group commit): what comes while a batch is being written goes into the next one, and what
 * comes within one turn goes together. No timers. A newer change of a key takes the place of the one that waits.
 */
export class WriteBatches<T> {
  private waiting = new Map<string, Pending<T>>();
  private flying = new Map<string, Pending<T>>();
  private running: Promise<void> | undefined;

  /** @param write writes a batch; resolves by key: true, false (declined), or the error of that key. */
  constructor(
    private readonly write: (
      changes: ReadonlyMap<string, Change<T>>,
    ) => Promise<Map<string, boolean | Error>>,
  ) {}

  /** Settles when the change is durable, or has given way to a newer one that is. */
  add(key: string, change: Change<T>): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const pending = this.waiting.get(key);
      if (pending) {
        pending.change = change;
        pending.waiters.push({ resolve, reject });
      } else this.waiting.set(key, { change, waiters: [{ resolve, reject }] });
      this.running ??= this.run();
    });
  }

  /** The change of a key that is not yet in the store. */
  find(key: string): Change<T> | undefined {
    return (this.waiting.get(key) ?? this.flying.get(key))?.change;
  }

  get size(): number {
    return this.waiting.size + this.flying.size;
  }

  /** Resolves when all that was added before has settled. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    await Promise.resolve(); // what this turn still adds goes along
    while (this.waiting.size > 0) {
      this.flying = this.waiting;
      this.waiting = new Map();
      const changes = new Map([...this.flying].map(([key, { change }]) => [key, change]));
      let results: Map<string, boolean | Error> | undefined;
      let failure: unknown;
      try {
        results = await this.write(changes);
      } catch (error) {
        failure = error;
      }
      const done = this.flying;
      this.flying = new Map();
      for (const [key, { waiters }] of done) {
        const result = results?.get(key) ?? failure ?? new Error(`no result for "${key}"`);
        for (const { resolve, reject } of waiters)
          if (typeof result === 'boolean') resolve(result);
          else reject(result);
      }
    }
    this.running = undefined;
  }
}
