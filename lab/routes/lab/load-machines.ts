import type { Scenario } from '../../../engine/simulation/scenario.ts';

/** What draws what protects a system, and its memory. Scenarios without never fetch it. */
export type MachineParts = typeof import('./machine-parts.ts');

export const loadMachineParts = (): Promise<MachineParts> => import('./machine-parts.ts');

/** Whether there is something to draw; a scenario with a gateway shows its money instead. */
export function hasMachines({ caller, stations, tiers, memory, gateway }: Scenario): boolean {
  if (gateway) return false;
  const { breaker, hedge, deadlineMs } = caller;
  return (
    (memory ?? breaker ?? hedge) !== undefined ||
    Object.values(stations).some(
      ({ limit, shed, codel, connections, batch, replicas }) =>
        (limit ?? shed ?? codel ?? connections ?? batch ?? replicas) !== undefined,
    ) ||
    (Object.keys(tiers).length === 0 && deadlineMs !== undefined)
  );
}
