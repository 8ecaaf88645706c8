/** Which runs a sweep or a study of seeds makes, and what comes of them. */
import { InputError, show } from '../../../engine/core/errors.ts';
import type { RunRequest } from '../../../engine/runner/protocol.ts';
import { pullValueFrom } from '../../../engine/runner/run-text.ts';
import type { Trial } from '../../../engine/runner/trial-runner.ts';
import type { Scenario } from '../../../engine/simulation/scenario.ts';
import { estimate, type Estimate } from '../../../engine/tuning/estimate.ts';
import type { Outcome } from '../../../engine/tuning/outcome.ts';
import { MOST_VALUES } from './address.ts';

export interface StudyTrial extends Trial {
  readonly value: number;
  readonly seed: number;
}

/** Stretches of a run over which its curves are read. */
const STRETCHES = 48;

export interface Stretches {
  widthS: number;
  /** Ends, seconds. */
  x: number[];
}

export function stretchesOf({ durationS, intervalS }: Pick<Scenario, 'durationS' | 'intervalS'>): Stretches {
  const step = Math.max(1, Math.ceil(intervalS ?? 1));
  const widthS = step * Math.max(1, Math.ceil(durationS / STRETCHES / step));
  return { widthS, x: Array.from({ length: Math.floor(durationS / widthS) }, (_, i) => (i + 1) * widthS) };
}

/** Of the one simulated cell, by the name of the figure of a stretch. */
export const CURVES = [
  { id: 'response', title: 'Mean response', name: 'meanMs' },
  { id: 'hits', title: 'Hit rate', name: 'hitRate' },
  { id: 'cost', title: 'Cost per hour', name: 'sum:costUsd' },
] as const;
export type Curve = (typeof CURVES)[number];

export const curveFigures = ({ widthS, x }: Stretches): string[] =>
  CURVES.flatMap(({ name }) => x.map((toS) => `${name}@${toS - widthS}-${toS}`));

/** A curve of a run; cost in dollars an hour of the whole fleet. */
export function curveOf(
  outcome: Outcome,
  { name, id }: Curve,
  { widthS, x }: Stretches,
  cells: number,
): number[] {
  const scale = id === 'cost' ? (cells * 3600) / widthS : 1;
  return x.map((toS) => (outcome[`${name}@${toS - widthS}-${toS}`] ?? NaN) * scale);
}

/** Values from one end to the other, both included. @throws InputError */
export function sweepValues(from: number, to: number, steps: number): string[] {
  if (!Number.isFinite(from) || !Number.isFinite(to))
    throw new InputError('from, to', 'two numbers', `${from}, ${to}`);
  if (!Number.isSafeInteger(steps) || steps < 2 || steps > MOST_VALUES)
    throw new InputError('steps', `a whole number from 2 to ${MOST_VALUES}`, String(steps));
  return Array.from({ length: steps }, (_, i) =>
    String(Number((from + ((to - from) * i) / (steps - 1)).toPrecision(6))),
  );
}

/** `1, 2, 4` or `off, on`. @throws InputError */
export function valuesFrom(text: string): string[] {
  const values = [
    ...new Set(
      text
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    ),
  ];
  if (values.length < 1 || values.length > MOST_VALUES)
    throw new InputError('values', `1 to ${MOST_VALUES} values with commas between them`, show(text));
  return values;
}

export interface Study {
  /** Queries of the runs that it is of, the base first. */
  of: string[];
  base: RunRequest;
  /** Runs that are laid beside the base, each with the base's seeds. Only where no lever is swept. */
  others: RunRequest[];
  scenario: Scenario;
  lever: string;
  /** Empty: the base as it is. */
  values: string[];
  atS: number;
  seeds: number;
}

/** How many settings each seed is run with: values of the sweep, or the runs of a comparison. */
export const widthOf = ({ values, others }: Pick<Study, 'values' | 'others'>): number =>
  Math.max(values.length, others.length + 1);

/** All settings of a seed before the next seed, so that each has the same seeds whenever it is looked at. */
export function studyTrials(study: Study): StudyTrial[] {
  const { base, others, scenario, seeds } = study;
  // The curves' stretches are the base's: a run of another length has others, and a comparison draws none.
  const figures = others.length > 0 ? [] : curveFigures(stretchesOf(scenario));
  const settings = others.length > 0 ? [base, ...others] : sweptRuns(study);
  return Array.from({ length: seeds }, (_, i) => base.seed + i).flatMap((seed) =>
    settings.map((request, value): StudyTrial => ({ value, seed, request: { ...request, seed, figures } })),
  );
}

/** The base with each value of the lever in turn, or as it is. */
function sweptRuns({ base, scenario, lever, values, atS }: Study): RunRequest[] {
  if (values.length === 0) return [base];
  const known = scenario.levers.find(({ id }) => id === lever);
  const rest = (base.pulls ?? []).filter((pull) => pull.lever !== lever);
  return values.map((text) => ({
    ...base,
    pulls: [...rest, { atS, lever, value: pullValueFrom(text, known) }].sort((a, b) => a.atS - b.atS),
  }));
}

export const GOALS = [
  { name: 'meanMs', title: 'Mean response', better: 'less' },
  { name: 'p99Ms', title: 'p99 response', better: 'less' },
  { name: 'hitRate', title: 'Hit rate', better: 'more' },
  { name: 'errorRate', title: 'Failed', better: 'less' },
  { name: 'costUsd', title: 'Bill of model calls', better: 'less' },
  { name: 'recoveredAfterS', title: 'Recovery', better: 'less' },
] as const;
export type Goal = (typeof GOALS)[number];

/**
 * The figures that say something of these runs: a hit rate or a bill of 0 in all of them is that of a system without tiers or models.
 * @param outcomes by value or run, then by seed
 */
export const goalsOf = (outcomes: readonly (readonly Outcome[])[]): Goal[] =>
  GOALS.filter(({ name }) =>
    outcomes.some((of) =>
      of.some((outcome) => Number.isFinite(outcome[name]) && (outcome[name] !== 0 || name === 'errorRate')),
    ),
  );

export const CONFIDENCE = 0.95;

/** A mean over the seeds that have a value; undefined when none has. */
export function estimateOf(outcomes: readonly Outcome[], figure: string): Estimate | undefined {
  const values = outcomes.map((outcome) => outcome[figure] ?? NaN).filter((value) => Number.isFinite(value));
  return values.length > 0 ? estimate(values, CONFIDENCE) : undefined;
}
