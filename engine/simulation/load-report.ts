import { RandomStream } from '../core/random.ts';
import { LogHistogram } from '../core/histogram.ts';
import type { Recorder, WindowSummary } from './recorder.ts';
import type { Simulation } from './simulation.ts';

/** Quantiles of response times, ms; NaN where nothing ended. */
export interface Quantiles {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  p999Ms: number;
  maxMs: number;
}

/** How near a station was to what it can do. */
export interface Saturation {
  name: string;
  title: string;
  /** Mean and highest share of servers at work; null without a bound on them. */
  busy: number | null;
  busiest: number | null;
  /** Seconds in which at least 98 % of its servers worked. */
  saturatedS: number;
  longestQueue: number;
  rejected: number;
  /** Calls finished for nobody. */
  wasted: number;
}

/** What a load test says (L8). Of the one simulated cell; rates a second. */
export interface LoadReport {
  scenario: string;
  title: string;
  seed: number;
  engine: string;
  fingerprint: string;
  fromS: number;
  toS: number;
  requests: number;
  /** Requests that were asked, answered, and failed, each second. */
  offeredPerS: number;
  throughputPerS: number;
  failedPerS: number;
  errorRate: number;
  hitRate: number;
  meanMs: number;
  quantiles: Quantiles;
  saturation: Saturation[];
  /** What a tester that waits for each answer before it sends the next request would have reported of the same system. */
  omission: Omission;
  /** Both distributions, for a chart. */
  curve: { p: number; ms: number; waitingMs: number }[];
  /** The worst and the best tenth of the run, by mean. */
  worst: WindowSummary;
  best: WindowSummary;
}

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

const CURVE = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999, 0.9995, 0.9999];

/** Requests a second that one connection of the waiting tester is to send. */
const PER_CONNECTION = 5;

/** The whole run after its warm-up, or the seconds [fromS, toS). */
export function loadReport(simulation: Simulation, fromS?: number, toS?: number): LoadReport {
  const { scenario, world } = simulation;
  const { recorder } = world;
  const row = (s: number): number =>
    Math.min(recorder.closed, Math.max(0, Math.round((s * 1000) / recorder.intervalMs)));
  const from = row(fromS ?? scenario.warmupS);
  const to = Math.max(from, row(toS ?? Infinity));
  const whole = recorder.window(from, to);
  const spanS = whole.toS - whole.fromS;
  const sum = (column: string): number => total(recorder, column, from, to);
  const perS = (n: number): number => (spanS > 0 ? n / spanS : 0);
  const failed = sum('failed');
  const all = recorder.latencies(from, to);
  const omission = waitingTester(simulation, from, to);
  return {
    scenario: scenario.name,
    title: scenario.title ?? scenario.name,
    seed: simulation.seed,
    engine: simulation.engine,
    fingerprint: simulation.fingerprint(),
    fromS: whole.fromS,
    toS: whole.toS,
    requests: whole.requests,
    offeredPerS: perS(sum('arrivals')),
    throughputPerS: perS(whole.requests - failed),
    failedPerS: perS(failed),
    errorRate: whole.errorRate,
    hitRate: whole.hitRate,
    meanMs: whole.meanMs,
    quantiles: quantilesOf(all),
    saturation: world.stations.map((station) => {
      const at = `station.${station.name}`;
      const busy = recorder.column(`${at}.busy`).subarray(from, to);
      const bounded = Number.isFinite(station.servers);
      const share = (n: number): number => n / station.servers;
      return {
        name: station.name,
        title: station.settings.title ?? station.name,
        busy: bounded && busy.length > 0 ? share(busy.reduce((a, b) => a + b, 0) / busy.length) : null,
        busiest: bounded && busy.length > 0 ? share(busy.reduce((a, b) => Math.max(a, b), 0)) : null,
        saturatedS: bounded
          ? (busy.filter((n) => n >= 0.98 * station.servers).length * recorder.intervalMs) / 1000
          : 0,
        longestQueue: recorder
          .column(`${at}.queue`)
          .subarray(from, to)
          .reduce((a, b) => Math.max(a, b), 0),
        rejected: sum(`${at}.rejected`),
        wasted: sum(`${at}.deadCompleted`),
      };
    }),
    omission: omission.told,
    curve: CURVE.map((p) => ({ p, ms: quantile(all, p), waitingMs: quantile(omission.seen, p) })),
    ...extremes(recorder, from, to),
  };
}

/**
 * A tester with some connections, each of which sends a request, waits for the answer, and sends the next when it is due or, if that is past, at
 * once. It meets the response times that the run had at that moment, drawn from the interval's histogram. While the system stalls it
 * sends nothing, so the stall is in few of its numbers (Tene, "How NOT to Measure Latency").
 */
function waitingTester(
  simulation: Simulation,
  from: number,
  to: number,
): { told: Omission; seen: LogHistogram } {
  const { recorder } = simulation.world;
  const spanS = ((to - from) * recorder.intervalMs) / 1000;
  const offeredPerS = spanS > 0 ? total(recorder, 'arrivals', from, to) / spanS : 0;
  const connections = Math.max(1, Math.min(100, Math.round(offeredPerS / PER_CONNECTION)));
  const ratePerS = offeredPerS / connections;
  const random = new RandomStream(simulation.seed, 'waiting tester');
  const seen = new LogHistogram();
  let sumMs = 0;
  const startMs = from * recorder.intervalMs;
  const endMs = to * recorder.intervalMs;
  const periodMs = ratePerS > 0 ? 1000 / ratePerS : Infinity;
  const rows = new RowQuantiles(recorder);
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

/** Draws response times of an interval; the last one's histogram is kept, as connections go through time one after the other. */
class RowQuantiles {
  private readonly byRow = new Map<number, LogHistogram>();

  constructor(private readonly recorder: Recorder) {}

  draw(row: number, u: number): number {
    let histogram = this.byRow.get(row);
    if (!histogram) {
      histogram = this.recorder.latencies(row, row + 1);
      this.byRow.set(row, histogram);
    }
    return histogram.total > 0 ? histogram.quantile(u) : NaN;
  }
}

const quantile = (histogram: LogHistogram, p: number): number =>
  histogram.total > 0 ? histogram.quantile(p) : NaN;

function quantilesOf(histogram: LogHistogram): Quantiles {
  const at = (p: number): number => quantile(histogram, p);
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), p999Ms: at(0.999), maxMs: at(1) };
}

function extremes(recorder: Recorder, from: number, to: number): Pick<LoadReport, 'worst' | 'best'> {
  const rows = Math.max(1, Math.floor((to - from) / 10));
  let worst = recorder.window(from, from + rows);
  let best = worst;
  for (let row = from + rows; row + rows <= to; row += rows) {
    const stretch = recorder.window(row, row + rows);
    if (stretch.meanMs > worst.meanMs) worst = stretch;
    if (stretch.meanMs < best.meanMs) best = stretch;
  }
  return { worst, best };
}

function total(recorder: Recorder, column: string, from: number, to: number): number {
  let sum = 0;
  const data = recorder.column(column);
  for (let row = from; row < to; row++) sum += data[row]!;
  return sum;
}
