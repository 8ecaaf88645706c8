import { breakerSettingsSchema, callerHedgeSchema } from './caller-schema.ts';
import { connectionsSchema, stationBatchSchema } from './guard-schema.ts';
import { handshakeSchema } from '../latency/connection-pool-settings.ts';
import { addFields } from './live-station-settings.ts';
import type { LiveSetting } from './live-settings.ts';
import { bool, nullOr, numberFrom, oneOf } from './setting-checks.ts';
import type { TierCaches } from './tier-caches.ts';
import type { World } from './world.ts';

type Add = (path: string, setting: LiveSetting) => void;

/**
 * What callers do at stations, as far as the scenario configures it. A change of breaker or hedge makes new machines, which know
 * nothing of the past; connections and batches go on under the new settings.
 */
export function addGuardSettings(world: World, add: Add): void {
  const { callerRules: caller, visits } = world;
  add('caller.deadlineMs', {
    read: () => caller.deadlineMs ?? null,
    reject: nullOr(numberFrom(1, 3_600_000)),
    apply: (ms: number | null) => (caller.deadlineMs = ms),
  });
  for (const tier of world.tiers) addTier(world, tier, add);
  if (!visits) return;
  const { breaker, hedge } = visits;
  if (breaker) {
    const { stations: _stations, ...fields } = breakerSettingsSchema.entries;
    addFields('caller.breaker', breaker, fields, add, () => visits.renewBreakers());
  }
  if (hedge) {
    const { stations: _stations, ...fields } = callerHedgeSchema.entries;
    addFields('caller.hedge', hedge, fields, add, () => visits.renewHedges());
  }
  for (const guard of visits.guards) {
    if (!guard) continue;
    const at = `stations.${guard.station.name}`;
    if (guard.connections) {
      const { settings } = guard.connections;
      const { scope: _scope, hosts: _hosts, handshake: _handshake, ...fields } = connectionsSchema.entries;
      const changed = (): void => visits.connections.resize(guard, world.nowMs);
      addFields(`${at}.connections`, settings, fields, add, changed);
      const { resumption: _resumption, ...terms } = handshakeSchema.entries;
      addFields(`${at}.connections.handshake`, settings.handshake, terms, add, () => undefined);
    }
    if (guard.batch) {
      const { perItem: _perItem, ...fields } = stationBatchSchema.entries;
      addFields(`${at}.batch`, guard.batch.settings, fields, add, () => undefined);
    }
  }
}

function addTier(world: World, tier: TierCaches, add: Add): void {
  const at = `tiers.${tier.name}`;
  const { settings } = tier;
  add(`${at}.purge`, { reject: bool, apply: (now: boolean) => now && tier.purge(world.nowMs) });
  if (settings.refreshAheadS !== undefined)
    add(`${at}.refreshAheadS`, {
      read: () => (tier.refreshAheadMs === 0 ? null : tier.refreshAheadMs / 1000),
      reject: nullOr(numberFrom(0.001, 1e9)),
      apply: (seconds: number | null) => (tier.refreshAheadMs = (seconds ?? 0) * 1000),
    });
  if (settings.lookupTimeoutMs !== undefined)
    add(`${at}.lookupTimeoutMs`, {
      read: () => (tier.lookupTimeoutMs === Infinity ? null : tier.lookupTimeoutMs),
      reject: nullOr(numberFrom(0.001, 3_600_000)),
      apply: (ms: number | null) => (tier.lookupTimeoutMs = ms ?? Infinity),
    });
  if (settings.onFailure !== undefined)
    add(`${at}.onFailure`, {
      read: () => tier.onFailure,
      reject: oneOf('fail', 'miss'),
      apply: (what: 'fail' | 'miss') => (tier.onFailure = what),
    });
}
