import { InputError, show } from '../core/errors.ts';
import type { Scenario } from './scenario.ts';

/** What breakers, hedges, connections, batches and lookups need of the rest. */
export function checkGuards({ caller, stations, tiers, gateway }: Scenario): void {
  for (const part of ['breaker', 'hedge'] as const)
    for (const [i, name] of (caller[part]?.stations ?? []).entries())
      if (!Object.hasOwn(stations, name))
        throw new InputError(
          `caller.${part}.stations.${i}`,
          `one of ${Object.keys(stations).join(', ') || 'the stations (there are none)'}`,
          show(name),
        );
  for (const [name, station] of Object.entries(stations))
    if (station.connections && station.batch)
      throw new InputError(
        `stations.${name}.batch`,
        'no batch beside "connections"',
        'both',
        'A batch is sent by what gathers it, which has a connection of its own.',
      );
  for (const [name, tier] of Object.entries(tiers)) {
    for (const setting of ['lookupTimeoutMs', 'onFailure'] as const)
      if (tier[setting] !== undefined && tier.station === null)
        throw new InputError(
          `tiers.${name}.${setting}`,
          'a tier with a station',
          show(tier[setting]),
          'Lookups without one take their time and never fail.',
        );
    if (tier.refreshAheadS !== undefined && gateway)
      throw new InputError(
        `tiers.${name}.refreshAheadS`,
        'no gateway beside it',
        show(tier.refreshAheadS),
        'A renewal is nobody’s request, and the gateway has nobody to charge.',
      );
  }
}
