import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * The tail at scale (S5): three in a hundred calls take a second instead of 40 ms, whoever asks. A second call after the time that 95 in a hundred
 * answers take is needed by one request in twenty, and is slow itself only three times in a hundred. At 180 s the load doubles. Hedges are load as well:
 * sent early and without a cap they take the servers that the first calls needed, waits grow, and with them the hedges.
 */
export const hedging: ScenarioInput = {
  name: 'hedging',
  title: 'The tail at scale',
  question: 'Three calls in a hundred are slow. Would asking twice help, and whom would it hurt?',
  durationS: 360,
  intervalS: 1,
  load: { ratePerS: 200 },
  path: ['search'],
  stations: {
    search: {
      title: 'Search replicas',
      servers: 40,
      service: {
        law: 'hyperexponential',
        phases: [
          { share: 0.97, meanMs: 40 },
          { share: 0.03, meanMs: 1000 },
        ],
      },
    },
  },
  caller: { timeoutMs: 5000, onTimeout: 'cancel', hedge: { on: false } },
  events: [{ at: 180, label: 'Load × 2.3', kind: 'surge', set: { 'load.factor': 2.3 } }],
  objectives: { p99Ms: 400, errorRate: 0.001, windowS: 60 },
  presets: {
    hedge: { title: 'Ask twice after the p95, for one request in twenty', at: 30, pulls: { hedge: true } },
    eager: {
      title: 'Fails: ask twice after 50 ms, without a cap, at saturation',
      at: 30,
      pulls: { delay: 50, cap: false, hedge: true },
    },
  },
  levers: [
    {
      id: 'hedge',
      group: 'latency',
      label: 'Hedge',
      reason: 'A second call when the first is late; the first answer counts.',
      control: { kind: 'switch', path: 'caller.hedge.on' },
    },
    {
      id: 'delay',
      group: 'latency',
      label: 'Its delay',
      reason: 'Off: the running p95 of the answers.',
      control: { kind: 'switch', path: 'caller.hedge.delayMs', off: null, on: 50 },
      param: { path: 'caller.hedge.delayMs', unit: 'ms', min: 0, max: 2000, step: 10, initial: 50 },
    },
    {
      id: 'cap',
      group: 'latency',
      label: 'Its cap',
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
      id: 'load',
      group: 'latency',
      label: 'Load',
      reason: 'How many times 200 requests a second.',
      control: { kind: 'number', path: 'load.factor' },
      param: { path: 'load.factor', unit: '×', min: 0.1, max: 4, step: 0.1 },
    },
    {
      id: 'servers',
      group: 'cost',
      label: 'Servers',
      reason: 'Room for second calls costs money.',
      control: { kind: 'number', path: 'stations.search.servers' },
      param: { path: 'stations.search.servers', unit: 'servers', min: 10, max: 120 },
    },
  ],
};
