import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * A day that drifts (L9). Load doubles and halves, the provider is slow in the afternoon, and in the evening a new feature asks for what no
 * cache knows. A pool that is right at noon is too small at night for nobody, and too small at five for everybody.
 */
export const driftingDay: ScenarioInput = {
  name: 'drifting-day',
  title: 'A day that drifts',
  question: 'No number of slots is right all day. Who turns the knob?',
  startsAt: '00:00:00',
  durationS: 86_400,
  intervalS: 60,
  load: {
    ratePerS: 20,
    profile: [
      { atS: 0, factor: 0.4 },
      { atS: 14_400, factor: 0.25 },
      { atS: 25_200, factor: 0.8 },
      { atS: 43_200, factor: 1.4 },
      { atS: 54_000, factor: 1.1 },
      { atS: 68_400, factor: 1.6 },
      { atS: 79_200, factor: 0.9 },
      { atS: 86_400, factor: 0.4 },
    ],
  },
  population: { kind: 'zipf', keys: 3000, exponent: 0.9, oneTimeShare: 0.1 },
  path: ['l1', 'pool'],
  tiers: {
    l1: {
      title: 'Memory',
      level: 'l1',
      capacityEntries: 2000,
      ttlS: 1200,
      lookup: { law: 'constant', meanMs: 2 },
    },
  },
  stations: {
    pool: {
      title: 'Model pool',
      servers: 12,
      service: { law: 'lognormal', meanMs: 1500, sigma: 0.6 },
      tokensPerCall: 800,
      model: 'gpt-4-turbo',
    },
  },
  models: { 'gpt-4-turbo': { meanMs: 1500, usdPerMTokens: 10 } },
  controls: { keeper: { station: 'pool', targetMs: 800, everyS: 120, minServers: 2, maxServers: 120 } },
  events: [
    { at: '14:00:00', label: 'Provider slows', kind: 'fault', set: { 'stations.pool.service.meanMs': 2100 } },
    {
      at: '17:30:00',
      label: 'Provider well again',
      kind: 'relief',
      set: { 'stations.pool.service.meanMs': 1500 },
    },
    { at: '19:00:00', label: 'Shorter TTL', kind: 'operator', set: { 'tiers.l1.ttlS': 300 } },
  ],
  objectives: { meanMs: 800, windowS: 600 },
  presets: {
    keeper: { title: 'The keeper, from the start', at: '00:00:00', pulls: { keeper: true } },
  },
  levers: [
    {
      id: 'keeper',
      group: 'latency',
      label: 'Keeper',
      reason: 'Keeps the mean at its target, two minutes a look.',
      control: { kind: 'switch', path: 'controls.keeper.on' },
      param: { path: 'controls.keeper.targetMs', unit: 'ms', min: 100, max: 5000, step: 50 },
    },
    {
      id: 'poolSize',
      group: 'cost',
      label: 'Model pool',
      reason: 'Calls in flight, set by hand.',
      control: { kind: 'number', path: 'stations.pool.servers' },
      param: { path: 'stations.pool.servers', unit: 'slots', min: 1, max: 120 },
    },
    {
      id: 'ttl',
      group: 'cache',
      level: 'l1',
      label: 'TTL',
      reason: 'What is kept is not asked for again.',
      control: { kind: 'number', path: 'tiers.l1.ttlS' },
      param: { path: 'tiers.l1.ttlS', unit: 's', min: 10, max: 86_400, step: 60 },
    },
  ],
};
