import type { Challenge } from '../scenarios/challenges.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { Figures, Series } from './learner-protocol.ts';

const MOST_STEPS = 360;

/** Four digits are more than a chart or a table shows. */
const short = (value: number): number | null =>
  Number.isFinite(value) ? Number(value.toPrecision(4)) : null;

/** Figures of the rows [from, to). */
function figuresOf({ world, scenario }: Simulation, from: number, to: number): Figures {
  const { recorder } = world;
  const { requests, meanMs, p50Ms, p99Ms, hitRate, errorRate } = recorder.window(from, to);
  const costs = recorder.column('costUsd').subarray(from, Math.min(to, recorder.closed));
  const costUsd = costs.reduce((sum, usd) => sum + usd, 0) * scenario.fleet.cells;
  return {
    requests,
    meanMs: short(meanMs),
    p50Ms: short(p50Ms),
    p99Ms: short(p99Ms),
    hitRate: short(hitRate),
    errorRate: short(errorRate),
    costUsd: short(costUsd) ?? 0,
    quality: qualityOf(world.recorder, from, to),
  };
}

/** Mean over the calls to models. */
function qualityOf(recorder: Simulation['world']['recorder'], from: number, to: number): number | null {
  if (!recorder.columns.includes('gateway.quality')) return null;
  const quality = recorder.column('gateway.quality');
  const calls = recorder.column('gateway.calls');
  let [sum, of] = [0, 0];
  for (let row = from; row < Math.min(to, recorder.closed); row++) {
    if (Number.isNaN(quality[row]!)) continue;
    sum += quality[row]! * calls[row]!;
    of += calls[row]!;
  }
  return short(sum / of);
}

export function wholeOf(simulation: Simulation): Figures {
  return figuresOf(simulation, 0, simulation.world.recorder.closed);
}

export function phasesOf(simulation: Simulation, phases: Challenge['phases']): Figures[] {
  const rowAt = (seconds: number): number =>
    Math.round((seconds * 1000) / simulation.world.recorder.intervalMs);
  return phases.map(({ fromS, toS }) => figuresOf(simulation, rowAt(fromS), rowAt(toS)));
}

export function seriesOf({ world }: Simulation): Series {
  const { recorder } = world;
  const rows = Math.max(1, Math.ceil(recorder.intervals / MOST_STEPS));
  const series: Series = {
    stepS: (rows * recorder.intervalMs) / 1000,
    meanMs: [],
    p99Ms: [],
    hitRate: [],
    errorRate: [],
  };
  for (let from = 0; from < recorder.closed; from += rows) {
    const { meanMs, p99Ms, hitRate, errorRate } = recorder.window(from, from + rows);
    series.meanMs.push(short(meanMs));
    series.p99Ms.push(short(p99Ms));
    series.hitRate.push(short(hitRate));
    series.errorRate.push(short(errorRate));
  }
  return series;
}
