import { primeDay } from '../../scenarios/prime-day.ts';
import { Simulation } from '../../simulation/simulation.ts';

/** Prime Day as it is shipped, before its surge for as long as one likes, or in the outage that stays. */
export type PrimeDayPhase = 'healthy' | 'collapse';

/** Simulated seconds until nothing is left of the caches, and every queue stands. */
const COLLAPSED_BY_S = 1300;

/**
 * Makes ready, and returns the work to be timed: it simulates `seconds` more of the phase and returns how many requests that were. It may be
 * called again until `atMostS` simulated seconds are used up.
 */
export function primeDayWork(
  phase: PrimeDayPhase,
  seed: number,
  atMostS: number,
): (seconds: number) => number {
  const readyS = phase === 'healthy' ? 0 : COLLAPSED_BY_S;
  const simulation = new Simulation(
    {
      ...primeDay,
      durationS: readyS + atMostS,
      view: undefined,
      presets: {},
      ...(phase === 'healthy' ? { events: [] } : {}),
    },
    seed,
  );
  simulation.advanceTo(readyS * 1000);
  return (seconds) => {
    const before = requestsOf(simulation);
    simulation.advanceTo(simulation.nowMs + seconds * 1000);
    return requestsOf(simulation) - before;
  };
}

function requestsOf({ world: { recorder } }: Simulation): number {
  return recorder.total.requests + recorder.arrivals;
}
