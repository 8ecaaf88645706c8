import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * One replica of five takes ten times as long, from a minute on (S5). Together the five can finish 100 calls a second, and 60 come, so four of them
 * would do. A balancer that does not look gives the slow one its fifth of the calls, twelve a second where it can finish two.
 */
export const slowReplica: ScenarioInput = {
  name: 'slow-replica',
  title: 'One slow replica',
  question: 'One of five replicas is slow. Why does everybody wait?',
  durationS: 360,
  intervalS: 1,
  load: { ratePerS: 60 },
  path: ['pool'],
  stations: {
    pool: {
      title: 'Model replicas',
      servers: 8,
      service: { law: 'lognormal', meanMs: 400, sigma: 0.4 },
      replicas: { count: 5, kind: 'random' },
    },
  },
  caller: { timeoutMs: 10_000 },
  events: [
    {
      at: 60,
      label: 'Replica 3 slows down × 10',
      kind: 'fault',
      set: { 'stations.pool.replicas.slow.3': 10 },
    },
  ],
  objectives: { meanMs: 600, p99Ms: 2000, errorRate: 0.02, recoverWithinS: 120 },
  presets: {
    ewma: { title: 'The faster of two, by what they took lately', at: 90, pulls: { balancer: 'p2c-ewma' } },
    'black-hole': {
      title: 'Fails: a replica that fails at once looks idle',
      at: 90,
      pulls: { slow: 1, failing: true, penalty: false, balancer: 'least-loaded' },
    },
    p2c: { title: 'The shorter of two queues', at: 90, pulls: { balancer: 'p2c' } },
  },
  levers: [
    {
      id: 'balancer',
      group: 'latency',
      label: 'Goes to',
      reason: 'p2c: the shorter queue of two. ewma: the faster of two. least: the shortest of all.',
      control: {
        kind: 'choice',
        path: 'stations.pool.replicas.kind',
        options: [
          { value: 'random', label: 'random' },
          { value: 'p2c', label: 'p2c' },
          { value: 'p2c-ewma', label: 'ewma' },
          { value: 'least-loaded', label: 'least' },
        ],
      },
    },
    {
      id: 'memory',
      group: 'latency',
      label: 'Memory of times',
      reason: 'How long the balancer remembers what a replica took.',
      control: { kind: 'number', path: 'stations.pool.replicas.decayMs' },
      param: { path: 'stations.pool.replicas.decayMs', unit: 's', min: 1, max: 120, scale: 0.001 },
    },
    {
      id: 'slow',
      group: 'latency',
      label: 'Replica 3',
      reason: 'How many times as long it takes.',
      control: { kind: 'number', path: 'stations.pool.replicas.slow.3' },
      param: { path: 'stations.pool.replicas.slow.3', unit: '×', min: 1, max: 50 },
    },
    {
      id: 'failing',
      group: 'latency',
      label: 'Failing replica',
      reason: 'Share of calls that replica 3 fails at once.',
      control: { kind: 'switch', path: 'stations.pool.replicas.fail.3', on: 1, off: 0 },
      param: { path: 'stations.pool.replicas.fail.3', unit: '%', min: 0, max: 100, scale: 100, initial: 100 },
    },
    {
      id: 'penalty',
      group: 'latency',
      label: 'Penalty for failures',
      reason: 'A failure counts as so long a call; without, failing fast looks fast.',
      control: { kind: 'switch', path: 'stations.pool.replicas.failurePenaltyMs', on: 5000, off: null },
      param: {
        path: 'stations.pool.replicas.failurePenaltyMs',
        unit: 's',
        min: 0.1,
        max: 60,
        step: 0.1,
        scale: 0.001,
        initial: 5,
      },
    },
    {
      id: 'ejection',
      group: 'latency',
      label: 'Ejection',
      reason: 'Takes a replica out after so many failures in a row.',
      control: { kind: 'switch', path: 'stations.pool.replicas.ejectAfter', on: 5, off: null },
      param: { path: 'stations.pool.replicas.ejectAfter', unit: 'failures', min: 1, max: 100, initial: 5 },
    },
  ],
};
