import type { ScenarioInput } from '../../../engine/simulation/scenario.ts';
import { Simulation } from '../../../engine/simulation/simulation.ts';
import type { BarsFigure, KnobValues } from '../format.ts';

const END_S = 120;
/** The first half fills the tiers. */
const FROM_S = 60;

/** A model that is never short of slots, so that a request's time is the way that it went and no queue. */
const office = ({ redisMs, entries }: KnobValues): ScenarioInput => ({
  name: 'four-tiers',
  durationS: END_S,
  intervalS: 1,
  load: { ratePerS: 150 },
  population: { kind: 'zipf', keys: 3000, exponent: 0.9, oneTimeShare: 0.03 },
  instances: 4,
  path: ['l1', 'l2', 'l3', 'pool'],
  tiers: {
    l1: {
      level: 'l1',
      scope: 'instance',
      capacityEntries: entries,
      ttlS: 60,
      lookup: { law: 'constant', meanMs: 1 },
    },
    l2: { level: 'l2', capacityEntries: 3000, ttlS: 3600, lookup: { law: 'constant', meanMs: redisMs } },
    l3: {
      level: 'l3',
      capacityEntries: 10_000,
      preload: 'population',
      lookup: { law: 'constant', meanMs: 25 },
    },
  },
  stations: { pool: { servers: null, service: { law: 'lognormal', meanMs: 2000, sigma: 0.2 } } },
  caller: { timeoutMs: 30_000 },
});

const TIERS = ['l1', 'l2', 'l3'] as const;
const ROWS = [
  { label: 'the model alone', on: [], tier: 'model' },
  { label: 'memory', on: ['l1'], tier: 'l1' },
  { label: 'memory, Redis', on: ['l1', 'l2'], tier: 'l2' },
  { label: 'memory, disk', on: ['l1', 'l3'], tier: 'l3' },
  { label: 'memory, Redis, disk', on: ['l1', 'l2', 'l3'], tier: 'l3' },
] as const;

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

export const figure: BarsFigure = {
  kind: 'bars',
  knobs: [
    { name: 'redisMs', label: 'A look-up in Redis', unit: 'ms', min: 1, max: 200, step: 1, value: 4 },
    { name: 'entries', label: 'Entries in each memory', unit: '', min: 20, max: 1000, step: 20, value: 200 },
  ],
  unit: 'ms',
  rows: (knobs) =>
    ROWS.map(({ label, on, tier }) => {
      const run = new Simulation(office(knobs), 7, {
        overrides: TIERS.map((name) => ({
          path: `tiers.${name}.on`,
          value: (on as readonly string[]).includes(name),
        })),
      }).run();
      const { meanMs, hitRate } = run.world.recorder.window(FROM_S, END_S);
      const note = on.length > 0 ? `${percent(hitRate)} need no model` : 'every request pays for a call';
      return { label, value: meanMs, tier, note };
    }),
  title: ({ rows }) => {
    const [model, memory, redis, disk, all] = rows.map(({ value }) => value);
    const ms = (value: number): string => value.toFixed(0);
    return all <= disk
      ? `A mean answer takes ${ms(model)} ms from the model, ${ms(memory)} behind memory, ${ms(redis)} with Redis as well, ${ms(all)} with all three.`
      : `With all three a mean answer takes ${ms(all)} ms. Without Redis it takes ${ms(disk)}: here Redis costs more than it saves.`;
  },
  caption:
    'Mean time of an answer in a minute of 150 requests a second, after one to fill. Four instances; memory answers in 1 ms, disk in 25 ms, the model in 2 s.',
  open: { href: '#/cache', words: 'Walk a prompt through four live tiers' },
};
