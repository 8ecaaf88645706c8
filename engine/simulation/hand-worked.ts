import type { RequestTracer } from './request-trace-recorder.ts';
import type { ScenarioInput } from './scenario.ts';
import { Simulation } from './simulation.ts';

/** A request of a hand-worked trace: when it comes, and for what. */
export type Arrival = readonly [atMs: number, key: number];

export interface Outcome {
  /** When it was answered or given up. */
  atMs: number;
  latencyMs: number;
  /** Name of the tier that answered, 'fresh', or 'failed'. */
  by: string;
}

/**
 * A simulation whose requests come at the given times for the given keys, so that a test can be worked by hand. The outcomes
 * are filled while it runs; a tier's answer without a queue is noted when it is found.
 */
export function handWorked(
  scenario: Omit<ScenarioInput, 'name' | 'load' | 'durationS'> & { durationS?: number },
  arrivals: readonly Arrival[],
  tracer?: RequestTracer,
): { simulation: Simulation; outcomes: Outcome[] } {
  const simulation = new Simulation(
    { name: 'hand-worked', durationS: 100, load: { ratePerS: 0 }, ...scenario },
    1,
    tracer ? { tracer } : {},
  );
  const { world } = simulation;
  let next = 0;
  world.arrivals.nextMs = arrivals[0]?.[0] ?? Infinity;
  world.arrivals.take = () => {
    world.arrivals.nextMs = arrivals[++next]?.[0] ?? Infinity;
    return true;
  };
  world.callers.door.population.next = () => arrivals[next - 1]![1];
  const outcomes: Outcome[] = [];
  const { recorder } = world;
  const answered = recorder.answered.bind(recorder);
  recorder.answered = (latencyMs, tier) => {
    outcomes.push({ atMs: world.nowMs, latencyMs, by: world.tiers[tier]?.name ?? 'fresh' });
    answered(latencyMs, tier);
  };
  const gaveUp = recorder.gaveUp.bind(recorder);
  recorder.gaveUp = (latencyMs) => {
    outcomes.push({ atMs: world.nowMs, latencyMs, by: 'failed' });
    gaveUp(latencyMs);
  };
  return { simulation, outcomes };
}
