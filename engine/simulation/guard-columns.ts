import type { BreakerState } from '../latency/circuit-breaker.ts';
import { guardedStations } from './guards.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './world.ts';

/** With a breaker: 0 closed, 0.5 half-open, 1 open at the interval's end (NaN: off); tries that found it open; times it opened. */
export const BREAKER_COLUMNS = ['state', 'refused', 'opened'] as const;

/** With a hedge: second copies sent, those that answered first, and the wait before a second copy (NaN: none is sent). */
export const HEDGE_COLUMNS = ['sent', 'won', 'delayMs'] as const;

/**
 * With connections: calls that asked for one, that got one that was used before, and that waited; those that got none; idle races;
 * handshake milliseconds by term; connections and waiting calls at the interval's end.
 */
export const CONNECTION_COLUMNS = [
  'requests',
  'reused',
  'waits',
  'timedOut',
  'refused',
  'races',
  'dnsMs',
  'tcpMs',
  'tlsMs',
  'open',
  'waiting',
] as const;

/** With batches: batches sent, calls in them, calls without an answer in their batch, and calls being gathered at the interval's end. */
export const BATCH_COLUMNS = ['batches', 'items', 'missing', 'waiting'] as const;

type Parts = Pick<Scenario, 'tiers' | 'stations'> & Partial<Pick<Scenario, 'caller' | 'path'>>;

/** Columns of what callers do at stations, such as `station.redis.breaker.state`, and `tier.NAME.renewals`; none where there is none of it. */
export function guardColumnNames(scenario: Parts): string[] {
  const { caller, path, tiers, stations } = scenario;
  const guarded = caller && path ? guardedStations({ caller, path, tiers }) : null;
  return [
    ...Object.entries(stations).flatMap(([name, { connections, batch }]) =>
      [
        ...(guarded?.breaker.includes(name) ? BREAKER_COLUMNS.map((c) => `breaker.${c}`) : []),
        ...(guarded?.hedge.includes(name) ? HEDGE_COLUMNS.map((c) => `hedge.${c}`) : []),
        ...(connections ? CONNECTION_COLUMNS.map((c) => `connections.${c}`) : []),
        ...(batch ? BATCH_COLUMNS.map((c) => `batch.${c}`) : []),
      ].map((column) => `station.${name}.${column}`),
    ),
    ...Object.entries(tiers).flatMap(([name, tier]) =>
      tier.refreshAheadS === undefined ? [] : [`tier.${name}.renewals`],
    ),
  ];
}

const STATES: Record<BreakerState, number> = { closed: 0, 'half-open': 0.5, open: 1 };

/** Writes the columns above, in their order; null when the world has none of them. */
export function guardColumns(world: World): ((put: (value: number) => void) => void) | null {
  if (guardColumnNames(world.scenario).length === 0) return null;
  const last = new Map<string, number>();
  const added = (name: string, total: number): number => {
    const before = last.get(name) ?? 0;
    last.set(name, total);
    return total - before;
  };
  return (put) => {
    const { nowMs } = world;
    for (const guard of world.visits?.guards ?? []) {
      if (!guard) continue;
      guard.count();
      const { name } = guard.station;
      const { now } = guard.tally;
      if (guard.has.breaker) {
        put(guard.breaker ? STATES[guard.breaker.state(nowMs)] : NaN);
        for (const c of ['refused', 'opened'] as const) put(added(`${name} ${c}`, now[c]));
      }
      if (guard.has.hedge) {
        for (const c of ['sent', 'won'] as const) put(added(`${name} ${c}`, now[c]));
        const delayMs = guard.hedge?.delayMs(nowMs) ?? Infinity;
        put(delayMs < Infinity ? delayMs : NaN);
      }
      if (guard.connections) {
        const { tally } = guard.connections;
        for (const c of CONNECTION_COLUMNS)
          if (c !== 'open' && c !== 'waiting') put(added(`${name} connections ${c}`, tally.now[c]));
        const { open, waiting } = guard.connections.levels(nowMs);
        put(open);
        put(waiting);
      }
      if (guard.batch) {
        const { tally, batcher } = guard.batch;
        for (const c of ['batches', 'items', 'missing'] as const)
          put(added(`${name} batch ${c}`, tally.now[c]));
        put(batcher.waiting);
      }
    }
    for (const tier of world.tiers)
      if (tier.settings.refreshAheadS !== undefined) put(added(`${tier.name} renewals`, tier.renewals));
  };
}
