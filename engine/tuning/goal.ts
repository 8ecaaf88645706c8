import type { Scenario } from '../simulation/scenario.ts';
import type { Goal } from './score.ts';

/**
 * What a scenario's objectives ask a search for: to recover soonest where something breaks, else to spend least, else to answer soonest;
 * with the other objectives as bounds, on the end of the run where something breaks. Objectives of a moment (budget pace, memory, stalls) have no figure
 * of a whole run, and bind nothing here.
 */
export function goalOf(scenario: Pick<Scenario, 'objectives' | 'events' | 'controls'>): Goal {
  const { meanMs, hitRate, errorRate, p99Ms, recoverWithinS, costUsd, criticalServed } = scenario.objectives;
  const constraints: NonNullable<Goal['constraints']>[number][] = [];
  if (criticalServed !== undefined) constraints.push({ figure: 'criticalServed', atLeast: criticalServed });
  if (recoverWithinS !== undefined && scenario.events.length > 0) {
    if (meanMs !== undefined) constraints.push({ figure: 'endMeanMs', atMost: meanMs });
    if (hitRate !== undefined) constraints.push({ figure: 'endHitRate', atLeast: hitRate });
    if (errorRate !== undefined) constraints.push({ figure: 'endErrorRate', atMost: errorRate });
    return { figure: 'recoveredAfterS', direction: 'least', constraints };
  }
  if (hitRate !== undefined) constraints.push({ figure: 'hitRate', atLeast: hitRate });
  if (errorRate !== undefined) constraints.push({ figure: 'errorRate', atMost: errorRate });
  if (p99Ms !== undefined) constraints.push({ figure: 'p99Ms', atMost: p99Ms });
  if (costUsd !== undefined) {
    if (meanMs !== undefined) constraints.push({ figure: 'meanMs', atMost: meanMs });
    const agents = scenario.controls.agents !== undefined;
    return { figure: agents ? 'totalUsd' : 'costUsd', direction: 'least', constraints };
  }
  return { figure: 'meanMs', direction: 'least', constraints };
}
