import * as v from 'valibot';
import { InputError, nearest, show } from '../../engine/core/errors.ts';
import { parse } from '../../engine/core/schema.ts';
import { BUDGET_KEYS, budgetsSchema, type BudgetSettings } from '../../engine/cost/budget-settings.ts';
import {
  CATALOGUE_KEYS,
  catalogueSchema,
  type ModelProfile,
  type PriceRow,
} from '../../engine/cost/prices.ts';

/** A mistake in a row of a table: which row, and which of its fields. */
export interface CellProblem {
  row: number;
  field: string;
  text: string;
}

/**
 * The budgets, checked.
 * @returns the first mistake by its row and field instead, when there is one.
 */
export function checkBudgets(
  budgets: unknown,
  modelNames: readonly string[],
): { ok: true; budgets: BudgetSettings[] } | { ok: false; problem: CellProblem } {
  try {
    const checked = parse(
      v.strictObject({ budgets: budgetsSchema }),
      { budgets },
      'budgets',
      BUDGET_KEYS,
    ).budgets;
    for (const [row, { scope }] of checked.entries())
      if (scope.kind === 'model' && !modelNames.includes(scope.of)) {
        const guess = nearest(scope.of, modelNames);
        throw new InputError(
          `budgets.${row}.scope.of`,
          'a model of the price list',
          show(scope.of),
          guess === undefined ? '' : `Did you mean "${guess}"?`,
        );
      }
    return { ok: true, budgets: checked };
  } catch (error) {
    return { ok: false, problem: cellOf(error) };
  }
}

export function checkModels(
  models: unknown,
): { ok: true; models: ModelProfile[] } | { ok: false; problem: CellProblem } {
  try {
    return {
      ok: true,
      models: parse(v.strictObject({ models: catalogueSchema }), { models }, 'prices', CATALOGUE_KEYS).models,
    };
  } catch (error) {
    return { ok: false, problem: cellOf(error) };
  }
}

/** `budgets.2.scope.of` is field `of` of row 2; a message about the whole list is one of row −1. */
function cellOf(error: unknown): CellProblem {
  if (!(error instanceof InputError)) throw error;
  const [, row, ...rest] = error.place.split('.');
  const text = `Expected ${error.expected}, got ${error.got}.${error.advice ? ` ${error.advice}` : ''}`;
  return { row: row === undefined ? -1 : Number(row), field: rest.at(-1) ?? '', text };
}

export const PRICE_FIELDS = [
  'inputUsdPerM',
  'outputUsdPerM',
  'cacheReadUsdPerM',
  'cacheWriteUsdPerM',
] as const;
export type PriceField = (typeof PRICE_FIELDS)[number];

/** Place of the row of prices that holds at a time. */
export function rowAt({ prices }: ModelProfile, nowMs: number): number {
  return prices.findLastIndex(({ from }: PriceRow) => from === null || Date.parse(from) <= nowMs);
}

/** A model with one price changed, in one of its rows. */
export function withPrice(
  model: ModelProfile,
  row: number,
  field: PriceField,
  value: unknown,
): Record<string, unknown> {
  return { ...model, prices: model.prices.map((old, i) => (i === row ? { ...old, [field]: value } : old)) };
}

/** A name that is not taken yet: `model`, `model 2`, … */
export function freshNameOf(taken: readonly string[], stem: string): string {
  for (let i = 1; ; i++) {
    const name = i === 1 ? stem : `${stem} ${i}`;
    if (!taken.includes(name)) return name;
  }
}
