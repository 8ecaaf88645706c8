import type { Added, Batcher } from '../latency/batcher.ts';
import type { BatchingOccasion, BatchingPlugIn } from './plug-ins.ts';

/** What gathers the calls to a station: the machine of latency/batcher.ts, or one that asks a plug-in. */
export type Gatherer = Pick<
  Batcher,
  'counts' | 'waiting' | 'add' | 'dueMs' | 'generation' | 'due' | 'remove'
> & {
  /** A batch has come back from the station; gives the batch that goes now. */
  onAnswer?(nowMs: number): number[] | null;
  /** True once after the plug-in has named another time: a timer is wanted for it. */
  takeDelay?(): boolean;
};

/** Shorter waits are none: a rule that waits for nothing at all would stop the clock. */
const LEAST_MS = 0.01;

/** A batcher of one group whose every decision is a plug-in's. */
export class AskedBatcher implements Gatherer {
  readonly counts = { batches: 0, items: 0, full: 0, timedOut: 0, waitedMs: 0 };
  private items: number[] = [];
  private sinceMs: number[] = [];
  private untilMs = Infinity;
  private lastGeneration = 0;
  private delayed = false;

  constructor(
    private readonly waitMs: BatchingPlugIn,
    private readonly idle: () => number,
  ) {}

  get waiting(): number {
    return this.items.length;
  }

  add(_group: number, item: number, nowMs: number): Added {
    this.items.push(item);
    this.sinceMs.push(nowMs);
    const batch = this.ask('item', nowMs);
    if (batch) return batch;
    return this.takeDelay() ? 'opened' : 'joined';
  }

  dueMs(): number {
    return this.untilMs;
  }
  generation(): number {
    return this.items.length > 0 ? this.lastGeneration : 0;
  }

  due(_group: number, generation: number, nowMs: number): number[] | null {
    if (this.items.length === 0 || generation !== this.lastGeneration) return null;
    this.untilMs = Infinity;
    return this.ask('time', nowMs);
  }

  onAnswer(nowMs: number): number[] | null {
    return this.items.length > 0 ? this.ask('answer', nowMs) : null;
  }

  takeDelay(): boolean {
    const { delayed } = this;
    this.delayed = false;
    return delayed;
  }

  remove(_group: number, item: number): boolean {
    const at = this.items.indexOf(item);
    if (at < 0) return false;
    this.items.splice(at, 1);
    this.sinceMs.splice(at, 1);
    return true;
  }

  private ask(why: BatchingOccasion, nowMs: number): number[] | null {
    const oldestMs = nowMs - this.sinceMs[0]!;
    const waitMs = this.waitMs({ why, nowMs, waiting: this.items.length, oldestMs, idle: this.idle() });
    if (waitMs < LEAST_MS) return this.close(why, nowMs);
    const untilMs = nowMs + waitMs;
    // The timer that runs already will do when it is for the same time.
    if (untilMs !== this.untilMs) {
      this.untilMs = untilMs;
      this.lastGeneration++;
      this.delayed = untilMs < Infinity;
    }
    return null;
  }

  private close(why: BatchingOccasion, nowMs: number): number[] {
    const { items, sinceMs } = this;
    this.items = [];
    this.sinceMs = [];
    this.untilMs = Infinity;
    this.delayed = false;
    this.lastGeneration++;
    this.counts.batches++;
    this.counts.items += items.length;
    if (why === 'time') this.counts.timedOut++;
    else this.counts.full++;
    for (const since of sinceMs) this.counts.waitedMs += nowMs - since;
    return items;
  }
}
