import { TimeQueue, type Alarm, type Wake } from './time-queue.ts';

/** A clock that goes from one appointment to the next. Several drivers may share it. */
export class VirtualTime {
  nowMs: number;
  private readonly queue = new TimeQueue<Wake>();

  constructor(startMs = 0) {
    this.nowMs = startMs;
  }

  at(atMs: number, wake: Wake): Alarm<Wake> {
    return this.queue.set(Math.max(atMs, this.nowMs), wake);
  }

  /** Does what is due up to and including `untilMs`, and what comes of it; the clock then stands there. */
  advanceTo(untilMs: number): void {
    while (this.step(untilMs));
    if (untilMs > this.nowMs && untilMs < Infinity) this.nowMs = untilMs;
  }

  /** Does one thing that is due by then; false when nothing is. */
  step(untilMs: number): boolean {
    const due = this.queue.takeDue(untilMs);
    if (!due) return false;
    this.nowMs = due.atMs;
    due.what(due.atMs);
    return true;
  }
}
