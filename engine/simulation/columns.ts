import { extraColumnNames } from './extra-columns.ts';
import { guardColumnNames } from './guard-columns.ts';
import { protectionColumnNames } from './protection-columns.ts';
import { memoryColumnNames } from './memory-columns.ts';
import type { Scenario } from './scenario.ts';

/** Columns that every run has. Counts are per interval, of the one simulated cell. */
export const BASE_COLUMNS = [
  /** Requests whose intended start lies in the interval. */
  'arrivals',
  /** Requests answered or given up in the interval. */
  'completed',
  /** Of those, given up or refused. */
  'failed',
  /** Of those, refused at the door. */
  'shed',
  /** Mean and quantiles of the response time of `completed`, from the intended start; NaN when there were none. */
  'meanMs',
  'p50Ms',
  'p95Ms',
  'p99Ms',
  /** Share of `completed` answered by a cache tier; NaN when there were none. */
  'hitRate',
  /** Tries sent, first ones and retries. */
  'tries',
  'retries',
  /** Paid for model calls, also those nobody waited for. US dollars of one cell. */
  'costUsd',
] as const;

/** For each tier. `hits`: requests it answered. `entries`: held at the interval's end, all instances together. */
export const TIER_COLUMNS = ['lookups', 'hits', 'entries'] as const;

/**
 * For each station. `queue` and `dead`: calls waiting at the interval's end, and those of them whose caller has left.
 * `busy`: mean number of servers at work. `deadCompleted`: calls finished for nobody.
 */
export const STATION_COLUMNS = [
  'arrivals',
  'completed',
  'deadCompleted',
  'rejected',
  'queue',
  'dead',
  'busy',
] as const;

/** Names of a scenario's series columns, such as `meanMs`, `tier.l1.hits`, `station.pool.queue`, in their fixed order. */
export function columnNames(
  scenario: Pick<Scenario, 'tiers' | 'stations'> &
    Partial<Pick<Scenario, 'traffic' | 'gateway' | 'controls' | 'models' | 'memory' | 'caller' | 'path'>>,
): string[] {
  return [
    ...BASE_COLUMNS,
    ...Object.keys(scenario.tiers).flatMap((tier) => TIER_COLUMNS.map((c) => `tier.${tier}.${c}`)),
    ...Object.keys(scenario.stations).flatMap((station) =>
      STATION_COLUMNS.map((c) => `station.${station}.${c}`),
    ),
    ...extraColumnNames(scenario),
    ...protectionColumnNames(scenario),
    ...memoryColumnNames(scenario),
    ...guardColumnNames(scenario),
  ];
}
