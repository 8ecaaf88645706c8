import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * Sixteen replicas with a queue each, and a balancer that does not look (S5). One call in twenty takes a second, and whoever was sent behind it waits, while the
 * replica beside is idle. A tied request waits in two queues, and leaves the other as soon as one begins (Dean and Barroso, 2013): it costs hardly any work,
 * where a second call that is only cancelled at the answer doubles the load.
 */
export const tiedRequests: ScenarioInput = {
  name: 'tied-requests',
  title: 'In two queues at once',
  question: 'The shorter queue is not always the faster one. Why not stand in both?',
  durationS: 240,
  intervalS: 1,
  load: { ratePerS: 110 },
  path: ['search'],
  stations: {
    search: {
      title: 'Search replicas',
      servers: 1,
      service: {
        law: 'hyperexponential',
        phases: [
          { share: 0.95, meanMs: 50 },
          { share: 0.05, meanMs: 1000 },
        ],
      },
      replicas: { count: 16, kind: 'random' },
    },
  },
  caller: {
    timeoutMs: 10_000,
    onTimeout: 'cancel',
    hedge: { on: false, delayMs: 0, maxExtraShare: null, cancelAt: 'begin' },
  },
  events: [{ at: 150, label: 'Load × 1.25', kind: 'surge', set: { 'load.factor': 1.25 } }],
  objectives: { meanMs: 600, p99Ms: 4000, errorRate: 0.001, windowS: 60 },
  presets: {
    tied: { title: 'Tied: in two queues, until one begins', at: 60, pulls: { hedge: true } },
    shorter: { title: 'The shorter of two queues', at: 60, pulls: { balancer: 'p2c' } },
    both: {
      title: 'Fails: both are done, and the first answer counts',
      at: 60,
      pulls: { cancelAt: 'answer', hedge: true },
    },
    capped: {
      title: 'The same, for one call in twenty',
      at: 60,
      pulls: { cancelAt: 'answer', cap: 5, hedge: true },
    },
  },
  levers: [
    {
      id: 'hedge',
      group: 'latency',
      label: 'Second call',
      reason: 'Each request is sent to two replicas.',
      control: { kind: 'switch', path: 'caller.hedge.on' },
      param: { path: 'caller.hedge.delayMs', unit: 'ms later', min: 0, max: 5000, step: 10 },
    },
    {
      id: 'cancelAt',
      group: 'latency',
      label: 'Cancel the other',
      reason: 'When one of them begins, or when it has answered.',
      control: {
        kind: 'choice',
        path: 'caller.hedge.cancelAt',
        options: [
          { value: 'begin', label: 'begins' },
          { value: 'answer', label: 'answers' },
        ],
      },
    },
    {
      id: 'cap',
      group: 'latency',
      label: 'Cap',
      reason: 'Second calls, as a share of the first ones.',
      control: { kind: 'switch', path: 'caller.hedge.maxExtraShare', off: null, on: 0.05 },
      param: {
        path: 'caller.hedge.maxExtraShare',
        unit: '%',
        min: 0,
        max: 100,
        scale: 100,
        initial: 5,
      },
    },
    {
      id: 'balancer',
      group: 'latency',
      label: 'Balancer',
      reason: 'At random, or to the shortest queue of two, or of all.',
      control: {
        kind: 'choice',
        path: 'stations.search.replicas.kind',
        options: [
          { value: 'random', label: 'random' },
          { value: 'p2c', label: 'of two' },
          { value: 'least-loaded', label: 'of all' },
        ],
      },
    },
  ],
};
