import { lawMeanMs } from '../core/distributions.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { Station } from '../simulation/station.ts';
import type { RecentWindow, StationWindow } from './recent-window.ts';
import type { Recommendation } from './recommend.ts';

/** Looks at a run and the last minute of it. `lever` is the path of a live setting; `value` in the setting's own unit. */
export type Rule = (simulation: Simulation, seen: RecentWindow) => Recommendation[];

/** From here on, requests are tried so often that most of the load is repeats. */
export const STORM = 1.25;

/** Stations that requests meet, not those that only serve a tier's lookups. */
export function inPath({ world, scenario }: Simulation): Station[] {
  return world.stations.filter((s) => scenario.path.includes(s.name));
}

/**
 * What a request takes on average beside waiting and service at this station: lookups, the way there, other stations. Added up from what they
 * take, and not taken off the mean, which in a queue that grows is not yet that of those who wait in it.
 */
export function elsewhereMs({ world }: Simulation, seen: RecentWindow, station: Station): number {
  const lookups = world.tiers.map((tier) =>
    tier.on
      ? lawMeanMs(tier.settings.lookup) * Math.min(1, seen.tierAskedShare[tier.index]! / seen.triesPerRequest)
      : 0,
  );
  const stations = world.stations.map((other) => {
    const s = seen.stations[other.index]!;
    const there = other === station || Number.isNaN(s.serviceMs) ? 0 : s.serviceMs + s.waitMs;
    return askedOnce(s, seen.triesPerRequest) * (lawMeanMs(other.settings.delay) + there);
  });
  return [...lookups, ...stations].reduce((a, b) => a + b, 0);
}

/** Share of requests that need the station, however often they try. */
export const askedOnce = (s: StationWindow, triesPerRequest: number): number =>
  Math.min(1, s.askedShare / triesPerRequest);

export const titleOf = (station: Station): string => station.settings.title ?? station.name;
