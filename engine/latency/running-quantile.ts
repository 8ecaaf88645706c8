import { LogHistogram } from '../core/histogram.ts';

/**
 * A quantile of the last half to whole `windowMs` of samples: two histograms take turns, and each is forgotten when its turn
 * comes again. Within 0.8 % of the true quantile (LogHistogram). The value is brought up to date when the samples have grown by a
 * sixteenth, not at each one, so that a sample costs a few additions. `nowMs` never goes back.
 */
export class RunningQuantile {
  private recent = new LogHistogram();
  private older = new LogHistogram();
  private readonly both = new LogHistogram();
  private turnMs: number;
  private next = 0;
  private value = NaN;

  /** @param p the quantile, 0 to 1; @param leastSamples below which there is none. */
  constructor(
    private readonly p: number,
    private readonly windowMs: number,
    private readonly leastSamples: number,
  ) {
    this.turnMs = windowMs / 2;
    this.next = leastSamples;
  }

  add(value: number, nowMs: number): void {
    this.advance(nowMs);
    this.recent.add(value);
    if (this.recent.total + this.older.total >= this.next) this.refresh();
  }

  /** NaN while there are too few samples. */
  quantile(nowMs: number): number {
    this.advance(nowMs);
    return this.value;
  }

  private advance(nowMs: number): void {
    if (nowMs < this.turnMs) return;
    const half = this.windowMs / 2;
    const forgotten = this.older;
    forgotten.clear();
    if (nowMs >= this.turnMs + half) this.recent.clear();
    this.older = this.recent;
    this.recent = forgotten;
    this.turnMs = (Math.floor(nowMs / half) + 1) * half;
    this.refresh();
  }

  private refresh(): void {
    const samples = this.recent.total + this.older.total;
    this.next = Math.max(this.leastSamples, samples + Math.max(1, Math.floor(samples / 16)));
    if (samples < this.leastSamples) {
      this.value = NaN;
      return;
    }
    this.both.clear();
    this.both.merge(this.recent);
    this.both.merge(this.older);
    this.value = this.both.quantile(this.p);
  }
}
