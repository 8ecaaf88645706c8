import { BUCKETS, bucketOf, bucketValue, LogHistogram } from '../core/histogram.ts';
import { MoneySum } from '../cost/money.ts';
import { CRITICALITIES } from '../cost/task.ts';
import { columnNames } from './columns.ts';
import { intervalSOf, type Scenario } from './scenario.ts';
import type { Station } from './station.ts';
import type { StationStats } from './station-stats.ts';
import type { TierCaches } from './tier-caches.ts';

/** Figures of a stretch of whole intervals; NaN where nothing completed. */
export interface WindowSummary {
  fromS: number;
  toS: number;
  requests: number;
  meanMs: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  hitRate: number;
  errorRate: number;
}

/**
 * The time series of a run: one row for each interval, in columns allocated once. Counters of the open interval are plain
 * fields; `close` writes them down and starts the next. The latency histogram of each closed interval is kept in sparse
 * form, so that quantiles of any stretch of intervals can be had later.
 */
export class Recorder {
  readonly intervalMs: number;
  private readonly durationMs: number;
  readonly columns: string[];
  /** What else is written down of each interval, in the order of the columns' names. */
  extras: ((put: (value: number) => void) => void) | null = null;
  readonly intervals: number;
  /** `data[c]` holds column c; rows from `closed` on are not written yet. */
  readonly data: Float64Array[];
  closed = 0;

  // The open interval. Public, because the world counts in its innermost loop.
  arrivals = 0;
  completed = 0;
  failed = 0;
  shed = 0;
  tries = 0;
  retries = 0;
  latencySumMs = 0;
  hitCount = 0;
  /** Paid for model calls. */
  readonly cost = new MoneySum();
  private minMs = Infinity;
  private maxMs = 0;
  /** Requests ended and given up by criticality, from critical to low; only with traffic. */
  readonly ended = new Float64Array(CRITICALITIES.length);
  readonly givenUp = new Float64Array(CRITICALITIES.length);
  /** Work that nobody waits for; not among the counts above. */
  readonly background = { arrivals: 0, completed: 0, failed: 0, late: 0 };
  readonly tierLookups: Float64Array;
  readonly tierHits: Float64Array;
  readonly total = {
    requests: 0,
    completed: 0,
    failed: 0,
    hits: 0,
    tries: 0,
    retries: 0,
    cost: new MoneySum(),
    latencySumMs: 0,
  };
  readonly histogram = new LogHistogram();

  private readonly interval = new Int32Array(BUCKETS);
  /** For `window`, which the detector asks after every interval: a new one each time would be most of what a run allocates. */
  private readonly windowHistogram = new LogHistogram();
  private touched: number[] = [];
  private sparseBuckets = new Uint16Array(4096);
  private sparseCounts = new Float64Array(4096);
  private readonly sparseFrom: Float64Array;
  private sparseEnd = 0;
  private readonly hitSums: Float64Array;
  private readonly latencySums: Float64Array;
  private readonly minima: Float64Array;
  private readonly maxima: Float64Array;
  private readonly previous: {
    busyAreaMs: number;
    arrivals: number;
    completed: number;
    dead: number;
    rejected: number;
  }[];

  constructor(
    scenario: Scenario,
    private readonly tiers: readonly TierCaches[],
    private readonly stations: readonly Station[],
  ) {
    const intervalS = intervalSOf(scenario);
    this.intervalMs = intervalS * 1000;
    this.durationMs = scenario.durationS * 1000;
    this.intervals = Math.ceil(scenario.durationS / intervalS - 1e-9);
    this.columns = columnNames(scenario);
    this.data = this.columns.map(() => new Float64Array(this.intervals));
    this.tierLookups = new Float64Array(tiers.length);
    this.tierHits = new Float64Array(tiers.length);
    this.sparseFrom = new Float64Array(this.intervals + 1);
    this.hitSums = new Float64Array(this.intervals);
    this.latencySums = new Float64Array(this.intervals);
    this.minima = new Float64Array(this.intervals);
    this.maxima = new Float64Array(this.intervals);
    this.previous = stations.map(() => ({ busyAreaMs: 0, arrivals: 0, completed: 0, dead: 0, rejected: 0 }));
  }

  /** End of the open interval. */
  get openEndMs(): number {
    return Math.min((this.closed + 1) * this.intervalMs, this.durationMs);
  }

  /** A request was answered; `tier` is the index of the tier that did, or −1. */
  answered(latencyMs: number, tier: number): void {
    this.completed++;
    this.note(latencyMs);
    if (tier >= 0) {
      this.hitCount++;
      this.tierHits[tier]!++;
    }
  }

  /** A request was given up. */
  gaveUp(latencyMs: number): void {
    this.completed++;
    this.failed++;
    this.note(latencyMs);
  }

  private note(latencyMs: number): void {
    this.latencySumMs += latencyMs;
    if (latencyMs < this.minMs) this.minMs = latencyMs;
    if (latencyMs > this.maxMs) this.maxMs = latencyMs;
    const bucket = bucketOf(latencyMs);
    if (this.interval[bucket]!++ === 0) this.touched.push(bucket);
  }

  /** Writes the open interval down. */
  close(): void {
    const row = this.closed++;
    const n = this.completed;
    this.total.requests += this.arrivals;
    this.total.completed += n;
    this.total.failed += this.failed;
    this.total.hits += this.hitCount;
    this.total.tries += this.tries;
    this.total.retries += this.retries;
    this.total.cost.addSum(this.cost);
    this.total.latencySumMs += this.latencySumMs;
    this.hitSums[row] = this.hitCount;
    this.latencySums[row] = this.latencySumMs;
    this.minima[row] = this.minMs;
    this.maxima[row] = this.maxMs;
    const sparse = this.storeHistogram(row);
    let c = 0;
    const put = (value: number): void => {
      this.data[c++]![row] = value;
    };
    put(this.arrivals);
    put(n);
    put(this.failed);
    put(this.shed);
    put(n > 0 ? this.latencySumMs / n : NaN);
    put(this.quantile(sparse, n, 0.5));
    put(this.quantile(sparse, n, 0.95));
    put(this.quantile(sparse, n, 0.99));
    put(n > 0 ? this.hitCount / n : NaN);
    put(this.tries);
    put(this.retries);
    put(this.cost.usd);
    for (const [i, tier] of this.tiers.entries()) {
      put(this.tierLookups[i]!);
      put(this.tierHits[i]!);
      put(tier.entries);
    }
    for (const [i, station] of this.stations.entries()) {
      const was = this.previous[i]!;
      const { stats } = station;
      put(stats.arrivals - was.arrivals);
      put(stats.completed - was.completed);
      put(stats.deadCompleted - was.dead);
      put(stats.rejected - was.rejected);
      put(station.waiting);
      put(station.deadWaiting);
      put((stats.busyAreaMs - was.busyAreaMs) / this.intervalMs);
      this.rememberStation(i);
    }
    this.extras?.(put);
    this.arrivals = this.completed = this.failed = this.shed = this.tries = this.retries = 0;
    this.latencySumMs = this.hitCount = 0;
    this.cost.clear();
    this.minMs = Infinity;
    this.maxMs = 0;
    this.tierLookups.fill(0);
    this.tierHits.fill(0);
  }

  /** To be called when a station's statistics are begun anew, with those that end: the open interval has part of both. */
  onStationReset(i: number, ended: StationStats): void {
    const was = this.previous[i]!;
    this.previous[i] = {
      busyAreaMs: was.busyAreaMs - ended.busyAreaMs,
      arrivals: was.arrivals - ended.arrivals,
      completed: was.completed - ended.completed,
      dead: was.dead - ended.deadCompleted,
      rejected: was.rejected - ended.rejected,
    };
  }

  private rememberStation(i: number): void {
    const { stats } = this.stations[i]!;
    this.previous[i] = {
      busyAreaMs: stats.busyAreaMs,
      arrivals: stats.arrivals,
      completed: stats.completed,
      dead: stats.deadCompleted,
      rejected: stats.rejected,
    };
  }

  private storeHistogram(row: number): number[] {
    const buckets = this.touched.sort((a, b) => a - b);
    while (this.sparseEnd + buckets.length > this.sparseBuckets.length) {
      const b = new Uint16Array(this.sparseBuckets.length * 2);
      b.set(this.sparseBuckets);
      this.sparseBuckets = b;
      const c = new Float64Array(this.sparseCounts.length * 2);
      c.set(this.sparseCounts);
      this.sparseCounts = c;
    }
    for (const bucket of buckets) {
      const count = this.interval[bucket]!;
      this.sparseBuckets[this.sparseEnd] = bucket;
      this.sparseCounts[this.sparseEnd++] = count;
      this.histogram.addBucket(bucket, count);
      this.interval[bucket] = 0;
    }
    this.sparseFrom[row + 1] = this.sparseEnd;
    this.touched = [];
    return buckets;
  }

  /** Nearest-rank quantile of the interval just stored; between its extremes, so that equal values are reported exactly. */
  private quantile(buckets: number[], n: number, p: number): number {
    if (n === 0) return NaN;
    let rank = Math.max(1, Math.ceil(p * n));
    const from = this.sparseEnd - buckets.length;
    for (let i = 0; i < buckets.length; i++) {
      rank -= this.sparseCounts[from + i]!;
      if (rank <= 0) return Math.max(this.minMs, Math.min(this.maxMs, bucketValue(buckets[i]!)));
    }
    return NaN;
  }

  column(name: string): Float64Array {
    return this.data[this.columns.indexOf(name)]!;
  }

  /** Response times of the rows [from, to), added to a histogram. */
  latencies(from: number, to: number, histogram = new LogHistogram()): LogHistogram {
    for (let i = this.sparseFrom[from]!; i < this.sparseFrom[Math.max(from, to)]!; i++)
      histogram.addBucket(this.sparseBuckets[i]!, this.sparseCounts[i]!);
    return histogram;
  }

  /** Figures of the closed intervals from row `from` up to, not including, row `to`. */
  window(from: number, to: number): WindowSummary {
    const first = Math.max(0, from);
    const end = Math.min(this.closed, to);
    this.windowHistogram.clear();
    const histogram = this.latencies(first, end, this.windowHistogram);
    let requests = 0;
    let failed = 0;
    let hits = 0;
    let latencySumMs = 0;
    let minMs = Infinity;
    let maxMs = 0;
    const completed = this.column('completed');
    const failures = this.column('failed');
    for (let row = first; row < end; row++) {
      requests += completed[row]!;
      failed += failures[row]!;
      hits += this.hitSums[row]!;
      latencySumMs += this.latencySums[row]!;
      minMs = Math.min(minMs, this.minima[row]!);
      maxMs = Math.max(maxMs, this.maxima[row]!);
    }
    const quantile = (p: number): number => Math.max(minMs, Math.min(maxMs, histogram.quantile(p)));
    return {
      fromS: (first * this.intervalMs) / 1000,
      toS: (end * this.intervalMs) / 1000,
      requests,
      meanMs: requests > 0 ? latencySumMs / requests : NaN,
      p50Ms: quantile(0.5),
      p95Ms: quantile(0.95),
      p99Ms: quantile(0.99),
      hitRate: requests > 0 ? hits / requests : NaN,
      errorRate: requests > 0 ? failed / requests : NaN,
    };
  }

  /** Mean and hit rate only, of the rows [from, to): cheap enough for every interval. */
  meanAndHits(from: number, to: number): { requests: number; meanMs: number; hitRate: number } {
    let requests = 0;
    let hits = 0;
    let latencySumMs = 0;
    const completed = this.column('completed');
    for (let row = Math.max(0, from); row < Math.min(this.closed, to); row++) {
      requests += completed[row]!;
      hits += this.hitSums[row]!;
      latencySumMs += this.latencySums[row]!;
    }
    return { requests, meanMs: latencySumMs / requests, hitRate: hits / requests };
  }
}
