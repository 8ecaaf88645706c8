import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * Redis hangs for a minute (S5). Half of the requests are answered by the agents' own memory; of the rest Redis has seven in ten, and the pool
 * could do its work, too. It is not asked: every try begins with a lookup, and waits for it until its caller leaves.
 */
export const redisOutage: ScenarioInput = {
  name: 'redis-outage',
  title: 'Redis hangs',
  question: 'Redis is only a cache. Why do requests fail without it?',
  durationS: 240,
  intervalS: 1,
  historyS: 300,
  load: { ratePerS: 200 },
  population: { kind: 'zipf', keys: 20_000, exponent: 1, oneTimeShare: 0.05 },
  instances: 4,
  path: ['l1', 'l2', 'pool'],
  tiers: {
    l1: {
      title: 'Agents’ memory',
      level: 'l1',
      scope: 'instance',
      capacityEntries: 400,
      lookup: { law: 'constant', meanMs: 1 },
    },
    l2: {
      title: 'Redis',
      level: 'l2',
      capacityEntries: 12_000,
      station: 'redis',
      lookupTimeoutMs: null,
      onFailure: 'fail',
    },
  },
  stations: {
    redis: {
      title: 'Redis',
      servers: 1,
      delay: { law: 'constant', meanMs: 1 },
      service: { law: 'exponential', meanMs: 0.2 },
    },
    pool: { title: 'Model pool', servers: 140, service: { law: 'lognormal', meanMs: 500, sigma: 0.3 } },
  },
  caller: {
    timeoutMs: 2000,
    retries: 2,
    onTimeout: 'cancel',
    breaker: { on: false, stations: ['redis'], openMs: 5000, halfOpenProbes: 1, closeAfter: 1 },
  },
  events: [
    { at: 60, label: 'Redis hangs', kind: 'fault', set: { 'stations.redis.servers': 0 } },
    { at: 120, label: 'Redis is back', kind: 'relief', set: { 'stations.redis.servers': 1 } },
  ],
  objectives: { meanMs: 320, errorRate: 0.01, recoverWithinS: 45, windowS: 15 },
  presets: {
    protect: {
      title: 'A time-out, a fallback and a breaker',
      at: 70,
      pulls: { fallback: true, lookupTimeout: 250, breaker: true },
    },
    fallback: {
      title: 'Fails: no breaker, so each lookup waits in vain',
      at: 70,
      pulls: { fallback: true, lookupTimeout: 250 },
    },
    stuck: {
      title: 'Fails: a breaker stuck half-open',
      at: 70,
      pulls: {
        fallback: true,
        lookupTimeout: 250,
        bound: true,
        told: 'unreported',
        probeEnd: false,
        breaker: true,
      },
    },
  },
  levers: [
    {
      id: 'lookupTimeout',
      group: 'latency',
      label: 'Lookup time-out',
      reason: 'How long a request waits for Redis.',
      control: { kind: 'switch', path: 'tiers.l2.lookupTimeoutMs', off: null, on: 250 },
      param: { path: 'tiers.l2.lookupTimeoutMs', unit: 'ms', min: 5, max: 2000, step: 5, initial: 250 },
    },
    {
      id: 'fallback',
      group: 'cache',
      level: 'l2',
      label: 'Fallback',
      reason: 'A lookup that fails is a miss, not an error.',
      control: { kind: 'switch', path: 'tiers.l2.onFailure', off: 'fail', on: 'miss' },
    },
    {
      id: 'breaker',
      group: 'latency',
      label: 'Circuit breaker',
      reason: 'After 5 failures nobody asks Redis for a while.',
      control: { kind: 'switch', path: 'caller.breaker.on' },
      param: { path: 'caller.breaker.openMs', unit: 's', min: 1, max: 120, scale: 0.001 },
    },
    {
      id: 'told',
      group: 'latency',
      label: 'It hears of time-outs',
      reason: 'A probe that times out and tells nobody keeps its place.',
      control: {
        kind: 'choice',
        path: 'caller.breaker.timeouts',
        options: [
          { value: 'count', label: 'yes' },
          { value: 'unreported', label: 'no' },
        ],
      },
    },
    {
      id: 'probeEnd',
      group: 'latency',
      label: 'Lost probes',
      reason: 'Given up after this time, and counted as failures.',
      control: { kind: 'switch', path: 'caller.breaker.probeTimeoutMs', off: null, on: 30_000 },
      param: {
        path: 'caller.breaker.probeTimeoutMs',
        unit: 's',
        min: 1,
        max: 120,
        scale: 0.001,
        initial: 30,
      },
    },
    {
      id: 'bound',
      group: 'latency',
      label: 'Redis’ queue',
      reason: 'Refuses lookups at once beyond so many.',
      control: { kind: 'switch', path: 'stations.redis.maxQueue', off: null, on: 20 },
      param: { path: 'stations.redis.maxQueue', unit: 'lookups', min: 0, max: 1000, initial: 20 },
    },
    {
      id: 'retries',
      group: 'latency',
      label: 'Retries',
      reason: 'Tries after the first, 2 s each.',
      control: { kind: 'number', path: 'caller.retries' },
      param: { path: 'caller.retries', unit: 'at most', min: 0, max: 5 },
    },
    {
      id: 'poolSize',
      group: 'cost',
      label: 'Model pool',
      reason: 'It has the work of Redis to do as well.',
      control: { kind: 'number', path: 'stations.pool.servers' },
      param: { path: 'stations.pool.servers', unit: 'slots', min: 10, max: 300, step: 5 },
    },
  ],
};
