import type { ScenarioInput } from '../simulation/scenario.ts';
import { companyModels, companyPath, companyStations, companyTiers, companyTraffic } from './company.ts';

/**
 * At 10:20 the provider wants its spare machines back (S5): all spot agents get their notice, and new ones last two minutes. Each is replaced at once, by
 * another spot agent, and takes a minute and a half to start. Spot is 70 % cheaper for as long as others do not need it.
 */
export const spotReclaim: ScenarioInput = {
  name: 'spot-reclaim',
  title: 'Spot agents are taken back',
  question: 'Agents at a third of the price. What does the hour cost in which they are taken away?',
  startsAt: '10:00:00',
  startDate: '2026-11-27',
  durationS: 3600,
  intervalS: 10,
  load: { ratePerS: 20 },
  population: { kind: 'zipf', keys: 5000, exponent: 0.9 },
  path: companyPath,
  tiers: companyTiers,
  stations: companyStations,
  models: companyModels,
  traffic: companyTraffic,
  gateway: { model: 'gpt-3.5-turbo', route: 'fixed' },
  controls: {
    agents: {
      station: 'agents',
      pool: { min: 8, max: 24, warm: 8, spotShare: 0.9, coldStartS: 90, interruptionsPerHour: 0.05 },
    },
  },
  caller: { timeoutMs: 20_000, onTimeout: 'cancel' },
  events: [
    {
      at: '10:20:00',
      label: 'Spot reclaimed',
      kind: 'fault',
      set: { 'controls.agents.pool.reclaim': 1, 'controls.agents.pool.interruptionsPerHour': 30 },
    },
    {
      at: '10:50:00',
      label: 'Spare machines again',
      kind: 'relief',
      set: { 'controls.agents.pool.interruptionsPerHour': 0.05 },
    },
  ],
  objectives: { meanMs: 5000, criticalServed: 0.98, recoverWithinS: 300, windowS: 60 },
  presets: {
    mixed: {
      title: 'From the start: half on spot, and four more',
      at: '10:00:00',
      pulls: { spot: 50, minAgents: 12 },
    },
    fallback: { title: 'On demand, a minute after the notice', at: '10:21:00', pulls: { spot: 0 } },
    more: { title: 'Fails: more agents, all on spot', at: '10:00:00', pulls: { spot: 100, minAgents: 14 } },
  },
  levers: [
    {
      id: 'spot',
      group: 'cost',
      label: 'Spot share',
      reason: 'Of the agents launched from now on. 70 % cheaper, and may be taken away.',
      control: { kind: 'number', path: 'controls.agents.pool.spotShare' },
      param: { path: 'controls.agents.pool.spotShare', unit: '%', min: 0, max: 100, step: 5, scale: 100 },
    },
    {
      id: 'minAgents',
      group: 'latency',
      label: 'Fewest agents',
      reason: 'Paid for, whether they work or not.',
      control: { kind: 'number', path: 'controls.agents.pool.min' },
      param: { path: 'controls.agents.pool.min', unit: 'agents', min: 1, max: 24 },
    },
    {
      id: 'warm',
      group: 'latency',
      label: 'Warm agents',
      reason: 'Kept ready, as long as the target for an hour allows it.',
      control: { kind: 'number', path: 'controls.agents.pool.warm' },
      param: { path: 'controls.agents.pool.warm', unit: 'agents', min: 0, max: 24 },
    },
    {
      id: 'reclaim',
      group: 'latency',
      label: 'Provider',
      reason: 'Gives notice to all spot agents.',
      control: { kind: 'action', path: 'controls.agents.pool.reclaim', value: 1, label: 'Reclaim' },
    },
  ],
};
