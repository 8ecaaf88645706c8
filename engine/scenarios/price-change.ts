import type { ScenarioInput } from '../simulation/scenario.ts';
import {
  companyLevers,
  companyModels,
  companyPath,
  companyStations,
  companyTiers,
  companyTraffic,
  smallTaskRule,
} from './company.ts';

const LEVERS = ['costWeight', 'rules', 'batching', 'budgetMode', 'measures'];

/**
 * At noon a provider asks four times as much for a model (S5). The company runs on it by a fixed route, and has a budget for the day that was ample. A
 * rival sells as good a model for a fifth more than the old price. Whoever
 * looks at prices before each call goes to another model with the next one; a fixed route finds out from the budget.
 */
export const priceChange: ScenarioInput = {
  name: 'price-change',
  title: 'The provider changes its prices',
  question: 'Nobody asks for more. Why is the day’s budget gone by the afternoon?',
  startsAt: '08:00:00',
  startDate: '2026-11-27',
  durationS: 57_600,
  intervalS: 60,
  load: { ratePerS: 2 },
  population: { kind: 'zipf', keys: 5000, exponent: 0.9 },
  path: companyPath,
  tiers: companyTiers,
  stations: {
    agents: companyStations['agents']!,
    medium: companyStations['medium']!,
    second: { ...companyStations['medium']!, title: 'rival' },
    small: companyStations['small']!,
  },
  models: {
    'gpt-4-turbo': companyModels['gpt-4-turbo']!,
    rival: { ...companyModels['gpt-4-turbo']!, usdPerMTokens: 12, station: 'second' },
    'gpt-3.5-turbo': companyModels['gpt-3.5-turbo']!,
  },
  traffic: companyTraffic,
  gateway: {
    model: 'gpt-4-turbo',
    route: 'fixed',
    rules: [smallTaskRule],
    cascade: { small: 'gpt-3.5-turbo', big: 'gpt-4-turbo' },
    budgetMode: 'reserve',
    budgets: [{ name: 'company', scope: { kind: 'global' }, window: 'day', limitUsd: 3500 }],
  },
  caller: { timeoutMs: 30_000, retries: 1 },
  events: [
    { at: '12:00:00', label: 'gpt-4-turbo × 4', kind: 'fault', set: { 'models.gpt-4-turbo.priceFactor': 4 } },
  ],
  objectives: { criticalServed: 0.999, costUsd: 3500 },
  presets: {
    select: { title: 'Choose by score, call by call', at: '08:00:00', pulls: { route: 'select' } },
    late: { title: 'The same, half an hour after the change', at: '12:30:00', pulls: { route: 'select' } },
    pay: {
      title: 'Fails: more money, for the same answers',
      at: '13:00:00',
      pulls: { companyLimit: 12_000 },
    },
  },
  levers: [
    {
      id: 'route',
      group: 'cost',
      label: 'Model',
      reason: 'Always the same, or the best score of each call.',
      control: {
        kind: 'choice',
        path: 'gateway.route',
        options: [
          { value: 'fixed', label: '4-turbo' },
          { value: 'select', label: 'score' },
          { value: 'cascade', label: 'cascade' },
        ],
      },
    },
    ...companyLevers.filter(({ id }) => LEVERS.includes(id)),
    {
      id: 'companyLimit',
      group: 'cost',
      label: 'Company budget',
      reason: 'For a day. Nothing is bought beyond it.',
      control: { kind: 'number', path: 'gateway.budgets.company.limitUsd' },
      param: { path: 'gateway.budgets.company.limitUsd', unit: '$', min: 1, max: 100_000, step: 50 },
    },
    {
      id: 'price',
      group: 'cost',
      label: 'Price of gpt-4-turbo',
      reason: 'A multiple of the list.',
      control: { kind: 'number', path: 'models.gpt-4-turbo.priceFactor' },
      param: { path: 'models.gpt-4-turbo.priceFactor', unit: '×', min: 0, max: 20, step: 0.1 },
    },
  ],
};
