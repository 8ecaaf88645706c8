import { doubled } from '../core/growing.ts';

/**
 * Future events by time: a 4-ary heap in typed arrays, beside it a lane for events that are pushed in the order of their
 * times. Time-outs are such: with a constant time-out each is later than the one before, and most events are time-outs
 * that nobody waits for. Times are milliseconds; an event is an integer code. Events of equal time have no fixed order
 * between the two structures other than the lane first; the order is the same in every run.
 */
export class EventQueue {
  private times = new Float64Array(1024);
  private codes = new Int32Array(1024);
  private count = 0;
  private laneTimes = new Float64Array(1024);
  private laneCodes = new Int32Array(1024);
  private laneHead = 0;
  private laneTail = 0;

  get size(): number {
    return this.count + this.laneTail - this.laneHead;
  }

  /** Time of the next event; Infinity when there is none. */
  peekMs(): number {
    const heap = this.count > 0 ? this.times[0]! : Infinity;
    if (this.laneHead === this.laneTail) return heap;
    const lane = this.laneTimes[this.laneHead & (this.laneTimes.length - 1)]!;
    return lane <= heap ? lane : heap;
  }

  /** Removes the next event and returns its code. There must be one. */
  pop(): number {
    if (this.laneHead !== this.laneTail) {
      const i = this.laneHead & (this.laneTimes.length - 1);
      if (this.count === 0 || this.laneTimes[i]! <= this.times[0]!) {
        this.laneHead++;
        return this.laneCodes[i]!;
      }
    }
    return this.popHeap();
  }

  push(timeMs: number, code: number): void {
    if (this.count === this.times.length) {
      this.times = doubled(this.times);
      this.codes = doubled(this.codes);
    }
    const { times, codes } = this;
    let i = this.count++;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      if (times[parent]! <= timeMs) break;
      times[i] = times[parent]!;
      codes[i] = codes[parent]!;
      i = parent;
    }
    times[i] = timeMs;
    codes[i] = code;
  }

  /** For events that mostly come in the order of their times; one that does not goes to the heap. */
  pushOrdered(timeMs: number, code: number): void {
    const mask = this.laneTimes.length - 1;
    if (this.laneHead !== this.laneTail && this.laneTimes[(this.laneTail - 1) & mask]! > timeMs) {
      this.push(timeMs, code);
      return;
    }
    if (this.laneTail - this.laneHead > mask) this.growLane();
    const i = this.laneTail++ & (this.laneTimes.length - 1);
    this.laneTimes[i] = timeMs;
    this.laneCodes[i] = code;
  }

  private popHeap(): number {
    const { times, codes } = this;
    const code = codes[0]!;
    const n = --this.count;
    if (n === 0) return code;
    const time = times[n]!;
    const moved = codes[n]!;
    let i = 0;
    for (;;) {
      const first = (i << 2) + 1;
      if (first >= n) break;
      const last = first + 4 < n ? first + 4 : n;
      let child = first;
      let childTime = times[first]!;
      for (let j = first + 1; j < last; j++) {
        const t = times[j]!;
        if (t < childTime) {
          child = j;
          childTime = t;
        }
      }
      if (childTime >= time) break;
      times[i] = childTime;
      codes[i] = codes[child]!;
      i = child;
    }
    times[i] = time;
    codes[i] = moved;
    return code;
  }

  private growLane(): void {
    const size = this.laneTimes.length;
    const times = new Float64Array(size * 2);
    const codes = new Int32Array(size * 2);
    const live = this.laneTail - this.laneHead;
    for (let k = 0; k < live; k++) {
      const i = (this.laneHead + k) & (size - 1);
      times[k] = this.laneTimes[i]!;
      codes[k] = this.laneCodes[i]!;
    }
    this.laneTimes = times;
    this.laneCodes = codes;
    this.laneHead = 0;
    this.laneTail = live;
  }
}
