import type { ScenarioInput } from '../simulation/scenario.ts';

const agent = (
  name: string,
  title: string,
  criticality: 'critical' | 'high' | 'normal' | 'low',
  share: number,
) => ({
  name,
  title,
  criticality,
  share,
  inputTokens: { mean: 400 },
  outputTokens: { mean: 200 },
});

/**
 * Twice the load that a service can finish, from four kinds of callers (S5). The critical ones are a fifth of the load, and two fifths of the capacity: there is
 * room for all of them, and for the next class, if the others are refused. Left alone, the queue treats all alike, and nobody is answered in time.
 */
export const overloadClasses: ScenarioInput = {
  name: 'overload-classes',
  title: 'Who is refused',
  question: 'Half of the requests cannot be served. Which half?',
  durationS: 300,
  intervalS: 1,
  load: { ratePerS: 80 },
  path: ['service'],
  stations: {
    service: {
      title: 'Service',
      servers: 20,
      service: { law: 'lognormal', meanMs: 200, sigma: 0.4 },
      shed: { on: false, delayMs: 100, relaxDelayMs: 50, windowMs: 1000, relaxStep: 0.02 },
    },
  },
  traffic: {
    agents: [
      agent('checkout', 'Checkout', 'critical', 0.2),
      agent('support', 'Support', 'high', 0.25),
      agent('search', 'Search', 'normal', 0.25),
      agent('summaries', 'Summaries', 'low', 0.3),
    ],
  },
  caller: { timeoutMs: 2000, retries: 1, backoff: { kind: 'exponential', baseMs: 200, capMs: 2000 } },
  events: [{ at: 60, label: 'Load × 2.5', kind: 'surge', set: { 'load.factor': 2.5 } }],
  objectives: { meanMs: 1000, criticalServed: 0.9, recoverWithinS: 120 },
  presets: {
    shed: {
      title: 'Shed the least critical first, and drop what comes too late',
      at: 70,
      pulls: { deadlineMargin: 400, shed: true },
    },
    blind: { title: 'Fails: refuse half, whoever asks', at: 50, pulls: { deadlineMargin: 400, blind: 50 } },
    late: {
      title: 'Fails: shed in the collapse, with the dead before the living',
      at: 90,
      pulls: { shed: true },
    },
  },
  levers: [
    {
      id: 'shed',
      group: 'latency',
      label: 'Shed by class',
      reason: 'Refuses the least critical first, as long as calls wait longer than this.',
      control: { kind: 'switch', path: 'stations.service.shed.on' },
      param: { path: 'stations.service.shed.delayMs', unit: 'ms', min: 5, max: 2000, step: 5 },
    },
    {
      id: 'fineness',
      group: 'latency',
      label: 'Fineness',
      reason: 'Parts of a class, by user, that are shed one after the other; 1: the class as a whole.',
      control: { kind: 'number', path: 'stations.service.shed.userLevels' },
      param: { path: 'stations.service.shed.userLevels', unit: 'parts', min: 1, max: 1024 },
    },
    {
      id: 'blind',
      group: 'latency',
      label: 'Shed blindly',
      reason: 'Refuses this share at the door, whoever asks.',
      control: { kind: 'switch', path: 'load.shedShare', off: 0, on: 0.5 },
      param: { path: 'load.shedShare', unit: '%', min: 0, max: 100, scale: 100, initial: 50 },
    },
    {
      id: 'deadlineMargin',
      group: 'latency',
      label: 'Deadline margin',
      reason: 'Drops calls that would come too late.',
      control: { kind: 'switch', path: 'stations.service.deadlineMarginMs', off: null, on: 400 },
      param: {
        path: 'stations.service.deadlineMarginMs',
        unit: 'ms',
        min: 0,
        max: 2000,
        step: 50,
        initial: 400,
      },
    },
  ],
};
