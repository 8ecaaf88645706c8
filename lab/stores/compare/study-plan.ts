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
  base: RunRequest;
  scenario: Scenario;
  lever: string;
  /** Empty: the base as it is. */
  values: string[];
  atS: number;
  seeds: number;
}

/** All values of a seed before the next seed, so that every value has the same seeds whenever it is looked at. */
export function studyTrials({ base, scenario, lever, values, atS, seeds }: Study): StudyTrial[] {
  const figures = curveFigures(stretchesOf(scenario));
  const known = scenario.levers.find(({ id }) => id === lever);
  const settings = values.length === 0 ? [undefined] : values;
  return Array.from({ length: seeds }, (_, i) => base.seed + i).flatMap((seed) =>
    settings.map((text, value): StudyTrial => {
      const pulls = base.pulls ?? [];
      const all =
        text === undefined
          ? pulls
          : [
              ...pulls.filter((pull) => pull.lever !== lever),
              { atS, lever, value: pullValueFrom(text, known) },
            ].sort((a, b) => a.atS - b.atS);
      return { value, seed, request: { ...base, seed, pulls: all, figures } };
    }),
  );
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

export const CONFIDENCE = 0.95;

/** A mean over the seeds that have a value; undefined when none has. */
export function estimateOf(outcomes: readonly Outcome[], figure: string): Estimate | undefined {
  const values = outcomes.map((outcome) => outcome[figure] ?? NaN).filter((value) => Number.isFinite(value));
  return values.length > 0 ? estimate(values, CONFIDENCE) : undefined;
}

/**
 * The value that is better than each of the others, by the paired 95 % intervals of the differences; undefined when the seeds do not tell.
 * @param outcomes by value, then by seed, the same seeds for all
 */
export function bestOf(
  outcomes: readonly (readonly Outcome[])[],
  { name, better }: Goal,
): number | undefined {
  const sign = better === 'less' ? 1 : -1;
  const found = outcomes.findIndex((mine, i) =>
    outcomes.every((others, j) => {
      if (i === j) return true;
      const differences = mine.map(
        (outcome, s) => sign * ((others[s]?.[name] ?? NaN) - (outcome[name] ?? NaN)),
      );
      if (differences.length < 2 || differences.some(Number.isNaN)) return false;
      return (estimate(differences, CONFIDENCE).low ?? 0) > 0;
    }),
  );
  return outcomes.length > 1 && found >= 0 ? found : undefined;
}
