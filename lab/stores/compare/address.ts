/**
 * What the page compares, as the fragment of its address: `#/compare?view=sweep&run=…&lever=load.factor&value=1&value=2&seeds=5`. A run is the
 * query that opens it in the lab, encoded once more.
 */
import { InputError, show } from '../../../engine/core/errors.ts';

export const VIEWS = ['runs', 'sweep', 'seeds'] as const;
export type View = (typeof VIEWS)[number];
export const MOST_RUNS = 4;
export const MOST_SEEDS = 20;
export const MOST_VALUES = 12;

export interface CompareAddress {
  view: View;
  /** Queries of runs, without the question mark. The first is the base. */
  runs: string[];
  /** What a sweep pulls at `atS`, lever or live setting. */
  lever: string;
  values: string[];
  atS: number;
  seeds: number;
}

export const EMPTY: CompareAddress = {
  view: 'runs',
  runs: [],
  lever: '',
  values: [],
  atS: 0,
  seeds: MOST_SEEDS,
};

export function compareHash({ view, runs, lever, values, atS, seeds }: CompareAddress): string {
  const query = new URLSearchParams();
  if (view !== 'runs') query.set('view', view);
  for (const run of runs) query.append('run', run);
  if (view === 'sweep') {
    if (lever) query.set('lever', lever);
    for (const value of values) query.append('value', value);
    if (atS > 0) query.set('at', String(atS));
  }
  if (view !== 'runs') query.set('seeds', String(seeds));
  const text = query.toString();
  return text === '' ? '#/compare' : `#/compare?${text}`;
}

/** @throws InputError naming the part that is wrong */
export function readCompareHash(hash: string): CompareAddress {
  const query = new URLSearchParams(/\?(.*)$/s.exec(hash)?.[1] ?? '');
  const wanted = query.get('view') ?? 'runs';
  const view = VIEWS.find((one) => one === wanted);
  if (!view) throw new InputError('?view', `one of ${VIEWS.join(', ')}`, show(wanted));
  const runs = query.getAll('run');
  if (runs.length > MOST_RUNS) throw new InputError('?run', `at most ${MOST_RUNS} runs`, String(runs.length));
  const values = query.getAll('value');
  if (values.length > MOST_VALUES)
    throw new InputError('?value', `at most ${MOST_VALUES} values`, String(values.length));
  return {
    view,
    runs,
    lever: query.get('lever') ?? '',
    values,
    atS: numberOf(query.get('at') ?? '0', '?at'),
    seeds: seedsOf(query.get('seeds') ?? String(view === 'sweep' ? 5 : MOST_SEEDS)),
  };
}

/** @throws InputError */
export function seedsOf(text: string): number {
  const seeds = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(seeds) || seeds < 1 || seeds > MOST_SEEDS)
    throw new InputError('seeds', `a whole number from 1 to ${MOST_SEEDS}`, show(text));
  return seeds;
}

function numberOf(text: string, place: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InputError(place, 'seconds of 0 or more', show(text));
  return value;
}
