import { retryBudget } from '../../../engine/scenarios/retry-budget.ts';
import type { Simulation } from '../../../engine/simulation/simulation.ts';
import { column, smooth } from '../columns.ts';
import type { RunFigure } from '../format.ts';

const SLOW_FROM_S = 40;
const END_S = 160;
/** Four servers on each of five replicas, 200 ms a call. */
const CAPACITY_PER_S = 100;
/** More failures than this are worth a word. */
const FEW = 0.01;

/** Around each second, so that one sees the level and not the dice. */
const OVER_S = 5;
const calls = (run: Simulation, name: string): Float64Array => smooth(column(run, name), OVER_S);
const difference = (of: Float64Array, less: Float64Array) => of.map((value, i) => value - less[i]);

const slowUntilS = (slowS: number): number => SLOW_FROM_S + slowS;

/** Share of requests that fail on the quiet seconds before, and in the last fifteen seconds. */
export function failures({ world: { recorder } }: Simulation): { before: number; end: number } {
  return {
    before: recorder.window(5, SLOW_FROM_S).errorRate,
    end: recorder.window(END_S - 15, END_S).errorRate,
  };
}

const inHundred = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

export const figure: RunFigure = {
  kind: 'run',
  scenario: { ...retryBudget, durationS: 300 },
  seed: 1,
  untilS: END_S,
  knobs: [
    { name: 'slowS', label: 'Slow for', unit: 's', min: 1, max: 30, step: 1, value: 10 },
    { name: 'ratio', label: 'The budget’s share', unit: '%', min: 1, max: 100, step: 1, value: 20 },
  ],
  panels: [
    { title: 'No retries', retries: 0, budget: false },
    { title: 'Three retries', retries: 3, budget: false },
    { title: 'Three, with a budget', retries: 3, budget: true },
  ].map(({ title, retries, budget }) => ({
    title,
    overrides: ({ slowS, ratio }) => [
      { path: 'events.0.at', value: SLOW_FROM_S },
      { path: 'events.1.at', value: slowUntilS(slowS) },
      { path: 'caller.retries', value: retries },
      { path: 'caller.retryBudget', value: { on: budget, ratio: ratio / 100, minPerS: 0, burst: 20 } },
    ],
  })),
  y: { label: 'Calls a second', unit: '/s', max: 250 },
  lines: [
    { label: 'retries', tier: 'trouble', style: 'area', of: (run) => calls(run, 'tries') },
    {
      label: 'first tries',
      tier: 'model',
      style: 'area',
      of: (run) => difference(calls(run, 'tries'), calls(run, 'retries')),
    },
    {
      label: 'answered',
      style: 'line',
      of: (run) => difference(calls(run, 'completed'), calls(run, 'failed')),
    },
  ],
  levels: () => [{ label: `pool capacity, ${CAPACITY_PER_S}/s`, y: CAPACITY_PER_S }],
  bands: ({ slowS }) => [{ label: 'ten times slower', fromS: SLOW_FROM_S, toS: slowUntilS(slowS) }],
  verdict: (_, run) => {
    const { before, end } = failures(run);
    const lost = end > 0.5;
    return {
      good: !lost && before < FEW,
      words: lost ? 'never comes back' : before < FEW ? 'comes back' : 'errors on a good day',
      note: `failed: ${inHundred(before)} before, ${inHundred(end)} at the end`,
    };
  },
  title: ({ panels: [none, three, budget] }) => {
    const lost = three.verdict!.words === 'never comes back';
    if (!lost) return 'So short a slowness passes, even with three retries for everybody.';
    const errors = none.verdict!.words === 'errors on a good day';
    const kept = budget.verdict!.words;
    return `Without retries ${errors ? 'some requests fail on a good day' : 'all is well'}. With three, a few slow seconds never end. A budget ${
      kept === 'comes back'
        ? 'has neither fault'
        : kept === 'never comes back'
          ? 'of this size does not help'
          : 'this small brings the errors back'
    }.`;
  },
  caption:
    'One replica of five fails a fifth of its calls. The whole pool is slow for the shaded seconds, and then as fast as before.',
  open: { href: '?scenario=retry-budget#/', words: 'Cap the retries in the lab' },
};
