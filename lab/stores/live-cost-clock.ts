/** Longest delay that a browser's timer takes. */
const LONGEST_TIMER_MS = 2_147_483_647;

interface Timer {
  atMs: number;
  run: () => void;
  handle: ReturnType<typeof setTimeout> | undefined;
}

/**
 * The clock of the cost page: the wall clock and what the learner has stepped forward. It never goes back. Everything that
 * happens in a step happens at its own time and in order: a task deferred to 22:00 is sent when the clock shows 22:00, also when
 * the step ends the day after.
 */
export class SteppedClock {
  /** A step is on its way; another one begins after it. */
  stepping = false;
  private aheadMs = 0;
  /** What the clock shows during a step; null when it runs by itself. */
  private shownMs: number | null = null;
  private readonly timers = new Set<Timer>();

  /** @param wallMs milliseconds since 1970, never going back. @param breathe lets the promises settle that a timer has woken. */
  constructor(
    private readonly wallMs: () => number,
    private readonly breathe: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve)),
  ) {}

  nowMs(): number {
    return Math.floor(this.shownMs ?? this.wallMs() + this.aheadMs);
  }

  /** What it is ahead of the wall clock. */
  get steppedMs(): number {
    return Math.max(0, this.aheadMs);
  }

  /** Runs something later; returns how to call it off. */
  set(delayMs: number, run: () => void): () => void {
    const timer: Timer = { atMs: this.nowMs() + Math.max(0, delayMs), run, handle: undefined };
    this.timers.add(timer);
    if (this.shownMs === null) this.arm(timer);
    return () => {
      clearTimeout(timer.handle);
      this.timers.delete(timer);
    };
  }

  /** Resolves after a time of this clock. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.set(ms, resolve));
  }

  /** Puts the clock forward; resolves when what falls due on the way has happened. @param onProgress a share from 0 to 1. */
  async step(ms: number, onProgress?: (share: number) => void): Promise<void> {
    if (this.stepping) return;
    this.stepping = true;
    const startMs = this.nowMs();
    const endMs = startMs + ms;
    this.shownMs = startMs;
    for (const { handle } of this.timers) clearTimeout(handle);
    try {
      // What was asked for a moment ago sets its timers first.
      await this.breathe();
      for (let due = this.dueBy(endMs); due.length > 0; due = this.dueBy(endMs)) {
        this.shownMs = Math.max(this.shownMs, due[0].atMs);
        onProgress?.((this.shownMs - startMs) / ms);
        for (const timer of due) if (this.timers.delete(timer)) timer.run();
        await this.breathe();
      }
    } finally {
      this.aheadMs = Math.max(this.aheadMs, endMs - this.wallMs());
      this.shownMs = null;
      this.stepping = false;
      for (const timer of this.timers) this.arm(timer);
    }
  }

  /** The timers that are the next to fall due, if that is in time. */
  private dueBy(endMs: number): Timer[] {
    let atMs = Infinity;
    for (const timer of this.timers) atMs = Math.min(atMs, timer.atMs);
    return atMs <= endMs ? [...this.timers].filter((timer) => timer.atMs === atMs) : [];
  }

  private arm(timer: Timer): void {
    const ms = Math.max(0, timer.atMs - this.nowMs());
    timer.handle = setTimeout(
      () => {
        if (this.nowMs() < timer.atMs) this.arm(timer);
        else if (this.timers.delete(timer)) timer.run();
      },
      Math.min(ms, LONGEST_TIMER_MS),
    );
  }
}
