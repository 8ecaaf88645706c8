import { waitingTester, type Omission } from './load-report-omission.ts';
import { curveOf, quantilesOf, type CurvePoint, type Quantiles } from './load-report-quantiles.ts';
import type { Recorder, WindowSummary } from './recorder.ts';
import type { Pull, Simulation } from './simulation.ts';

export type { Omission } from './load-report-omission.ts';
export type { CurvePoint, Quantiles } from './load-report-quantiles.ts';

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

/** A piece of the timeline. Rates a second; NaN where nothing ended. */
export interface Stretch {
  fromS: number;
  toS: number;
  offeredPerS: number;
  throughputPerS: number;
  failedPerS: number;
  p50Ms: number;
  p99Ms: number;
}

/** What a load test says (L8). Of the one simulated cell; rates a second. */
export interface LoadReport {
  scenario: string;
  title: string;
  seed: number;
  engine: string;
  fingerprint: string;
  /** Levers that were pulled, with their times. */
  pulls: Pull[];
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
  curve: CurvePoint[];
  /** The stretch of the report in pieces of equal length, for charts over time. */
  timeline: Stretch[];
  /** The worst and the best tenth of the run, by mean. */
  worst: WindowSummary;
  best: WindowSummary;
}

/** Pieces of the timeline, at most. */
const MOST_STRETCHES = 120;

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
    pulls: [...simulation.pulls],
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
    curve: curveOf(all, omission.seen),
    timeline: timelineOf(recorder, from, to),
    ...extremes(recorder, from, to),
  };
}

function timelineOf(recorder: Recorder, from: number, to: number): Stretch[] {
  const rows = Math.max(1, Math.ceil((to - from) / MOST_STRETCHES));
  const stretches: Stretch[] = [];
  for (let row = from; row < to; row += rows) {
    const end = Math.min(to, row + rows);
    const { fromS, toS, requests, p50Ms, p99Ms } = recorder.window(row, end);
    const perS = (n: number): number => n / (toS - fromS);
    const failed = total(recorder, 'failed', row, end);
    stretches.push({
      fromS,
      toS,
      offeredPerS: perS(total(recorder, 'arrivals', row, end)),
      throughputPerS: perS(requests - failed),
      failedPerS: perS(failed),
      p50Ms,
      p99Ms,
    });
  }
  return stretches;
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
