import { Guard } from './guard.ts';
import type { PlugIns } from './plug-ins.ts';
import type { Scenario } from './scenario.ts';
import type { Station } from './station.ts';

/** The guard of each station that needs one: it, or a tier whose lookups it serves, has settings that say what callers do there. */
export function guardsOf(
  scenario: Scenario,
  stations: readonly Station[],
  seed: number,
  plugIn?: PlugIns['batching'],
): (Guard | null)[] {
  const guarded = guardedStations(scenario);
  return stations.map((station) => {
    const { name, settings } = station;
    const has = { breaker: guarded.breaker.includes(name), hedge: guarded.hedge.includes(name) };
    return has.breaker || has.hedge || settings.connections || settings.batch || lookups(scenario, name)
      ? new Guard(station, seed, scenario.instances, has, plugIn?.station === name ? plugIn.waitMs : null)
      : null;
  });
}

/** Whether a scenario has any guard. */
export function areGuardsWanted({ caller, stations, tiers }: Scenario): boolean {
  return (
    caller.breaker !== undefined ||
    caller.hedge !== undefined ||
    Object.values(stations).some((s) => s.connections !== undefined || s.batch !== undefined) ||
    Object.values(tiers).some(hasLookupRule)
  );
}

/** Names of the stations with a breaker, and of those with a hedge. */
export function guardedStations({ caller, path, tiers }: Pick<Scenario, 'caller' | 'path' | 'tiers'>): {
  breaker: readonly string[];
  hedge: readonly string[];
} {
  // Those that requests meet, by themselves or behind a tier.
  const met = path.map((node) => tiers[node]?.station ?? node);
  const { breaker, hedge } = caller;
  return {
    breaker: breaker ? (breaker.stations ?? met) : [],
    hedge: hedge ? (hedge.stations ?? met) : [],
  };
}

function lookups({ tiers }: Scenario, station: string): boolean {
  return Object.values(tiers).some((tier) => tier.station === station && hasLookupRule(tier));
}

function hasLookupRule(tier: Scenario['tiers'][string]): boolean {
  return tier.lookupTimeoutMs !== undefined || tier.onFailure !== undefined;
}
