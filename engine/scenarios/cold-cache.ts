import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * A restart empties the cache under load (S5). It answered seven requests in eight; the pool behind it can do a fifth of them. Callers leave
 * after a second, and an answer that comes later is thrown away, so the cache that would end the trouble is not filled by it.
 */
export const coldCache: ScenarioInput = {
  name: 'cold-cache',
  title: 'A cold cache',
  question: 'The cache fills with every answer. Why does it stay empty?',
  durationS: 300,
  intervalS: 1,
  historyS: 300,
  load: { ratePerS: 500 },
  population: { kind: 'zipf', keys: 20_000, exponent: 1 },
  path: ['cache', 'pool'],
  tiers: {
    cache: {
      title: 'Cache',
      level: 'l1',
      capacityEntries: 8000,
      lookup: { law: 'constant', meanMs: 1 },
    },
  },
  stations: {
    pool: { title: 'Model pool', servers: 10, service: { law: 'exponential', meanMs: 100 } },
  },
  caller: { timeoutMs: 1000 },
  events: [{ at: 60, label: 'Restart: cache empty', kind: 'fault', set: { 'tiers.cache.lose': 1 } }],
  objectives: { meanMs: 60, hitRate: 0.8, errorRate: 0.01, recoverWithinS: 150, windowS: 20 },
  presets: {
    keep: {
      title: 'Keep late answers, share calls, drop dead work',
      at: 90,
      pulls: { lateFill: true, coalescing: true, flushDead: true },
    },
    margin: { title: 'Drop what would come too late', at: 90, pulls: { deadlineMargin: 400 } },
    share: { title: 'Fails: share calls only', at: 90, pulls: { coalescing: true } },
  },
  levers: [
    {
      id: 'lateFill',
      group: 'cache',
      label: 'Keep late answers',
      reason: 'An answer nobody waits for still fills.',
      control: { kind: 'switch', path: 'caller.lateFill' },
    },
    {
      id: 'coalescing',
      group: 'cache',
      label: 'Coalescing',
      reason: 'Same question at once: one call.',
      control: { kind: 'switch', path: 'stations.pool.coalesce' },
    },
    {
      id: 'deadlineMargin',
      group: 'latency',
      label: 'Deadline margin',
      reason: 'Drops calls that would come too late.',
      control: { kind: 'switch', path: 'stations.pool.deadlineMarginMs', off: null, on: 400 },
      param: {
        path: 'stations.pool.deadlineMarginMs',
        unit: 'ms',
        min: 0,
        max: 1000,
        step: 50,
        initial: 400,
      },
    },
    {
      id: 'flushDead',
      group: 'latency',
      label: 'Dead work',
      reason: 'Drops calls whose caller has left.',
      control: { kind: 'action', path: 'stations.pool.flush', value: 'dead', label: 'Flush' },
    },
    {
      id: 'shed',
      group: 'latency',
      label: 'Shed load',
      reason: 'Refuses this share at the door.',
      control: { kind: 'switch', path: 'load.shedShare', off: 0, on: 0.8 },
      param: { path: 'load.shedShare', unit: '%', min: 0, max: 100, scale: 100, initial: 80 },
    },
    {
      id: 'poolSize',
      group: 'cost',
      label: 'Model pool',
      reason: 'Cold it would take fifty.',
      control: { kind: 'number', path: 'stations.pool.servers' },
      param: { path: 'stations.pool.servers', unit: 'slots', min: 1, max: 100 },
    },
  ],
};
