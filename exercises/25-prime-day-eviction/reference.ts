interface Entry {
  key: number;
  hits: number;
  /** Undefined once it is gone. */
  queue: Queue | undefined;
}

/** First in, first out. Entries that have gone or moved on stay in the list until they come to its front. */
class Queue {
  size = 0;
  private list: Entry[] = [];
  private front = 0;

  add(entry: Entry): void {
    entry.queue = this;
    this.list.push(entry);
    this.size += 1;
  }

  leave(entry: Entry): void {
    entry.queue = undefined;
    this.size -= 1;
  }

  first(): Entry {
    while (this.list[this.front].queue !== this) this.front += 1;
    if (this.front * 2 > this.list.length) {
      this.list = this.list.slice(this.front);
      this.front = 0;
    }
    return this.list[this.front];
  }

  /** Takes its first entry out. */
  shift(): Entry {
    const entry = this.first();
    this.front += 1;
    this.leave(entry);
    return entry;
  }
}

/** S3-FIFO: a small queue for what is new, a main queue for what was asked again, and a memory of what went lately. */
export class Eviction {
  private readonly entries = new Map<number, Entry>();
  private readonly small = new Queue();
  private readonly main = new Queue();
  private readonly gone = new Set<number>();

  constructor(private readonly capacity: number) {}

  onInsert(key: number): void {
    const entry: Entry = { key, hits: 0, queue: undefined };
    this.entries.set(key, entry);
    (this.gone.delete(key) ? this.main : this.small).add(entry);
  }

  onHit(key: number): void {
    const entry = this.entries.get(key);
    if (entry && entry.hits < 3) entry.hits += 1;
  }

  onRemove(key: number): void {
    const entry = this.entries.get(key);
    entry?.queue?.leave(entry);
    this.entries.delete(key);
  }

  victim(): number {
    const { small, main, capacity } = this;
    for (;;) {
      if (small.size * 10 >= capacity || main.size === 0) {
        const { key, hits } = small.first();
        if (hits < 2) {
          this.remember(key);
          return key;
        }
        const entry = small.shift();
        entry.hits = 0;
        main.add(entry);
      } else {
        const { key, hits } = main.first();
        if (hits === 0) return key;
        const entry = main.shift();
        entry.hits -= 1;
        main.add(entry);
      }
    }
  }

  private remember(key: number): void {
    this.gone.add(key);
    if (this.gone.size > this.capacity * 0.9) this.gone.delete(this.gone.values().next().value!);
  }
}
