import type { Override } from '../../../engine/simulation/overrides.ts';
import type { ScenarioInput } from '../../../engine/simulation/scenario.ts';
import { Simulation } from '../../../engine/simulation/simulation.ts';
import { shapley } from '../../../engine/tuning/shapley.ts';
import { companyModels, companyStations } from '../../../engine/scenarios/company.ts';
import type { BarsFigure, KnobValues, Row } from '../format.ts';

const { large, medium, small } = companyStations;

/**
 * A quiet day with three strategies on, so small that all eight settings run in a moment. It ends when the night does: work that is put off
 * is done and paid within it.
 */
const day: ScenarioInput = {
  name: 'ablation-day',
  startsAt: '06:00:00',
  durationS: 86_400,
  intervalS: 3600,
  load: { ratePerS: 0.02 },
  population: { kind: 'zipf', keys: 60, exponent: 1 },
  path: ['l1', 'gateway'],
  tiers: { l1: { level: 'l1', capacityEntries: 1000, ttlS: 14_400, lookup: { law: 'constant', meanMs: 2 } } },
  stations: { large, medium, small },
  models: companyModels,
  traffic: {
    agents: [
      {
        name: 'support',
        share: 0.7,
        criticality: 'critical',
        inputTokens: { mean: 700 },
        outputTokens: { mean: 150 },
        minAccuracy: 0.95,
      },
      {
        name: 'reports',
        share: 0.3,
        criticality: 'low',
        inputTokens: { mean: 1500 },
        outputTokens: { mean: 400 },
        minAccuracy: 0.9,
        deferrable: true,
        deadlineS: 86_400,
        repeatShare: 0.2,
      },
    ],
  },
  gateway: { model: 'gpt-4', route: 'select', offPeak: { on: true } },
};

const strategies: { name: string; off: Override[] }[] = [
  { name: 'Smaller models', off: [{ path: 'gateway.route', value: 'fixed' }] },
  { name: 'Cache', off: [{ path: 'tiers.l1.on', value: false }] },
  { name: 'Night', off: [{ path: 'gateway.offPeak.on', value: false }] },
];
const ALL = (1 << strategies.length) - 1;

/** What a day costs in each setting: bit i is set where strategy i is on. The same requests in all of them. @param more of the day is otherwise */
export function dayUsd({ price, repeats }: KnobValues, more: Override[] = []): number[] {
  return Array.from({ length: ALL + 1 }, (_, cell) => {
    const off = strategies.flatMap(({ off }, i) => (cell & (1 << i) ? [] : off));
    const run = new Simulation(day, 11, {
      overrides: [
        { path: 'models.gpt-4-turbo.usdPerMTokens', value: price },
        { path: 'traffic.agents.0.repeatShare', value: repeats / 100 },
        ...off,
        ...more,
      ],
    }).run();
    return run.world.recorder.total.cost.usd;
  });
}

/** A tenth of a per cent is what one seed can say. */
const rounded = (value: number): number => Math.round(value * 10) / 10;
const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0);

export const figure: BarsFigure = {
  kind: 'bars',
  unit: '%',
  knobs: [
    {
      name: 'price',
      label: 'Price of gpt-4-turbo',
      unit: '$',
      min: 2,
      max: 30,
      step: 1,
      value: 10,
    },
    { name: 'repeats', label: 'Questions asked before', unit: '%', min: 0, max: 95, step: 5, value: 90 },
  ],
  rows: (knobs) => {
    const usd = dayUsd(knobs);
    const saved = (cell: number): number => (100 * (usd[0] - usd[cell])) / usd[0];
    const alone = strategies.map((_, i) => saved(1 << i));
    const parts = shapley(strategies.length, saved);
    const rows: Row[] = [
      ...strategies.map(({ name }, i) => ({ label: `${name}, alone`, value: alone[i] })),
      { label: 'These three, added up', value: sum(alone), tier: 'trouble' },
      {
        label: 'All three, measured',
        value: saved(ALL),
        tier: 'model',
        note: `$${usd[0].toFixed(2)} → $${usd[ALL].toFixed(2)}`,
      },
      ...strategies.map(({ name }, i) => ({ label: `${name}, its part`, value: parts[i] })),
      ...strategies.map(({ name }, i) => ({
        label: `${name}, when taken away`,
        value: saved(ALL) - saved(ALL ^ (1 << i)),
      })),
    ];
    return rows.map((row) => ({ ...row, value: rounded(row.value) }));
  },
  title: ({ rows }) => {
    const [added, measured] = [strategies.length, strategies.length + 1].map((i) => rows[i].value.toFixed(0));
    return `Added up, the three would save ${added} % of the bill. Together they save ${measured} %.`;
  },
  caption:
    'Of a day’s bill, the same requests in eight runs: support answers that a cache may hold, and reports that can wait for the night.',
  open: { href: '#/ablation', words: 'Leave each strategy out in turn' },
};
