import { scenarioByName } from '../scenarios/catalogue.ts';
import { InputError } from '../core/errors.ts';
import { atSeconds } from '../simulation/scenario.ts';
import type { PullValue } from '../simulation/levers.ts';
import type { Pull } from '../simulation/simulation.ts';
import { estimate, type Estimate } from '../tuning/estimate.ts';
import type { Outcome } from '../tuning/outcome.ts';
import type { TrialRequest } from '../tuning/trial.ts';
import {
  isExact,
  isOutside,
  type Claim,
  type ClaimRun,
  type JudgedClaim,
  type MeasuredCase,
} from './claim.ts';
import { judgeCase, verdictOf, type Judgement, type Verdict } from './verdict.ts';

const CONFIDENCE = 0.95;

export interface CaseResult {
  condition: string | null;
  /** One value for each seed, or the exact one. */
  values: number[];
  /** Without an interval when it is exact. */
  measured: Estimate;
  judgement: Judgement;
}

export interface ClaimResult {
  id: string;
  verdict: Verdict;
  /** Empty for what is outside. */
  cases: CaseResult[];
}

/** The run of a claim with one seed, ready for a worker. @throws InputError for an unknown scenario or preset. */
export function requestOf(run: ClaimRun, seed: number, figures: readonly string[] = []): TrialRequest {
  const { scenario, overrides = [], untilS } = run;
  return {
    scenario,
    seed,
    overrides,
    pulls: pullsOf(run),
    ...(untilS === undefined ? {} : { untilS }),
    figures,
  };
}

function pullsOf({ scenario, preset, pulls }: ClaimRun): Pull[] {
  const input = scenarioByName(scenario);
  const given = preset === undefined ? undefined : input.presets?.[preset];
  if (preset !== undefined && !given)
    throw new InputError(
      'preset',
      `one of ${Object.keys(input.presets ?? {}).join(', ')}`,
      JSON.stringify(preset),
    );
  const at = (atS: number, levers: Readonly<Record<string, PullValue>>): Pull[] =>
    Object.entries(levers).map(([lever, value]) => ({ atS, lever, value }));
  return [
    ...(given ? at(atSeconds(given.at, { startsAt: input.startsAt ?? '00:00:00' }, 'at'), given.pulls) : []),
    ...(pulls ? at(pulls.atS, pulls.levers) : []),
  ];
}

/** Equal for equal runs, whatever is asked of them. */
export function keyOf({ figures: _, ...request }: TrialRequest): string {
  return JSON.stringify(request);
}

export const seedsOf = ({ seeds }: JudgedClaim): number[] => Array.from({ length: seeds }, (_, i) => i + 1);

/** Runs of one case with one seed, by name. */
export const caseRequests = ({ runs, figures }: MeasuredCase, seed: number): Record<string, TrialRequest> =>
  Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, requestOf(run, seed, figures)]));

/** Every run that a claim wants; none for what is exact or outside. */
export function requestsOf(claim: Claim): TrialRequest[] {
  if (isOutside(claim)) return [];
  const { cases } = claim;
  return seedsOf(claim).flatMap((seed) =>
    cases.flatMap((one) => (isExact(one) ? [] : Object.values(caseRequests(one, seed)))),
  );
}

/**
 * @param outcomeOf what came of a run; undefined for one that has not been made.
 * @returns null as long as one is missing. @throws InputError when a run lacks what the claim asks of it.
 */
export function evaluate(claim: Claim, outcomeOf: (key: string) => Outcome | undefined): ClaimResult | null {
  if (isOutside(claim)) return { id: claim.id, verdict: { kind: 'outside', conditions: [] }, cases: [] };
  const cases: CaseResult[] = [];
  for (const one of claim.cases) {
    const values = isExact(one) ? [one.exact()] : valuesOf(one, seedsOf(claim), outcomeOf);
    if (!values) return null;
    const measured = estimate(values, CONFIDENCE);
    cases.push({ condition: one.condition, values, measured, judgement: judgeCase(claim.bound, measured) });
  }
  return { id: claim.id, verdict: verdictOf(cases), cases };
}

function valuesOf(
  one: MeasuredCase,
  seeds: readonly number[],
  outcomeOf: (key: string) => Outcome | undefined,
): number[] | null {
  const values: number[] = [];
  for (const seed of seeds) {
    const outcomes: Record<string, Outcome> = {};
    for (const [name, request] of Object.entries(caseRequests(one, seed))) {
      const outcome = outcomeOf(keyOf(request));
      if (!outcome) return null;
      outcomes[name] = outcome;
    }
    values.push(one.quantity(outcomes));
  }
  return values;
}
