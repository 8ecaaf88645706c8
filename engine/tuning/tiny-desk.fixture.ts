import type { ScenarioInput } from '../simulation/scenario.ts';

/** A desk that is too small by a third, for searches that take seconds: more clerks help, coalescing does nothing, shedding costs answers. */
export const tinyDesk: ScenarioInput = {
  name: 'tiny-desk',
  title: 'A desk too small',
  durationS: 120,
  load: { ratePerS: 8 },
  path: ['desk'],
  stations: { desk: { servers: 6, service: { law: 'exponential', meanMs: 1000 } } },
  caller: { timeoutMs: 4000, retries: 0 },
  presets: { more: { title: 'Twelve clerks', at: 0, pulls: { clerks: 12 } } },
  levers: [
    {
      id: 'clerks',
      group: 'latency',
      label: 'Clerks',
      reason: 'Work side by side.',
      control: { kind: 'number', path: 'stations.desk.servers' },
      param: { path: 'stations.desk.servers', unit: 'clerks', min: 1, max: 40 },
    },
    {
      id: 'shed',
      group: 'latency',
      label: 'Shed',
      reason: 'Refuses at the door.',
      control: { kind: 'switch', path: 'load.shedShare', off: 0, on: 0.5 },
      param: { path: 'load.shedShare', unit: '%', min: 0, max: 100, scale: 100, initial: 50 },
    },
  ],
  objectives: { meanMs: 1200, errorRate: 0.03 },
};
