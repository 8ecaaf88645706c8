import type { EvictionPolicy } from '../cache/eviction/policy.ts';
import { InputError } from '../core/errors.ts';
import type { Candidate } from '../cost/selection-candidate.ts';
import type { Task } from '../cost/task.ts';
import type { Scenario } from './scenario.ts';

/**
 * What may stand in the place of a part of the world. A run without plug-ins is the run it always was; one with them depends on them
 * as it does on its seed, so they may read neither clock nor chance of their own. What they throw ends the run and comes out of `advanceTo`.
 */
export interface PlugIns {
  /** Which entries a tier gives up, and what it takes in. Called for each cache of the tier, and anew when one is resized. */
  caches?: { tier: string; policy: (capacity: number) => EvictionPolicy };
  retry?: RetryPlugIn;
  selector?: SelectorPlugIn;
  batching?: { station: string; waitMs: BatchingPlugIn };
}

/** Stands in the place of the callers' number of retries, backoff and retry budget. */
export interface RetryPlugIn {
  /** Somebody wants something: the first try goes. */
  onFirstTry(nowMs: number): void;
  /**
   * Wait before the next try; below 0: there is none.
   * @param attempt number of the try that failed, from 1. @param refused at once, and not timed out.
   * @param deadlineMs after which nobody waits any more; Infinity for none.
   */
  waitMs(attempt: number, refused: boolean, nowMs: number, deadlineMs: number): number;
}

/**
 * Stands in the place of the score on the gateway's route `select`. Gives the place of the chosen model among the candidates.
 * @param left in the budget that counts everybody and has the least left; null where there is none.
 */
export type SelectorPlugIn = (
  task: Task,
  candidates: readonly Candidate[],
  left: BudgetLeft | null,
) => number;

export interface BudgetLeft {
  leftUsd: number;
  limitUsd: number;
  /** Share of the budget's day, week or month that is still to come. */
  timeLeftShare: number;
}

/** What a batching rule is asked for: an item has come, its own time is over, or a batch has come back. */
export type BatchingOccasion = 'item' | 'time' | 'answer';

export interface BatchingQuestion {
  why: BatchingOccasion;
  nowMs: number;
  /** Items that wait; at least one. */
  waiting: number;
  /** How long the first of them has waited. */
  oldestMs: number;
  /** Workers that have nothing to do. */
  idle: number;
}

/** Milliseconds after which the batch goes; 0: now; Infinity: not before the next item or answer. */
export type BatchingPlugIn = (question: BatchingQuestion) => number;

/** Tries of one request: a retry rule that says "at once" to a refusal that comes at once would never come to an end. */
export const MOST_TRIES = 50;

/** @throws InputError for a plug-in that nothing in the scenario would ask. */
export function checkPlugIns(
  { tiers, stations, gateway }: Pick<Scenario, 'tiers' | 'stations' | 'gateway'>,
  { caches, batching, selector }: PlugIns = {},
): void {
  if (caches && !Object.hasOwn(tiers, caches.tier))
    throw new InputError('plugIns.caches.tier', `one of ${Object.keys(tiers).join(', ')}`, caches.tier);
  if (batching && !stations[batching.station]?.batch) {
    const names = Object.keys(stations).filter((name) => stations[name]!.batch);
    throw new InputError(
      'plugIns.batching.station',
      names.length > 0 ? `one of ${names.join(', ')}` : 'a scenario in which a station gathers calls',
      batching.station,
    );
  }
  if (selector && gateway?.route !== 'select')
    throw new InputError('plugIns.selector', 'a gateway with the route "select"', String(gateway?.route));
}
