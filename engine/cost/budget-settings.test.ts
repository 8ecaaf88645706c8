import { describe, expect, it } from 'vitest';
import { parse } from '../core/schema.ts';
import * as v from 'valibot';
import { BUDGET_KEYS, budgetsSchema } from './budget-settings.ts';

const read = (...budgets: unknown[]) =>
  parse(v.strictObject({ budgets: budgetsSchema }), { budgets }, 'budgets', BUDGET_KEYS).budgets;
const day = { name: 'all', scope: { kind: 'global' }, window: 'day', limitUsd: 10 };
const tenant = (of: string) => ({ kind: 'tenant', of });

describe('budgets as data', () => {
  it("have the module's alerts, UTC and Monday by default", () => {
    expect(read(day)).toEqual([
      { ...day, timeZone: 'UTC', weekStart: 'monday', alerts: [0.5, 0.8, 0.9, 1], keepForCritical: 0 },
    ]);
  });

  it('may be several: other scopes, other windows', () => {
    const budgets = [
      day,
      { ...day, name: 'month', window: 'month' },
      { ...day, name: 'acme', scope: tenant('acme') },
      { ...day, name: 'other', scope: tenant('other') },
      { ...day, name: 'a model called acme', scope: { kind: 'model', of: 'acme' } },
    ];
    expect(read(...budgets)).toHaveLength(5);
    expect(read()).toEqual([]);
  });

  it.each<[string, unknown[], RegExp]>([
    [
      'overlapping windows',
      [day, { ...day, name: 'too' }],
      /budgets\.1\.window: expected no overlapping windows \(budget "all" has the same scope/,
    ],
    [
      'overlapping windows in another zone',
      [day, { ...day, name: 'too', timeZone: 'Asia/Tokyo' }],
      /no overlapping windows/,
    ],
    [
      'overlapping windows of a tenant',
      [{ ...day, scope: tenant('a') }, day, { ...day, scope: tenant('a'), name: 'b' }],
      /budgets\.\d\.(window|name)/,
    ],
    [
      'one name twice',
      [day, { ...day, window: 'week' }],
      /budgets\.1\.name: expected a name of its own, got "all"/,
    ],
    [
      'a limit of zero',
      [{ ...day, limitUsd: 0 }],
      /budgets\.0\.limitUsd: expected .*to block a scope, refuse it with a rule.*got 0/,
    ],
    ['a limit below zero', [{ ...day, limitUsd: -1 }], /limitUsd/],
    ['no limit', [{ ...day, limitUsd: NaN }], /limitUsd: expected a number, got NaN/],
    ['an infinite limit', [{ ...day, limitUsd: Infinity }], /limitUsd/],
    ['a window of a year', [{ ...day, window: 'year' }], /budgets\.0\.window/],
    ['an unknown zone', [{ ...day, timeZone: 'Mars' }], /timeZone: expected the name of a time zone/],
    ['a scope without a name', [{ ...day, scope: { kind: 'tenant' } }], /scope\.of/],
    ['an unknown scope', [{ ...day, scope: { kind: 'team', of: 'a' } }], /scope/],
    ['a name for everybody', [{ ...day, scope: { kind: 'global', of: 'a' } }], /scope\.of/],
    ['a threshold in percent', [{ ...day, alerts: [50] }], /alerts\.0/],
    ['a threshold of nothing', [{ ...day, alerts: [0] }], /alerts\.0/],
    ['a threshold twice', [{ ...day, alerts: [0.5, 0.5] }], /each threshold once/],
    ['more than all for critical requests', [{ ...day, keepForCritical: 1.1 }], /keepForCritical/],
    ['a misspelt key', [{ ...day, limitUSD: 1 }], /limitUSD: .*Did you mean "limitUsd"/],
    ['no name', [{ ...day, name: ' ' }], /name/],
  ])('refuses %s', (_, budgets, message) => {
    expect(() => read(...budgets)).toThrow(message);
  });
});
