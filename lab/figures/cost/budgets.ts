import type { ScenarioInput } from '../../../engine/simulation/scenario.ts';
import type { Simulation } from '../../../engine/simulation/simulation.ts';
import type { RunFigure } from '../format.ts';

const LIMIT_USD = 60;
const END_S = 90;

/** Reviewers and customers on one dear model, and a budget that a minute uses up. */
const rush: ScenarioInput = {
  name: 'budget-rush',
  durationS: END_S,
  intervalS: 1,
  load: { ratePerS: 15 },
  path: ['gateway'],
  stations: { large: { servers: null, service: { law: 'lognormal', meanMs: 8000, sigma: 0.4 } } },
  models: { 'gpt-4': { meanMs: 8000, usdPerMTokens: 30, accuracy: 0.98, quality: 0.95, station: 'large' } },
  traffic: {
    agents: [
      {
        name: 'reviews',
        share: 0.7,
        criticality: 'normal',
        inputTokens: { mean: 3000, sigma: 0.3 },
        outputTokens: { mean: 500, sigma: 0.6 },
        maxOutputTokens: 1500,
      },
      {
        name: 'customers',
        share: 0.3,
        criticality: 'critical',
        inputTokens: { mean: 1500, sigma: 0.3 },
        outputTokens: { mean: 250, sigma: 0.6 },
        maxOutputTokens: 800,
      },
    ],
  },
  gateway: {
    model: 'gpt-4',
    budgetMode: 'check',
    budgets: [{ name: 'day', scope: { kind: 'global' }, window: 'day', limitUsd: LIMIT_USD }],
  },
  caller: { timeoutMs: 60_000 },
};

const column = ({ world }: Simulation, name: string): Float64Array => world.recorder.column(name);
const sum = (of: Float64Array): number => of.reduce((a, b) => a + b, 0);

/** Share of the customers who got no answer. */
const customersLost = (run: Simulation): number =>
  sum(column(run, 'class.critical.givenUp')) / sum(column(run, 'class.critical.ended'));

const dollars = (usd: number): string => `$${usd.toFixed(2)}`;

export const figure: RunFigure = {
  kind: 'run',
  scenario: rush,
  seed: 5,
  untilS: END_S,
  knobs: [
    { name: 'answerS', label: 'An answer takes', unit: 's', min: 1, max: 20, step: 1, value: 8 },
    { name: 'keep', label: 'Kept for customers', unit: '%', min: 0, max: 60, step: 5, value: 30 },
  ],
  panels: [
    { title: 'Checked before each call', mode: 'check', keeps: false },
    { title: 'Worst case reserved', mode: 'reserve', keeps: false },
    { title: 'Reserved, a part kept', mode: 'reserve', keeps: true },
  ].map(({ title, mode, keeps }) => ({
    title,
    overrides: ({ answerS, keep }) => [
      { path: 'gateway.budgetMode', value: mode },
      { path: 'stations.large.service.meanMs', value: answerS * 1000 },
      { path: 'gateway.budgets.0.keepForCritical', value: keeps ? keep / 100 : 0 },
    ],
  })),
  y: { label: 'dollars', unit: '$' },
  lines: [
    {
      label: 'spent and held',
      tier: 'model',
      style: 'area',
      of: (run) => {
        const held = column(run, 'budget.day.reservedUsd');
        return column(run, 'budget.day.spentUsd').map((usd, s) => usd + held[s]);
      },
    },
    { label: 'spent', style: 'line', of: (run) => column(run, 'budget.day.spentUsd') },
    {
      label: 'beyond the limit',
      tier: 'trouble',
      style: 'line',
      dashed: true,
      of: (run) => column(run, 'budget.day.overshootUsd'),
    },
  ],
  levels: () => [{ label: `limit, $${LIMIT_USD}`, y: LIMIT_USD }],
  verdict: (_, run) => {
    const over = column(run, 'budget.day.overshootUsd').at(-1)!;
    const note = `${(100 * customersLost(run)).toFixed(0)} % of customers unanswered`;
    return over > 0
      ? { good: false, words: `${dollars(over)} too much`, note }
      : { good: true, words: 'never beyond', note };
  },
  title: ({ panels }) => {
    const over = panels[0].lines[2].y.at(-1)!;
    return `Checked before each call, the budget of $${LIMIT_USD} is overspent by ${dollars(over)}. Reserved first, it never is.`;
  },
  caption:
    'A minute and a half of a day’s budget: 15 requests a second on gpt-4, three in ten from customers; the same requests in every panel.',
  open: { href: '?scenario=budget-day#/', words: 'Share a day’s budget in the lab' },
};
