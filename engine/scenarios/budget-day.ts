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

/**
 * Budget day (S5). Models are chosen well and nothing is broken: there is just more to do than the day's budget was made for, as a sale
 * doubles what customers ask from 11:00 on. Untouched, the budget is checked before each call and serves whoever comes first.
 */
export const budgetDay: ScenarioInput = {
  name: 'budget-day',
  title: 'Budget day',
  question: 'The money will not last until midnight. Who is served with what is left?',
  startsAt: '00:00:00',
  startDate: '2026-11-27',
  durationS: 86_400,
  intervalS: 60,
  load: { ratePerS: 4, profile: dayProfile },
  population: { kind: 'zipf', keys: 5000, exponent: 0.9 },
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
    budgetMode: 'check',
    budgets: [
      {
        name: 'company',
        scope: { kind: 'global' },
        window: 'day',
        limitUsd: 5000,
        keepForCritical: 0.1,
      },
      { name: 'week', scope: { kind: 'global' }, window: 'week', limitUsd: 40_000 },
      { name: 'research', scope: { kind: 'agentType', of: 'research' }, window: 'day', limitUsd: 5000 },
      { name: 'marketplace', scope: { kind: 'tenant', of: 'marketplace' }, window: 'day', limitUsd: 2500 },
    ],
  },
  controls: {
    ttl: { tiers: ['l1', 'l2'], tuner: { on: false, maxS: 7200 } },
    // Agents by yesterday's load, which had no sale: what the forecast is worth shows from 11:00 on.
    agents: {
      station: 'agents',
      pool: { min: 2, max: 20 },
      forecast: { on: true, rpsPerAgent: 2.5 },
    },
  },
  caller: { timeoutMs: 30_000, retries: 1 },
  events: [
    {
      at: '11:00:00',
      label: 'The sale begins',
      kind: 'surge',
      set: { 'traffic.agents.support.factor': 2.5 },
    },
  ],
  objectives: { criticalServed: 0.999, costUsd: 5100 },
  presets: {
    graduated: {
      title:
        'From the start: reserved budgets, graduated actions, longer TTLs, nights, and a wall around research',
      at: '00:00:00',
      pulls: { budgetMode: 'reserve', measures: true, offPeak: true, ttlTuner: true, researchLimit: 1500 },
    },
  },
  levers: companyLevers,
};
