import { Comparison, FRESH_SEED, type Compared } from '../../../engine/tuning/comparison.ts';
import { outcomeOf } from '../../../engine/tuning/outcome.ts';
import { openTrial, type TrialRequest } from '../../../engine/tuning/trial.ts';
import type { Goal } from '../../../engine/tuning/score.ts';
import type { BarsFigure, KnobValues } from '../format.ts';

const FIRST_SEED = 1;
const FRESH = 12;
const RUN_S = 40;
const LEVER = 'memory';
const goal: Goal = { figure: 'meanMs', direction: 'least' };

/** Five replicas, all alike: how long the balancer remembers what each of them took makes hardly any difference. */
const scenario = {
  name: 'pool',
  durationS: RUN_S,
  intervalS: 10,
  load: { ratePerS: 22 },
  path: ['pool'],
  stations: {
    pool: {
      servers: 2,
      service: { law: 'lognormal', meanMs: 400, sigma: 0.8 },
      replicas: { count: 5, kind: 'p2c-ewma' },
    },
  },
  caller: { timeoutMs: 20_000 },
  levers: [
    {
      id: LEVER,
      group: 'latency',
      label: 'Memory of times',
      reason: 'How long the balancer remembers what a replica took.',
      control: { kind: 'number', path: 'stations.pool.replicas.decayMs' },
    },
  ],
};

const meanMs = (request: TrialRequest): number => outcomeOf(openTrial(request).run()).meanMs;
const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const pullsOf = (decayMs: number) => [{ atS: 0, lever: LEVER, value: decayMs }];

interface Search {
  /** Mean of the scenario as it is, and of the winner, with the seeds of the search. */
  untouchedMs: number;
  winnerMs: number;
  decayMs: number;
}

/** The best of some settings, evenly from two seconds to two minutes; all of them meet the same seeds. */
function searched({ settings, seeds }: KnobValues): Search {
  const own = Array.from({ length: seeds }, (_, i) => FIRST_SEED + i);
  const over = (pulls: TrialRequest['pulls']): number =>
    average(own.map((seed) => meanMs({ scenario, seed, ...(pulls ? { pulls } : {}) })));
  const tried = Array.from({ length: settings }, (_, i) => {
    const decayMs = 2000 + (118_000 * i) / Math.max(1, settings - 1);
    return { decayMs, ms: over(pullsOf(decayMs)) };
  });
  const winner = tried.reduce((best, one) => (one.ms < best.ms ? one : best));
  return { untouchedMs: over(undefined), winnerMs: winner.ms, decayMs: winner.decayMs };
}

/** The winner beside the scenario as it is, with seeds that no search has seen. */
function checked(decayMs: number): Compared[] {
  const comparison = new Comparison({
    scenario,
    goal,
    contenders: [
      { id: 'none', title: 'as it is', pulls: [] },
      { id: 'winner', title: 'winner', pulls: pullsOf(decayMs) },
    ],
    seeds: FRESH,
    firstSeed: FRESH_SEED,
    untilS: RUN_S,
  });
  for (let trial = comparison.next(); trial; trial = comparison.next())
    comparison.done(trial, outcomeOf(openTrial(trial.request).run()));
  return comparison.result()!;
}

const signed = (ms: number): string => `${ms < 0 ? '−' : '+'}${Math.abs(ms).toFixed(1)}`;
const less = (ms: number, than: number): number => 100 * (1 - ms / than);
const percent = (value: number): string => `${Math.abs(value).toFixed(1)} % ${value >= 0 ? 'less' : 'more'}`;

export const figure: BarsFigure = {
  kind: 'bars',
  unit: 'ms',
  knobs: [
    { name: 'settings', label: 'Settings tried', unit: '', min: 2, max: 40, step: 1, value: 24 },
    { name: 'seeds', label: 'Seeds for each', unit: '', min: 1, max: 4, step: 1, value: 1 },
  ],
  rows: (knobs) => {
    const { untouchedMs, winnerMs, decayMs } = searched(knobs);
    const [before, winner] = checked(decayMs);
    const { low, high } = winner.difference!;
    return [
      { label: 'in the search: as it is', value: untouchedMs },
      {
        label: 'in the search: its winner',
        value: winnerMs,
        tier: 'trouble',
        note: `the best of ${knobs.settings}: remembers for ${Math.round(decayMs / 1000)} s`,
      },
      { label: 'fresh seeds: as it is', value: before.figures.meanMs.mean },
      {
        label: 'fresh seeds: the winner',
        value: winner.figures.meanMs.mean,
        note: `seed by seed ${signed(low!)} to ${signed(high!)} ms`,
      },
    ];
  },
  title: ({ rows: [before, promised, fresh, kept], knobs: { settings } }) =>
    `The best of ${settings} settings promises ${percent(less(promised.value, before.value))} time. On fresh seeds it takes ${percent(less(kept.value, fresh.value))}.`,
  caption: `Mean response of a pool in runs of ${RUN_S} s. The lever that is searched does next to nothing. ${FRESH} fresh seeds.`,
  open: { href: '#/tune', words: 'Search levers that do something' },
};
