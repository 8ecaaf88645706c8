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
 * Runaway model bill (S3). At 10:00 a release breaks the stop condition of the research agents: their conversations go on for 60
 * requests instead of 6, and each carries all that was said before. At 16:00 it is rolled back.
 *
 * Untouched, everything runs on gpt-4, and one budget for all is checked before each call, as most gateways do. Only that is written
 * here: when the money is gone, by how much it is overspent, and who goes without comes out of the run.
 */
export const modelBill: ScenarioInput = {
  name: 'model-bill',
  title: 'Runaway model bill',
  question: 'One agent forgets to stop. Who pays for it?',
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
    route: 'fixed',
    rules: [smallTaskRule],
    cascade: { small: 'gpt-3.5-turbo', big: 'gpt-4' },
    budgetMode: 'check',
    budgets: [
      { name: 'company', scope: { kind: 'global' }, window: 'day', limitUsd: 30_000 },
      { name: 'research', scope: { kind: 'agentType', of: 'research' }, window: 'day', limitUsd: 30_000 },
    ],
  },
  controls: {
    ttl: { tiers: ['l1', 'l2'], tuner: { on: false, maxS: 7200 } },
    agents: { station: 'agents', pool: { min: 12, max: 20, spotShare: 0 } },
  },
  caller: { timeoutMs: 30_000, retries: 1 },
  events: [
    {
      at: '10:00:00',
      label: 'Stop condition breaks',
      kind: 'fault',
      set: { 'traffic.agents.research.turns': 60 },
    },
    { at: '16:00:00', label: 'Rolled back', kind: 'relief', set: { 'traffic.agents.research.turns': 6 } },
  ],
  objectives: { criticalServed: 0.999, costUsd: 12_000 },
  presets: {
    manager: {
      title:
        'A cost manager from the start: scores, rules, batches, nights, reserved budgets, a wall around research',
      at: '00:00:00',
      pulls: {
        route: 'select',
        rules: true,
        ttlTuner: true,
        batching: true,
        offPeak: true,
        budgetMode: 'reserve',
        measures: true,
        researchLimit: 2500,
        spot: 70,
        minAgents: 2,
      },
    },
    brake: {
      title: 'Twenty minutes in: a wall around research, and the rest as it was',
      at: '10:20:00',
      pulls: { budgetMode: 'reserve', researchLimit: 7000 },
    },
  },
  levers: companyLevers,
};
