import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * One replica of five fails a fifth of its calls: four in a hundred calls, which a second try mends (S5). At 60 s all are ten times slower for ten seconds. Callers
 * leave after a second and try up to three times more, so 50 requests a second become 200 before a pool that can do 100, and stay that many when the cause is gone.
 * A budget lets the everyday retries through and not the storm: one for every five first tries, and ten a second.
 */
export const retryBudget: ScenarioInput = {
  name: 'retry-budget',
  title: 'A budget for retries',
  question: 'Retries mend four errors in a hundred. Who lets ten bad seconds last for ever?',
  durationS: 300,
  intervalS: 1,
  load: { ratePerS: 50 },
  path: ['pool'],
  stations: {
    pool: {
      title: 'Model pool',
      servers: 4,
      service: { law: 'lognormal', meanMs: 200, sigma: 0.3 },
      replicas: { count: 5, kind: 'random', fail: [{ replica: 3, share: 0.2 }] },
    },
  },
  caller: {
    timeoutMs: 1000,
    retries: 3,
    backoff: { kind: 'exponential', baseMs: 100, capMs: 1000 },
    retryBudget: { on: false, ratio: 0.2, minPerS: 10, burst: 20 },
  },
  events: [
    { at: 60, label: 'Ten times slower', kind: 'fault', set: { 'stations.pool.service.meanMs': 2000 } },
    { at: 70, label: 'As fast as before', kind: 'relief', set: { 'stations.pool.service.meanMs': 200 } },
  ],
  objectives: { meanMs: 500, errorRate: 0.01, recoverWithinS: 60, windowS: 15 },
  presets: {
    budget: {
      title: 'One retry for five first tries, and ten a second',
      at: 30,
      pulls: { retryBudget: true },
    },
    tiny: {
      title: 'Fails: too small a budget, one in a hundred',
      at: 30,
      pulls: { ratio: 1, floor: 0, retryBudget: true },
    },
    none: { title: 'Fails: no retries at all', at: 30, pulls: { retries: 0 } },
  },
  levers: [
    {
      id: 'retryBudget',
      group: 'latency',
      label: 'Retry budget',
      reason: 'First tries fill a bucket, and each retry takes from it.',
      control: { kind: 'switch', path: 'caller.retryBudget.on' },
    },
    {
      id: 'ratio',
      group: 'latency',
      label: 'Its share',
      reason: 'Retries for a hundred first tries.',
      control: { kind: 'number', path: 'caller.retryBudget.ratio' },
      param: { path: 'caller.retryBudget.ratio', unit: '%', min: 0, max: 300, scale: 100 },
    },
    {
      id: 'floor',
      group: 'latency',
      label: 'Its floor',
      reason: 'Retries a second whatever the load.',
      control: { kind: 'number', path: 'caller.retryBudget.minPerS' },
      param: { path: 'caller.retryBudget.minPerS', unit: '/s', min: 0, max: 200 },
    },
    {
      id: 'retries',
      group: 'latency',
      label: 'Retries',
      reason: 'Tries after the first.',
      control: { kind: 'number', path: 'caller.retries' },
      param: { path: 'caller.retries', unit: 'at most', min: 0, max: 5 },
    },
    {
      id: 'backoff',
      group: 'latency',
      label: 'Backoff',
      reason: 'First wait before a retry; doubles each time.',
      control: { kind: 'number', path: 'caller.backoff.baseMs' },
      param: { path: 'caller.backoff.baseMs', unit: 'ms', min: 0, max: 10_000, step: 50 },
    },
  ],
};
