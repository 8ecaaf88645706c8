import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * Everything on the CDN is purged at the peak of the day (S5). Its edge answers 97 requests in a hundred, and the origin stands five times the
 * rest; of a sudden it has thirty times the rest. Callers leave after two seconds and come again, and what comes too late for them fills no edge.
 * A soft purge calls everything stale instead: it is still answered for a while, and renewed by one request each (RFC 5861).
 */
export const cdnPurge: ScenarioInput = {
  name: 'cdn-purge',
  title: 'Purge all, at the peak',
  question: 'The purge took a moment. Why is the site down for the rest of the evening?',
  startsAt: '20:00:00',
  durationS: 420,
  intervalS: 1,
  historyS: 300,
  load: { ratePerS: 1000 },
  population: { kind: 'zipf', keys: 4000, exponent: 0.9, oneTimeShare: 0.03 },
  path: ['edge', 'origin'],
  tiers: {
    edge: {
      title: 'CDN edge',
      level: 'l4',
      capacityEntries: 20_000,
      ttlS: 3600,
      lookup: { law: 'constant', meanMs: 8 },
      refreshAheadS: null,
    },
  },
  stations: {
    origin: {
      title: 'Origin',
      servers: 16,
      delay: { law: 'constant', meanMs: 20 },
      service: { law: 'lognormal', meanMs: 100, sigma: 0.4 },
    },
  },
  caller: { timeoutMs: 2000, retries: 2 },
  events: [{ at: '20:02:00', label: 'Purge all', kind: 'operator', set: { 'tiers.edge.purge': true } }],
  objectives: { meanMs: 80, hitRate: 0.9, errorRate: 0.01, recoverWithinS: 120, windowS: 20 },
  presets: {
    soft: {
      title: 'Stale while renewing, before the purge',
      at: '20:01:00',
      pulls: { stale: 60 },
    },
    rescue: {
      title: 'Share calls, keep late answers, drop dead work',
      at: '20:02:30',
      pulls: { coalescing: true, lateFill: true, flushDead: true },
    },
  },
  levers: [
    {
      id: 'stale',
      group: 'cache',
      level: 'l4',
      label: 'Stale while renewing',
      reason: 'What is purged still answers for so long, while it is renewed.',
      control: { kind: 'switch', path: 'tiers.edge.refreshAheadS', off: null, on: 60 },
      param: { path: 'tiers.edge.refreshAheadS', unit: 's', min: 1, max: 600, initial: 60 },
    },
    {
      id: 'coalescing',
      group: 'cache',
      label: 'Origin shield',
      reason: 'Same question at once: one call to the origin.',
      control: { kind: 'switch', path: 'stations.origin.coalesce' },
    },
    {
      id: 'lateFill',
      group: 'cache',
      label: 'Keep late answers',
      reason: 'An answer nobody waits for still fills the edge.',
      control: { kind: 'switch', path: 'caller.lateFill' },
    },
    {
      id: 'retries',
      group: 'latency',
      label: 'Retries',
      reason: 'Tries after the first, 2 s each.',
      control: { kind: 'number', path: 'caller.retries' },
      param: { path: 'caller.retries', unit: 'at most', min: 0, max: 5 },
    },
    {
      id: 'flushDead',
      group: 'latency',
      label: 'Dead work',
      reason: 'Drops calls whose caller has left.',
      control: { kind: 'action', path: 'stations.origin.flush', value: 'dead', label: 'Flush' },
    },
    {
      id: 'shed',
      group: 'latency',
      label: 'Shed load',
      reason: 'Refuses this share at the door.',
      control: { kind: 'switch', path: 'load.shedShare', off: 0, on: 0.8 },
      param: { path: 'load.shedShare', unit: '%', min: 0, max: 100, scale: 100, initial: 80 },
    },
    {
      id: 'purge',
      group: 'cache',
      level: 'l4',
      label: 'Purge',
      reason: 'Calls everything at the edge out of date.',
      control: { kind: 'action', path: 'tiers.edge.purge', value: true, label: 'Purge all' },
    },
  ],
};
