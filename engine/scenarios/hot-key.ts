import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * Three in five requests ask for one thing, and once a minute its entry expires (S5). Until a fresh answer is there, a second and a half later, each
 * of them is a miss: more than three hundred calls for the same, before a pool that can do 17 a second, and whoever asks for something
 * else waits behind them, which lets the entries of others expire before they are renewed: those stampede in turn, until the minute is over and
 * the next one begins.
 */
export const hotKey: ScenarioInput = {
  name: 'hot-key',
  title: 'One key expires',
  question: 'One entry of two hundred expires. Why do requests for other things fail, once a minute?',
  durationS: 300,
  intervalS: 1,
  historyS: 150,
  load: { ratePerS: 400 },
  population: { kind: 'weighted', weights: [300, ...Array.from({ length: 200 }, () => 1)] },
  path: ['cache', 'pool'],
  tiers: {
    cache: {
      title: 'Cache',
      level: 'l2',
      capacityEntries: 1000,
      ttlS: 60,
      lookup: { law: 'constant', meanMs: 2 },
      refreshAheadS: null,
    },
  },
  stations: {
    pool: { title: 'Model pool', servers: 25, service: { law: 'lognormal', meanMs: 1500, sigma: 0.2 } },
  },
  caller: { timeoutMs: 5000, onTimeout: 'cancel', lateFill: true },
  objectives: { p99Ms: 2000, errorRate: 0.001, windowS: 90 },
  presets: {
    share: { title: 'Share the call', at: 30, pulls: { coalescing: true } },
    longer: {
      title: 'Fails: keep entries for longer, so the stampede is rarer and as large',
      at: 30,
      pulls: { ttl: 80 },
    },
    ahead: { title: 'Renew ahead of time', at: 30, pulls: { ahead: 10 } },
  },
  levers: [
    {
      id: 'coalescing',
      group: 'cache',
      label: 'Coalescing',
      reason: 'Same question at once: one model call.',
      control: { kind: 'switch', path: 'stations.pool.coalesce' },
    },
    {
      id: 'ahead',
      group: 'cache',
      level: 'l2',
      label: 'Renew ahead',
      reason: 'An entry near its end is fetched anew while it still answers.',
      control: { kind: 'switch', path: 'tiers.cache.refreshAheadS', off: null, on: 10 },
      param: { path: 'tiers.cache.refreshAheadS', unit: 's', min: 1, max: 60, initial: 10 },
    },
    {
      id: 'ttl',
      group: 'cache',
      level: 'l2',
      label: 'Time to live',
      reason: 'Longer is rarer, and staler.',
      control: { kind: 'number', path: 'tiers.cache.ttlS' },
      param: { path: 'tiers.cache.ttlS', unit: 's', min: 5, max: 3600, step: 5 },
    },
    {
      id: 'poolSize',
      group: 'cost',
      label: 'Model pool',
      reason: 'What a stampede would take: three hundred more.',
      control: { kind: 'number', path: 'stations.pool.servers' },
      param: { path: 'stations.pool.servers', unit: 'slots', min: 10, max: 500, step: 5 },
    },
  ],
};
