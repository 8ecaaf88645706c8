import { bucketValue, LogHistogram } from '../core/histogram.ts';
import { RandomStream } from '../core/random.ts';
import { quantilesOf, type Quantiles } from './load-report-quantiles.ts';
import type { Recorder } from './recorder.ts';
import type { Simulation } from './simulation.ts';

/** Coordinated omission: the same response times, counted from when each request was sent instead of when it was due. */
export interface Omission {
  connections: number;
  /** Requests that each connection was to send a second. */
  ratePerS: number;
  /** Sent, and due but not sent in time as the connection still waited. */
  sent: number;
  due: number;
  meanMs: number;
  quantiles: Quantiles;
}

/** Requests a second that one connection of the waiting tester is to send. */
const PER_CONNECTION = 5;
const MOST_CONNECTIONS = 100;

/**
 * A tester with some connections, each of which sends a request, waits for the answer, and sends the next when it is due or, if that is past, at
 * once. It meets the response times that the run had at that moment, drawn from the interval's histogram. While the system stalls it
 * sends nothing, so the stall is in few of its numbers (Tene, "How NOT to Measure Latency"). Over the rows [from, to).
 */
export function waitingTester(
  simulation: Simulation,
  from: number,
  to: number,
): { told: Omission; seen: LogHistogram } {
  const { recorder } = simulation.world;
  const spanS = ((to - from) * recorder.intervalMs) / 1000;
  const arrivals = recorder.column('arrivals').subarray(from, to);
  const offeredPerS = spanS > 0 ? arrivals.reduce((a, b) => a + b, 0) / spanS : 0;
  const connections = Math.max(1, Math.min(MOST_CONNECTIONS, Math.round(offeredPerS / PER_CONNECTION)));
  const ratePerS = offeredPerS / connections;
  const random = new RandomStream(simulation.seed, 'waiting tester');
  const seen = new LogHistogram();
  let sumMs = 0;
  const startMs = from * recorder.intervalMs;
  const endMs = to * recorder.intervalMs;
  const periodMs = ratePerS > 0 ? 1000 / ratePerS : Infinity;
  const rows = new RowTimes(recorder);
  for (let c = 0; c < connections; c++)
    for (let atMs = startMs + random.uniform() * periodMs; atMs < endMs;) {
      const row = Math.floor(atMs / recorder.intervalMs);
      const ms = rows.draw(row, random.uniform());
      if (Number.isNaN(ms)) {
        atMs = (row + 1) * recorder.intervalMs; // nothing ended in this interval: the connection waits on
        continue;
      }
      seen.add(ms);
      sumMs += ms;
      atMs += Math.max(periodMs, ms);
    }
  const told: Omission = {
    connections,
    ratePerS,
    sent: seen.total,
    due: Math.round(offeredPerS * spanS),
    meanMs: seen.total > 0 ? sumMs / seen.total : NaN,
    quantiles: quantilesOf(seen),
  };
  return { told, seen };
}

/** Draws response times of an interval. Each connection goes through all intervals, so what an interval held is kept, packed. */
class RowTimes {
  private readonly byRow = new Map<number, { values: Float64Array; upTo: Float64Array }>();

  constructor(private readonly recorder: Recorder) {}

  /** Nearest-rank quantile, as `LogHistogram.quantile`; NaN when nothing ended. */
  draw(row: number, u: number): number {
    let packed = this.byRow.get(row);
    if (!packed) {
      packed = pack(this.recorder.latencies(row, row + 1));
      this.byRow.set(row, packed);
    }
    const { values, upTo } = packed;
    if (upTo.length === 0) return NaN;
    const rank = Math.max(1, Math.ceil(u * upTo[upTo.length - 1]!));
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! >= rank) high = middle;
      else low = middle + 1;
    }
    return values[low]!;
  }
}

/** The values that occurred and how many were at most as large. */
function pack(histogram: LogHistogram): { values: Float64Array; upTo: Float64Array } {
  const values: number[] = [];
  const upTo: number[] = [];
  let sum = 0;
  for (let bucket = 0; bucket < histogram.counts.length; bucket++) {
    const count = histogram.counts[bucket]!;
    if (count === 0) continue;
    sum += count;
    values.push(bucketValue(bucket));
    upTo.push(sum);
  }
  return { values: Float64Array.from(values), upTo: Float64Array.from(upTo) };
}
