import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * A burst of twenty seconds leaves a queue that stands for the rest of the run (S5). The pool can finish 40 calls a second and 37 come; three times as
 * many for 20 s leave about 1400 behind, which at three a second take eight minutes to go. Nothing is broken, nobody retries: everybody waits his turn.
 */
export const standingQueue: ScenarioInput = {
  name: 'standing-queue',
  title: 'The queue that stands',
  question: 'The burst took twenty seconds. Why do all wait for minutes?',
  durationS: 420,
  intervalS: 1,
  load: { ratePerS: 37 },
  path: ['pool'],
  stations: {
    pool: {
      title: 'Model pool',
      servers: 20,
      service: { law: 'lognormal', meanMs: 500, sigma: 0.3 },
      standingMs: 1000,
      codel: { on: false, targetMs: 500, intervalMs: 1000 },
    },
  },
  caller: { timeoutMs: 60_000 },
  events: [
    { at: 60, label: 'Burst × 3', kind: 'surge', set: { 'load.factor': 3 } },
    { at: 80, label: 'Burst ends', kind: 'relief', set: { 'load.factor': 1 } },
  ],
  objectives: { meanMs: 1500, errorRate: 0.02, recoverWithinS: 180 },
  presets: {
    codel: { title: 'CoDel: drop while the queue stands', at: 90, pulls: { codel: true } },
    bound: { title: 'A bound before the burst', at: 30, pulls: { bound: 60 } },
    newest: {
      title: 'Newest first while it stands: the new ones do not wait, the old ones are lost',
      at: 90,
      pulls: { queueOrder: 'adaptive-lifo' },
    },
    touchy: {
      title: 'Fails: a target below the service time, which drops at any load',
      at: 20,
      pulls: { codel: 5, interval: 50 },
    },
    narrow: { title: 'Fails: a bound of three places', at: 30, pulls: { bound: 3 } },
  },
  levers: [
    {
      id: 'codel',
      group: 'latency',
      label: 'CoDel',
      reason: 'Drops the oldest while the wait stays above this target.',
      control: { kind: 'switch', path: 'stations.pool.codel.on' },
      param: { path: 'stations.pool.codel.targetMs', unit: 'ms', min: 5, max: 5000, step: 5 },
    },
    {
      id: 'interval',
      group: 'latency',
      label: 'CoDel’s patience',
      reason: 'How long the wait must stay above before the first drop.',
      control: { kind: 'number', path: 'stations.pool.codel.intervalMs' },
      param: { path: 'stations.pool.codel.intervalMs', unit: 'ms', min: 50, max: 10_000, step: 50 },
    },
    {
      id: 'queueOrder',
      group: 'latency',
      label: 'Queue',
      reason: 'Whom a free slot serves next. Newest first leaves the oldest behind.',
      control: {
        kind: 'choice',
        path: 'stations.pool.discipline',
        options: [
          { value: 'fifo', label: 'oldest' },
          { value: 'lifo', label: 'newest' },
          { value: 'adaptive-lifo', label: 'adaptive' },
        ],
      },
    },
    {
      id: 'bound',
      group: 'latency',
      label: 'Bounded queue',
      reason: 'Refuses at once what would only wait.',
      control: { kind: 'switch', path: 'stations.pool.maxQueue', off: null, on: 60 },
      param: { path: 'stations.pool.maxQueue', unit: 'calls', min: 0, max: 2000, step: 5, initial: 60 },
    },
  ],
};
