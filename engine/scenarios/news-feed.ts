import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * News feed (S2). A feed that is written anew for each reader: every read is a model call, and its cache key holds the reader's name, so
 * no cache ever has it. At 07:00 there is news, and twice as many read.
 *
 * Only that is written here, and how long readers wait (two minutes on average, exponential). A cell: 60 reads a second, and a pool with
 * 194 calls in flight at 2.6 s, which is 74.6 a second: four fifths busy before the news. At 120 a second 62 % can be served; the others
 * leave. So the mean settles at 0.38 × 120 s + 0.62 × 2.6 s = 47 s (M/G/c with impatience, fluid limit; Whitt 2006), which nobody
 * wrote down anywhere.
 */
export const newsFeed: ScenarioInput = {
  name: 'news-feed',
  title: 'News feed',
  question: 'A million people read the same ten stories. Why is each of them written a million times?',
  startsAt: '06:30:00',
  durationS: 5400,
  intervalS: 1,
  fleet: { cells: 200, users: 40_000_000 },
  load: { ratePerS: 60 },
  population: { kind: 'zipf', keys: 1500, exponent: 1, oneTimeShare: 1 },
  instances: 8,
  path: ['l1', 'l2', 'writers'],
  tiers: {
    l1: {
      title: 'Agents’ memory',
      level: 'l1',
      scope: 'instance',
      capacityEntries: 2000,
      ttlS: 60,
      lookup: { law: 'constant', meanMs: 2 },
    },
    l2: {
      title: 'Redis',
      level: 'l2',
      capacityEntries: 20_000,
      ttlS: 60,
      station: 'redis',
      refreshAheadS: null,
    },
  },
  stations: {
    redis: {
      title: 'Redis',
      servers: 1,
      delay: { law: 'constant', meanMs: 3 },
      service: { law: 'exponential', meanMs: 0.2 },
    },
    writers: {
      title: 'Model pool',
      servers: 194,
      service: { law: 'lognormal', meanMs: 2600, sigma: 0.3 },
      patience: { law: 'exponential', meanMs: 120_000 },
      tokensPerCall: 1500,
      model: 'gpt-4',
    },
  },
  models: {
    'gpt-4': { meanMs: 2600, usdPerMTokens: 30 },
    'gpt-4-turbo': { meanMs: 1950, usdPerMTokens: 10 },
    'gpt-3.5-turbo': { meanMs: 1300, usdPerMTokens: 1.5 },
  },
  events: [{ at: '07:00:00', label: 'Breaking news ×2', kind: 'surge', set: { 'load.factor': 2 } }],
  objectives: { meanMs: 84, hitRate: 0.97, recoverWithinS: 1800, windowS: 60 },
  view: { fromS: 1500, toS: 4200 },
  presets: {
    shared: {
      title:
        'One summary for all readers, kept for five minutes, renewed in time, written once; newest readers first',
      at: '07:20:00',
      pulls: { cacheKey: 0.015, ttl: 300, renewal: 100, coalescing: true, queueOrder: 'adaptive-lifo' },
    },
  },
  levers: [
    {
      id: 'cacheKey',
      group: 'cache',
      label: 'Written for',
      reason: 'One reader, or all who read the story.',
      control: {
        kind: 'choice',
        path: 'population.oneTimeShare',
        options: [
          { value: 1, label: 'reader' },
          { value: 0.015, label: 'story' },
        ],
      },
    },
    {
      id: 'l1',
      group: 'cache',
      level: 'l1',
      label: 'L1 memory',
      reason: 'Answers in 2 ms. One per instance.',
      control: { kind: 'switch', path: 'tiers.l1.on' },
      param: { path: 'tiers.l1.ttlS', unit: 's', min: 1, max: 3600, step: 5 },
    },
    {
      id: 'l2',
      group: 'cache',
      level: 'l2',
      label: 'L2 Redis',
      reason: 'One instance’s summary serves them all.',
      control: { kind: 'switch', path: 'tiers.l2.on' },
    },
    {
      id: 'ttl',
      group: 'cache',
      label: 'Summaries kept',
      reason: 'Longer: fewer calls, older news.',
      control: { kind: 'number', path: 'tiers.l2.ttlS' },
      param: { path: 'tiers.l2.ttlS', unit: 's', min: 1, max: 3600, step: 10 },
    },
    {
      id: 'renewal',
      group: 'cache',
      label: 'Early renewal',
      reason: 'Written anew before it expires; nobody waits.',
      control: { kind: 'switch', path: 'tiers.l2.refreshAheadS', off: null, on: 100 },
      param: { path: 'tiers.l2.refreshAheadS', unit: 's', min: 1, max: 600, step: 5, initial: 100 },
    },
    {
      id: 'coalescing',
      group: 'cache',
      label: 'Coalescing',
      reason: 'Same story at once: one model call.',
      control: { kind: 'switch', path: 'stations.writers.coalesce' },
    },
    {
      id: 'model',
      group: 'cost',
      label: 'Model',
      reason: 'Smaller ones write sooner: 2.6, 1.95, 1.3 s.',
      control: {
        kind: 'choice',
        path: 'stations.writers.model',
        options: [
          { value: 'gpt-4', label: 'gpt-4' },
          { value: 'gpt-4-turbo', label: '4-turbo' },
          { value: 'gpt-3.5-turbo', label: '3.5' },
        ],
      },
    },
    {
      id: 'poolSize',
      group: 'cost',
      label: 'Model pool',
      reason: 'Calls in flight in a cell. Paid per call.',
      control: { kind: 'number', path: 'stations.writers.servers' },
      param: { path: 'stations.writers.servers', unit: 'slots', min: 1, max: 2000, step: 10 },
    },
    {
      id: 'queueOrder',
      group: 'latency',
      label: 'Queue',
      reason: 'Whom a free slot serves next.',
      control: {
        kind: 'choice',
        path: 'stations.writers.discipline',
        options: [
          { value: 'fifo', label: 'oldest' },
          { value: 'lifo', label: 'newest' },
          { value: 'adaptive-lifo', label: 'adaptive' },
        ],
      },
    },
    {
      id: 'queueBound',
      group: 'latency',
      label: 'Bounded queue',
      reason: 'Refuses at once what would only wait.',
      control: { kind: 'switch', path: 'stations.writers.maxQueue', off: null, on: 200 },
      param: {
        path: 'stations.writers.maxQueue',
        unit: 'calls',
        min: 0,
        max: 100_000,
        step: 50,
        initial: 200,
      },
    },
    {
      id: 'shed',
      group: 'latency',
      label: 'Shed load',
      reason: 'Refuses this share at the door, in 1 ms.',
      control: { kind: 'switch', path: 'load.shedShare', off: 0, on: 0.4 },
      param: { path: 'load.shedShare', unit: '%', min: 0, max: 100, scale: 100, initial: 40 },
    },
  ],
};
