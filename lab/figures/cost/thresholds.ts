import { formatClock } from '../../../engine/core/clock.ts';
import type { ScenarioInput } from '../../../engine/simulation/scenario.ts';
import type { Simulation } from '../../../engine/simulation/simulation.ts';
import type { RunFigure } from '../format.ts';

const LIMIT_USD = 120;
const INTERVAL_S = 900;
const DAY_S = 86_400;

/** A company's day on a dear model: customers, analysts, and reports that nobody waits for. */
const day: ScenarioInput = {
  name: 'thresholds-day',
  startsAt: '00:00:00',
  durationS: DAY_S,
  intervalS: INTERVAL_S,
  load: {
    ratePerS: 0.05,
    profile: [
      { atS: 0, factor: 0.4 },
      { atS: 28_800, factor: 1.2 },
      { atS: 64_800, factor: 1.2 },
      { atS: 86_400, factor: 0.6 },
    ],
  },
  path: ['gateway'],
  stations: {
    large: { servers: null, service: { law: 'lognormal', meanMs: 2000, sigma: 0.4 } },
    small: { servers: null, service: { law: 'lognormal', meanMs: 1000, sigma: 0.4 } },
  },
  models: {
    'gpt-4': { meanMs: 2000, usdPerMTokens: 30, accuracy: 0.98, quality: 0.95, station: 'large' },
    'gpt-3.5-turbo': { meanMs: 1000, usdPerMTokens: 1.5, accuracy: 0.92, quality: 0.85, station: 'small' },
  },
  traffic: {
    agents: [
      {
        name: 'customers',
        share: 0.5,
        criticality: 'critical',
        inputTokens: { mean: 700, sigma: 0.3 },
        outputTokens: { mean: 200, sigma: 0.4 },
        maxOutputTokens: 600,
      },
      {
        name: 'analysts',
        share: 0.2,
        criticality: 'normal',
        inputTokens: { mean: 2000, sigma: 0.3 },
        outputTokens: { mean: 300, sigma: 0.4 },
        maxOutputTokens: 900,
      },
      {
        name: 'reports',
        share: 0.3,
        criticality: 'low',
        inputTokens: { mean: 1500, sigma: 0.3 },
        outputTokens: { mean: 300, sigma: 0.4 },
        maxOutputTokens: 900,
      },
    ],
  },
  gateway: {
    model: 'gpt-4',
    budgetMode: 'reserve',
    budgets: [{ name: 'day', scope: { kind: 'global' }, window: 'day', limitUsd: LIMIT_USD }],
  },
};

/** The lab's five steps; with `first` below 80 % the first four are moved down, and stay as far apart as they were. */
const steps = (first: number) => {
  const lower = (at: number): number => Math.round((at - 80 + first) * 10) / 1000;
  return [
    { name: 'save', at: lower(80), ttlFactor: 2, cheaperModels: true, touches: 'normal' },
    { name: 'delay', at: lower(90), batch: true, defer: true, touches: 'high' },
    { name: 'scale down', at: lower(95), refuses: 'low' },
    { name: 'scale down further', at: lower(98), refuses: 'normal' },
    { name: 'emergency', at: 1, touches: 'critical', refuses: 'critical' },
  ];
};

const column = ({ world }: Simulation, name: string): Float64Array => world.recorder.column(name);
const sum = (of: Float64Array): number => of.reduce((a, b) => a + b, 0);
/** Per cent of a class's requests that were answered, interval by interval; where none ended, as in the one before. */
const served = (run: Simulation, name: string): Float64Array => {
  const ended = column(run, `class.${name}.ended`);
  const lost = column(run, `class.${name}.givenUp`);
  let share = 100;
  return ended.map((all, i) => (share = all > 0 ? 100 * (1 - lost[i] / all) : share));
};

/** Second of the day from which on some customers get no answer; null: all are served. */
function customersLostFromS(run: Simulation): number | null {
  const first = column(run, 'class.critical.givenUp').findIndex((lost) => lost > 0);
  return first < 0 ? null : first * INTERVAL_S;
}
const clock = (s: number): string => formatClock(s).slice(0, 5);

export const figure: RunFigure = {
  kind: 'run',
  scenario: day,
  seed: 3,
  untilS: DAY_S,
  knobs: [
    { name: 'load', label: 'Load', unit: '×', min: 0.6, max: 2, step: 0.1, value: 1 },
    { name: 'first', label: 'First step, third panel', unit: '%', min: 20, max: 80, step: 5, value: 50 },
  ],
  panels: [
    { title: 'No steps', on: false, moved: false },
    { title: 'Steps from 80 %', on: true, moved: false },
    { title: 'Steps that begin earlier', on: true, moved: true },
  ].map(({ title, on, moved }) => ({
    title,
    overrides: ({ load, first }) => [
      { path: 'load.factor', value: load },
      { path: 'gateway.measures.on', value: on },
      { path: 'gateway.measures.levels', value: steps(moved ? first : 80) },
    ],
  })),
  y: { label: 'per cent', unit: '%', max: 100 },
  lines: [
    {
      label: 'of the budget spent',
      tier: 'model',
      style: 'area',
      of: (run) => column(run, 'budget.day.spentUsd').map((usd) => (100 * usd) / LIMIT_USD),
    },
    { label: 'of reports written', tier: 'l4', style: 'line', dashed: true, of: (run) => served(run, 'low') },
    { label: 'of customers answered', tier: 'l1', style: 'line', of: (run) => served(run, 'critical') },
  ],
  verdict: (_, run) => {
    const fromS = customersLostFromS(run);
    const written = 100 * (1 - sum(column(run, 'class.low.givenUp')) / sum(column(run, 'class.low.ended')));
    const leftUsd = LIMIT_USD - column(run, 'budget.day.spentUsd').at(-1)!;
    const note = `${written.toFixed(0)} % of reports written, $${leftUsd.toFixed(0)} left`;
    return fromS === null
      ? { good: true, words: 'every customer answered', note }
      : { good: false, words: `customers refused from ${clock(fromS)}`, note };
  },
  title: ({ panels, knobs }) => {
    const [none, late, early] = panels.map(({ verdict }) => /\d\d:\d\d/.exec(verdict!.words)?.[0]);
    if (none === undefined) return 'At this load the money lasts until midnight without any step.';
    const without = `Without steps customers are refused from ${none}.`;
    if (late === undefined) return `${without} With steps from 80 % every customer is answered.`;
    const put = `${without} Steps from 80 % put that off until ${late}`;
    if (knobs['first'] === 80) return `${put}.`;
    return early === undefined
      ? `${put}, and with steps from ${knobs['first']} % every customer is answered.`
      : `${put}, steps from ${knobs['first']} % until ${early}.`;
  },
  caption:
    'One day, its budget of $120, and three kinds of agents on gpt-4; the same requests in every panel.',
  open: { href: '?scenario=model-bill#/', words: 'Stop a runaway bill in the lab' },
};
