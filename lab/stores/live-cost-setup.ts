import * as v from 'valibot';
import type { BudgetSettings } from '../../engine/cost/budget-settings.ts';
import type { BudgetMode } from '../../engine/cost/budget.ts';
import { CATALOGUE, MODULE_PROFILES } from '../../engine/cost/catalogue.ts';
import type { ModelProfile } from '../../engine/cost/prices.ts';
import { MODULE_RULES, type RuleSettings } from '../../engine/cost/rules/rule.ts';
import type { SelectionSettings } from '../../engine/cost/selection.ts';
import { gatewaySchema, type GatewaySettings } from '../../engine/gateway/settings.ts';

export const MODES = ['reserve', 'check'] as const;

/** How requests are routed, and which of the gateway's parts are on. */
export interface Switches {
  route: 'fixed' | 'select' | 'cascade';
  formula: SelectionSettings['formula'];
  weights: SelectionSettings['weights'];
  /** Choosing a model counts what leaving a warm prompt cache costs. */
  cacheAware: boolean;
  rulesOn: boolean;
  batching: boolean;
  offPeak: boolean;
  measures: boolean;
}

export const DEFAULT_WEIGHTS: SelectionSettings['weights'] = { cost: 0.4, quality: 0.4, speed: 0.2 };

export const DEFAULT_SWITCHES: Switches = {
  route: 'select',
  formula: 'normalised',
  weights: DEFAULT_WEIGHTS,
  cacheAware: true,
  rulesOn: true,
  batching: false,
  offPeak: true,
  measures: true,
};

/** Small enough that 200 tasks at once meet them. */
export const DEFAULT_BUDGETS: readonly BudgetSettings[] = [
  budget('everybody, day', { kind: 'global' }, 'day', 5),
  budget('everybody, month', { kind: 'global' }, 'month', 100),
  { ...budget('acme, day', { kind: 'tenant', of: 'acme' }, 'day', 0.25), keepForCritical: 0.1 },
];

function budget(
  name: string,
  scope: BudgetSettings['scope'],
  window: BudgetSettings['window'],
  limitUsd: number,
): BudgetSettings {
  return {
    name,
    scope,
    window,
    limitUsd,
    timeZone: 'UTC',
    weekStart: 'monday',
    alerts: [0.5, 0.8, 0.9, 1],
    keepForCritical: 0,
  };
}

export type PriceListName = 'module' | 'current' | 'own';
export const PRICE_LISTS: Readonly<Record<Exclude<PriceListName, 'own'>, readonly ModelProfile[]>> = {
  module: MODULE_PROFILES,
  current: CATALOGUE,
};

export const DEFAULT_RULES: readonly RuleSettings[] = MODULE_RULES;

/** The model that savings are counted against: the module's gpt-4 or, in a list without it, the one with the dearest output. */
export function baselineOf(models: readonly ModelProfile[]): string {
  const dearest = models.reduce((a, b) => (b.prices[0].outputUsdPerM > a.prices[0].outputUsdPerM ? b : a));
  return models.find(({ name }) => name === 'gpt-4')?.name ?? dearest.name;
}

/** The first model of a cascade: the one with the cheapest output. */
export function smallOf(models: readonly ModelProfile[]): string {
  return models.reduce((a, b) => (b.prices[0].outputUsdPerM < a.prices[0].outputUsdPerM ? b : a)).name;
}

/** Settings of a gateway of its own: nothing in them is shared with another. */
export function gatewaySettings(
  models: readonly ModelProfile[],
  budgets: readonly BudgetSettings[],
  rules: readonly RuleSettings[],
  switches: Switches,
  budgetMode: BudgetMode,
): GatewaySettings {
  const model = baselineOf(models);
  const small = smallOf(models);
  const cascades = small !== model;
  return v.parse(
    gatewaySchema,
    structuredClone({
      route: switches.route === 'cascade' && !cascades ? 'fixed' : switches.route,
      model,
      selection: { formula: switches.formula, weights: switches.weights, baseline: model },
      cascade: cascades ? { on: true, small, big: model } : null,
      rulesOn: true,
      rules,
      promptCache: { aware: switches.cacheAware },
      batching: { on: switches.batching },
      offPeak: { on: switches.offPeak },
      budgetMode,
      budgets,
      measures: { on: switches.measures },
    }),
  );
}
