import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * A service without a limit collapses under a load that is a fifth over its capacity, and stays down (S5): callers give up after two seconds, ask
 * twice more, and its servers work off calls that nobody waits for. A limit on the calls inside keeps the rest outside, where a refusal costs nothing.
 */
export const concurrencyLimit: ScenarioInput = {
  name: 'concurrency-limit',
  title: 'The limit that finds itself',
  question: 'How many calls at once are too many, and who can know?',
  durationS: 360,
  intervalS: 1,
  load: { ratePerS: 70 },
  path: ['service'],
  stations: {
    service: {
      title: 'Service',
      servers: 20,
      service: { law: 'lognormal', meanMs: 200, sigma: 0.4 },
      limit: { on: false, kind: 'gradient2', initial: 20, min: 8 },
    },
  },
  caller: {
    timeoutMs: 2000,
    retries: 2,
    backoff: { kind: 'exponential', baseMs: 200, capMs: 2000 },
  },
  events: [
    { at: 60, label: 'Surge × 1.7', kind: 'surge', set: { 'load.factor': 1.7 } },
    { at: 210, label: 'Surge ends', kind: 'relief', set: { 'load.factor': 1 } },
  ],
  objectives: { meanMs: 800, errorRate: 0.25, recoverWithinS: 120 },
  presets: {
    gradient: { title: 'Gradient limit', at: 75, pulls: { limit: true } },
    aimd: {
      title: 'AIMD limit: needs losses, and climbs until callers leave',
      at: 75,
      pulls: { kind: 'aimd', limit: true },
    },
    fixed: { title: 'Fixed limit of 24', at: 75, pulls: { kind: 'fixed', start: 24, limit: true } },
    wide: {
      title: 'Fails: a fixed limit of 300',
      at: 75,
      pulls: { kind: 'fixed', start: 300, limit: true },
    },
    published: {
      title: 'Fails: the gradient as published, which takes its own delay for normal',
      at: 75,
      pulls: { heedLosses: false, memory: 10, limit: true },
    },
  },
  levers: [
    {
      id: 'limit',
      group: 'latency',
      label: 'Limit',
      reason: 'Refuses calls over the limit at once.',
      control: { kind: 'switch', path: 'stations.service.limit.on' },
    },
    {
      id: 'kind',
      group: 'latency',
      label: 'How it learns',
      reason: 'From response times, from losses, or not at all.',
      control: {
        kind: 'choice',
        path: 'stations.service.limit.kind',
        options: [
          { value: 'gradient2', label: 'gradient' },
          { value: 'aimd', label: 'AIMD' },
          { value: 'fixed', label: 'fixed' },
        ],
      },
    },
    {
      id: 'start',
      group: 'latency',
      label: 'Begins at',
      reason: 'Where the limit begins; where it stays, if it is fixed.',
      control: { kind: 'number', path: 'stations.service.limit.initial' },
      param: { path: 'stations.service.limit.initial', unit: 'calls', min: 8, max: 1000 },
    },
    {
      id: 'probe',
      group: 'latency',
      label: 'Probe',
      reason:
        'How often the gradient measures the unloaded time anew; off, it takes the long average for it.',
      control: { kind: 'switch', path: 'stations.service.limit.probeEveryMs', on: 30_000, off: null },
      param: {
        path: 'stations.service.limit.probeEveryMs',
        unit: 's',
        min: 5,
        max: 300,
        scale: 0.001,
        initial: 30,
      },
    },
    {
      id: 'heedLosses',
      group: 'latency',
      label: 'Heed losses',
      reason: 'A call that its caller has left halves the estimate; off, it is an answer like others.',
      control: { kind: 'switch', path: 'stations.service.limit.heedLosses' },
    },
    {
      id: 'memory',
      group: 'latency',
      label: 'Long average',
      reason: 'Windows that the gradient takes for normal.',
      control: { kind: 'number', path: 'stations.service.limit.longWindows' },
      param: { path: 'stations.service.limit.longWindows', unit: 'windows', min: 10, max: 10_000, step: 10 },
    },
    {
      id: 'outside',
      group: 'latency',
      label: 'Places outside',
      reason: 'Calls over the limit that may wait instead of being refused.',
      control: { kind: 'number', path: 'stations.service.limit.queue' },
      param: { path: 'stations.service.limit.queue', unit: 'calls', min: 0, max: 1000 },
    },
  ],
};
