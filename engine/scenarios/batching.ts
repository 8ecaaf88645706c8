import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * Four model workers take 100 ms for a call, however little it asks, and 5 ms for each text in it (S5). Twenty texts a second are no trouble; at
 * sixty they want six workers. Gathered for 50 ms, four texts share a call, and two workers would do. At 240 s the crowd is gone: whoever comes
 * now waits 50 ms for company that does not come.
 */
export const batching: ScenarioInput = {
  name: 'batching',
  title: 'Fifty milliseconds of patience',
  question: 'How can waiting on purpose make everybody faster, and when does it not?',
  durationS: 360,
  intervalS: 1,
  load: { ratePerS: 20 },
  path: ['model'],
  stations: {
    model: {
      title: 'Embedding model',
      servers: 4,
      service: { law: 'constant', meanMs: 100 },
      batch: { on: false, size: 16, windowMs: 50, perItem: { law: 'constant', meanMs: 5 } },
    },
  },
  caller: { timeoutMs: 10_000 },
  events: [
    { at: 60, label: 'Load × 3', kind: 'surge', set: { 'load.factor': 3 } },
    { at: 240, label: 'Hardly anybody', kind: 'relief', set: { 'load.factor': 0.1 } },
  ],
  objectives: { meanMs: 250, errorRate: 0.001, recoverWithinS: 120, windowS: 20 },
  presets: {
    batch: { title: 'Gather for 50 ms', at: 90, pulls: { batching: true } },
    patient: {
      title: 'Fails: a window of two seconds, which at low load is all that it adds',
      at: 90,
      pulls: { size: 1000, window: 2000, batching: true },
    },
  },
  levers: [
    {
      id: 'batching',
      group: 'latency',
      label: 'Batches',
      reason: 'Texts that come together share a call.',
      control: { kind: 'switch', path: 'stations.model.batch.on' },
    },
    {
      id: 'window',
      group: 'latency',
      label: 'Window',
      reason: 'How long the first waits for others.',
      control: { kind: 'number', path: 'stations.model.batch.windowMs' },
      param: { path: 'stations.model.batch.windowMs', unit: 'ms', min: 0, max: 5000, step: 10 },
    },
    {
      id: 'size',
      group: 'latency',
      label: 'Size',
      reason: 'A batch of so many goes at once.',
      control: { kind: 'number', path: 'stations.model.batch.size' },
      param: { path: 'stations.model.batch.size', unit: 'texts', min: 1, max: 1000 },
    },
    {
      id: 'short',
      group: 'latency',
      label: 'Short answers',
      reason: 'Share of batches whose answer lacks one text.',
      control: { kind: 'switch', path: 'stations.model.batch.shortShare', off: 0, on: 0.2 },
      param: {
        path: 'stations.model.batch.shortShare',
        unit: '%',
        min: 0,
        max: 100,
        scale: 100,
        initial: 20,
      },
    },
    {
      id: 'fallback',
      group: 'latency',
      label: 'Ask again, alone',
      reason: 'For texts that the batch has no answer for.',
      control: { kind: 'switch', path: 'stations.model.batch.fallback' },
    },
    {
      id: 'workers',
      group: 'cost',
      label: 'Workers',
      reason: 'The other way out, paid by the hour.',
      control: { kind: 'number', path: 'stations.model.servers' },
      param: { path: 'stations.model.servers', unit: 'workers', min: 1, max: 20 },
    },
  ],
};
