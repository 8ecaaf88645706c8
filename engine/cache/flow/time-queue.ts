/** What is to be done when a time has come; it is told what time it is. */
export type Wake = (nowMs: number) => void;

/** Something that is due at a time, until it is cancelled. */
export interface Alarm<T> {
  readonly atMs: number;
  readonly what: T;
  cancelled: boolean;
}

/** Alarms by time, those of equal time in the order in which they were set: a binary heap. Cancelling is O(1). */
export class TimeQueue<T> {
  private readonly heap: { alarm: Alarm<T>; order: number }[] = [];
  private order = 0;

  set(atMs: number, what: T): Alarm<T> {
    const alarm: Alarm<T> = { atMs, what, cancelled: false };
    const item = { alarm, order: this.order++ };
    const { heap } = this;
    let i = heap.push(item) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(item, heap[parent])) break;
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = item;
    return alarm;
  }

  /** Time of the next alarm that is not cancelled; Infinity when there is none. */
  nextMs(): number {
    while (this.heap.length > 0 && this.heap[0].alarm.cancelled) this.removeFirst();
    return this.heap.length > 0 ? this.heap[0].alarm.atMs : Infinity;
  }

  /** Takes the next alarm if it is due by `nowMs`. */
  takeDue(nowMs: number): Alarm<T> | undefined {
    return this.nextMs() <= nowMs ? this.removeFirst() : undefined;
  }

  private removeFirst(): Alarm<T> {
    const { heap } = this;
    const first = heap[0];
    const moved = heap.pop()!;
    const n = heap.length;
    if (n === 0) return first.alarm;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= n) break;
      if (child + 1 < n && before(heap[child + 1], heap[child])) child++;
      if (!before(heap[child], moved)) break;
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = moved;
    return first.alarm;
  }
}

function before<T>(a: { alarm: Alarm<T>; order: number }, b: { alarm: Alarm<T>; order: number }): boolean {
  return a.alarm.atMs < b.alarm.atMs || (a.alarm.atMs === b.alarm.atMs && a.order < b.order);
}
