import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * A minute of a third more than can be served, and no caller says how long he will wait (S5). The queue takes everybody in and makes everybody late. Whoever
 * sends his deadline along can be dropped when his turn comes too late, and the next is served in time. It takes both: a deadline that the queue does not
 * know is dead work, one without a margin is served with no time left, and one of a minute is longer than any queue here.
 */
export const deadlines: ScenarioInput = {
  name: 'deadlines',
  title: 'Deadlines sent along',
  question: 'The pool works without a pause. For whom?',
  durationS: 300,
  intervalS: 1,
  load: { ratePerS: 80 },
  path: ['pool'],
  stations: {
    pool: { title: 'Model pool', servers: 20, service: { law: 'lognormal', meanMs: 200, sigma: 0.3 } },
  },
  caller: { timeoutMs: 30_000, deadlineMs: null },
  events: [
    { at: 60, label: 'Load × 1.6', kind: 'surge', set: { 'load.factor': 1.6 } },
    { at: 120, label: 'Load as before', kind: 'relief', set: { 'load.factor': 1 } },
  ],
  objectives: { meanMs: 1900, errorRate: 0.3, recoverWithinS: 30, windowS: 10 },
  presets: {
    margin: {
      title: 'Two seconds, sent along, with a margin of 400 ms',
      at: 50,
      pulls: { deadline: 2, margin: 400 },
    },
    untold: { title: 'Fails: two seconds that the queue does not know', at: 50, pulls: { deadline: 2 } },
    thin: {
      title: 'Fails: no margin, so all are served with no time left',
      at: 50,
      pulls: { deadline: 2, margin: 0 },
    },
    long: {
      title: 'Fails: a deadline longer than the queue',
      at: 50,
      pulls: { deadline: 25, margin: 400 },
    },
  },
  levers: [
    {
      id: 'deadline',
      group: 'latency',
      label: 'Deadline',
      reason: 'After that nobody wants the answer.',
      control: { kind: 'switch', path: 'caller.deadlineMs', off: null, on: 2000 },
      param: {
        path: 'caller.deadlineMs',
        unit: 's',
        min: 0.5,
        max: 120,
        step: 0.5,
        scale: 0.001,
        initial: 2,
      },
    },
    {
      id: 'margin',
      group: 'latency',
      label: 'Deadline margin',
      reason: 'The queue drops whoever has less than this left.',
      control: { kind: 'switch', path: 'stations.pool.deadlineMarginMs', off: null, on: 400 },
      param: {
        path: 'stations.pool.deadlineMarginMs',
        unit: 'ms',
        min: 0,
        max: 2000,
        step: 50,
        initial: 400,
      },
    },
    {
      id: 'load',
      group: 'latency',
      label: 'Load',
      reason: 'How many times 80 requests a second.',
      control: { kind: 'number', path: 'load.factor' },
      param: { path: 'load.factor', unit: '×', min: 0.1, max: 4, step: 0.1 },
    },
    {
      id: 'poolSize',
      group: 'cost',
      label: 'Model pool',
      reason: 'Twenty-six would do for the surge.',
      control: { kind: 'number', path: 'stations.pool.servers' },
      param: { path: 'stations.pool.servers', unit: 'slots', min: 1, max: 100 },
    },
  ],
};
