import { MoneySum } from '../cost/money.ts';
import type { RequestTrace, TraceWindow } from './request-trace.ts';
import { RequestTracer } from './request-trace-recorder.ts';
import type { ScenarioInput } from './scenario.ts';
import { Simulation, type Pull } from './simulation.ts';

/** Room for the roundings of sums of times. */
const ROUNDING_MS = 1e-6;

export interface TracedRun {
  simulation: Simulation;
  window: TraceWindow;
}

/** A run up to a time, all of its requests traced. */
export function tracedRun(
  scenario: ScenarioInput,
  { seed = 1, untilS = Infinity, pulls = [] as Pull[] } = {},
): TracedRun {
  const tracer = new RequestTracer({ fromMs: 0, toMs: Infinity, most: Infinity });
  const simulation = new Simulation(scenario, seed, { pulls, tracer });
  simulation.advanceTo(Math.min(untilS * 1000, simulation.durationMs));
  return { simulation, window: tracer.result() };
}

/** What is wrong with the times of a trace; empty when its spans make up its life. */
export function timeFaults(trace: RequestTrace, untilMs: number): string[] {
  const faults: string[] = [];
  const endMs = trace.endedAtMs ?? untilMs;
  let coveredMs = trace.arrivedAtMs;
  const lastOf = new Map<number, number>();
  for (const span of trace.spans) {
    const what = `${trace.id} ${span.kind} ${span.fromMs}–${span.toMs}`;
    if (span.toMs < span.fromMs) faults.push(`${what}: ends before it begins`);
    if (span.fromMs < trace.arrivedAtMs - ROUNDING_MS || span.toMs > endMs + ROUNDING_MS)
      faults.push(`${what}: outside of its life`);
    if (span.fromMs > coveredMs + ROUNDING_MS) faults.push(`${what}: a gap before it`);
    if (span.fromMs < (lastOf.get(span.copy) ?? -Infinity) - ROUNDING_MS)
      faults.push(`${what}: overlaps the one before`);
    coveredMs = Math.max(coveredMs, span.toMs);
    lastOf.set(span.copy, Math.max(lastOf.get(span.copy) ?? -Infinity, span.toMs));
  }
  if (Math.abs(coveredMs - endMs) > ROUNDING_MS)
    faults.push(`${trace.id}: covered to ${coveredMs}, ended at ${endMs}`);
  return faults;
}

/** What the traces of a whole run come to, to be compared with what the run has recorded. */
export function countsOf({ traces, forgottenPico }: TraceWindow) {
  const cost = new MoneySum();
  cost.add(forgottenPico);
  const counts = {
    arrivals: 0,
    completed: 0,
    failed: 0,
    hits: 0,
    tries: 0,
    retries: 0,
    costUsd: 0,
    background: 0,
  };
  for (const { kind, outcome, tries, costs } of traces) {
    for (const { pico } of costs) cost.add(pico);
    if (kind === 'renewal') continue;
    counts.tries += tries;
    counts.retries += Math.max(0, tries - 1);
    if (kind === 'background') counts.background++;
    else counts.arrivals++;
    if (kind === 'background' || outcome.kind === 'underWay') continue;
    counts.completed++;
    if (outcome.kind === 'failed') counts.failed++;
    else if (outcome.how === 'tier') counts.hits++;
  }
  return { ...counts, costUsd: cost.usd };
}

/** The same counts as the run has recorded them. */
export function recordedCounts({ world: { recorder } }: Simulation): ReturnType<typeof countsOf> {
  const { total } = recorder;
  const cost = new MoneySum();
  cost.addSum(total.cost);
  cost.addSum(recorder.cost);
  return {
    arrivals: total.requests + recorder.arrivals,
    completed: total.completed + recorder.completed,
    failed: total.failed + recorder.failed,
    hits: total.hits + recorder.hitCount,
    tries: total.tries + recorder.tries,
    retries: total.retries + recorder.retries,
    costUsd: cost.usd,
    background: recorder.background.arrivals,
  };
}
