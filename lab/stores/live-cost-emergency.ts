import * as v from 'valibot';
import {
  emergencySchema,
  type EmergencyControl,
  type Prices,
  type SpendProfile,
  type SpendRow,
} from '../../engine/cost/emergency.ts';
import { usdOf, type PicoUsd } from '../../engine/cost/money.ts';
import type { ModelProfile, PriceBook } from '../../engine/cost/prices.ts';
import type { RuleSettings } from '../../engine/cost/rules/rule.ts';
import type { Task, Usage } from '../../engine/cost/task.ts';

export const EMERGENCY = v.parse(emergencySchema, {});

/** A call that was paid. */
export interface Paid {
  task: Task;
  model: string;
  usage: Usage;
  costPico: PicoUsd;
  startMs: number;
}

/** Below these an estimate for an hour would be made of nothing. */
export const LEAST_CALLS = 5;
export const LEAST_MS = 60_000;

/** What each control is called, and what pulling it does to the gateways of this page; null: there is nothing here that it could do. */
export const CONTROLS: Readonly<Record<EmergencyControl, { title: string; does: string | null }>> = {
  'cheapest-model': {
    title: 'Cheapest model for everything',
    does: 'Whatever the rules and scores say, and however accurate a task wants it.',
  },
  'longer-ttl': { title: 'Cache longer', does: null },
  batch: { title: 'Batch everything', does: 'Requests wait up to 100 ms for company.' },
  'cap-output': {
    title: `Cut answers at ${EMERGENCY.outputCapTokens} tokens`,
    does: 'They reserve less, too.',
  },
  'pause-background': {
    title: 'Pause background work',
    does: 'What can wait is refused until this is released; send it again then.',
  },
  'stop-low': { title: 'Stop low criticality', does: 'Refused by a rule of its own.' },
  'stop-normal': { title: 'Stop normal and low criticality', does: 'Refused by a rule of its own.' },
};

/** Name of the rule that stands for a control. */
const named = (control: EmergencyControl): string => `emergency: ${control}`;

/** The model that is cheapest for three tokens in and one out, as most requests have it. */
export function cheapestOf(models: readonly ModelProfile[]): string {
  const usd = ({ prices: [row] }: ModelProfile): number => 3 * row.inputUsdPerM + row.outputUsdPerM;
  return models.reduce((a, b) => (usd(b) < usd(a) ? b : a)).name;
}

/**
 * The rules with the controls in force: refusals come first, and what changes a model or an answer changes it in every rule.
 * @param cheapest is named, for a rule's word "cheapest" keeps to the bounds of the task.
 */
export function rulesUnder(
  controls: ReadonlySet<EmergencyControl>,
  rules: readonly RuleSettings[],
  cheapest: string,
): RuleSettings[] {
  const refusals: [EmergencyControl, string][] = [
    ['pause-background', 'deferrable'],
    ['stop-normal', 'criticality in ["normal", "low"]'],
    ['stop-low', 'criticality == "low"'],
  ];
  const first = refusals
    .filter(([control]) => controls.has(control))
    .map(([control, when]): RuleSettings => ({ name: named(control), when, then: { refuse: true } }));
  const change: RuleSettings['then'] = {
    ...(controls.has('cheapest-model') ? { model: cheapest } : {}),
    ...(controls.has('cap-output') ? { maxOutputTokens: EMERGENCY.outputCapTokens } : {}),
  };
  if (Object.keys(change).length === 0) return [...first, ...rules];
  const changed = rules.map((rule): RuleSettings => {
    if (rule.then.refuse) return rule;
    const cut = Math.min(change.maxOutputTokens ?? Infinity, rule.then.maxOutputTokens ?? Infinity);
    return {
      ...rule,
      then: { ...rule.then, ...change, ...(cut < Infinity ? { maxOutputTokens: cut } : {}) },
    };
  });
  const control = controls.has('cheapest-model') ? 'cheapest-model' : 'cap-output';
  return [...first, ...changed, { name: named(control), when: 'true', then: change }];
}

/**
 * What was spent by kind of call; null as long as there is too little to go by.
 * @param models those on the price list. Calls of others say nothing of what comes: they cannot be made any more.
 */
export function profileOf(
  paid: readonly Paid[],
  models: readonly string[],
  sinceMs: number,
  nowMs: number,
): SpendProfile | null {
  const calls = paid.filter(({ startMs, model }) => startMs >= sinceMs && models.includes(model));
  if (calls.length < LEAST_CALLS || nowMs - sinceMs < LEAST_MS) return null;
  const rows = new Map<string, SpendRow & { deferrable: number }>();
  for (const { task, model, usage, costPico } of calls) {
    const { agentType, criticality } = task;
    const key = JSON.stringify([agentType, criticality, model]);
    const row = rows.get(key) ?? {
      agentType,
      criticality,
      model,
      calls: 0,
      inputTokens: 0,
      outputTokens: 0,
      costUsd: 0,
      deferrableShare: 0,
      deferrable: 0,
    };
    row.calls++;
    row.inputTokens += usage.inputTokens;
    row.outputTokens += usage.outputTokens;
    row.costUsd += usdOf(costPico);
    row.deferrable += task.deferrable ? 1 : 0;
    row.deferrableShare = row.deferrable / row.calls;
    rows.set(key, row);
  }
  return { hours: (nowMs - sinceMs) / 3_600_000, rows: [...rows.values()], hitRate: 0 };
}

/** List prices for the estimates, as they are now. */
export function listPrices(book: PriceBook, nowMs: number): Prices {
  return {
    models: book.models.map(({ name }) => name),
    costOn: (model, { inputTokens, outputTokens }) => {
      const { input, output } = book.priceAt(model, nowMs);
      return usdOf(inputTokens * input + outputTokens * output);
    },
  };
}
