/** Counts that go on through the warm-up, because a series takes their differences; a report takes them from the mark on. */
export class Tally<T extends Record<string, number>> {
  private marked: T;

  constructor(readonly now: T) {
    this.marked = { ...now };
  }

  /** The end of the warm-up. */
  mark(): void {
    this.marked = { ...this.now };
  }

  sinceMark(): T {
    const entries = Object.entries(this.now).map(([name, n]) => [name, n - this.marked[name]!]);
    return Object.fromEntries(entries) as T;
  }
}
