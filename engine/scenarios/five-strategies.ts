import type { ScenarioInput } from '../simulation/scenario.ts';
import {
  companyLevers,
  companyModels,
  companyPath,
  companyStations,
  companyTiers,
  companyTraffic,
  dayProfile,
  smallTaskRule,
} from './company.ts';

const SIX_S = 21_600;
const DAY_S = 86_400;

/** The company's day, begun at six in the morning. */
const fromSix = [
  ...dayProfile.filter(({ atS }) => atS >= SIX_S).map(({ atS, factor }) => ({ atS: atS - SIX_S, factor })),
  ...dayProfile
    .filter(({ atS }) => atS > 0 && atS <= SIX_S)
    .map(({ atS, factor }) => ({ atS: atS + DAY_S - SIX_S, factor })),
];

/**
 * The module's five strategies (M1) on a plain day of a small company: nothing breaks, nobody is refused. Written with all of them on; `strategies`
 * says how each is turned off, which is what the ablation reruns. The day begins and ends when the cheap hours do, at six: what is put off to
 * the night is done and paid within it. At midnight half of it would still wait, and pass for saved.
 */
export const fiveStrategies: ScenarioInput = {
  name: 'five-strategies',
  title: 'Five ways to save',
  question: 'Which of the five strategies saves how much, and how much of it twice?',
  startsAt: '06:00:00',
  startDate: '2026-11-24',
  durationS: DAY_S,
  intervalS: 300,
  load: { ratePerS: 0.8, profile: fromSix },
  population: { kind: 'zipf', keys: 300, exponent: 1 },
  path: companyPath,
  tiers: companyTiers,
  stations: companyStations,
  models: companyModels,
  traffic: companyTraffic,
  gateway: {
    model: 'gpt-4',
    route: 'select',
    rulesOn: true,
    rules: [smallTaskRule],
    cascade: { small: 'gpt-3.5-turbo', big: 'gpt-4' },
    batching: { on: true, size: 5, windowMs: 100 },
    offPeak: { on: true },
    budgets: [
      { name: 'company', scope: { kind: 'global' }, window: 'day', limitUsd: 20_000 },
      { name: 'research', scope: { kind: 'agentType', of: 'research' }, window: 'day', limitUsd: 20_000 },
    ],
  },
  controls: {
    ttl: { tiers: ['l1', 'l2'], tuner: { on: true, maxS: 14_400, minSamples: 300 } },
    agents: { station: 'agents', pool: { min: 2, max: 10, slotsPerAgent: 2 } },
  },
  caller: { timeoutMs: 30_000, retries: 1 },
  objectives: { criticalServed: 0.999 },
  strategies: [
    {
      id: 'rightSizing',
      title: 'Right-sizing: the model that will do',
      off: { 'gateway.route': 'fixed', 'gateway.rulesOn': false },
    },
    { id: 'batching', title: 'Batching', off: { 'gateway.batching.on': false } },
    {
      id: 'caching',
      title: 'Caching',
      off: { 'tiers.l1.on': false, 'tiers.l2.on': false },
    },
    { id: 'scheduling', title: 'Off-peak scheduling', off: { 'gateway.offPeak.on': false } },
    {
      id: 'spot',
      title: 'Agents by load, on spot capacity',
      off: {
        'controls.agents.pool.spotShare': 0,
        'controls.agents.pool.min': 8,
        'controls.agents.pool.max': 8,
      },
    },
  ],
  levers: companyLevers,
};
