import * as v from 'valibot';
import { isTimeZone, WEEKDAYS, WINDOW_KINDS } from './calendar.ts';

const text = v.pipe(
  v.string(),
  v.check((x) => x.trim() !== '' && x.length <= 100, 'a name of 1 to 100 characters'),
);
const share = v.pipe(v.number(), v.minValue(0, 'a share from 0 to 1'), v.maxValue(1, 'a share from 0 to 1'));

/** Whose spending counts: that of everybody, or of one tenant, agent type or model. */
export const scopeSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('global') }),
  v.strictObject({ kind: v.picklist(['tenant', 'agentType', 'model']), of: text }),
]);
export type BudgetScope = v.InferOutput<typeof scopeSchema>;

/** US dollars for one window, to the nearest micro-dollar. */
export const limitUsdSchema = v.pipe(
  v.number(),
  v.minValue(
    0.000_001,
    'a limit of at least $0.000001 (to block a scope, refuse it with a rule, or keep all of its budget for critical requests)',
  ),
  v.maxValue(1e12, 'a limit up to 10^12 dollars'),
);

const alertsSchema = v.pipe(
  v.array(
    v.pipe(
      v.number(),
      v.gtValue(0, 'a share of the limit above 0'),
      v.maxValue(10, 'a share of the limit up to 10'),
    ),
  ),
  v.maxLength(20, 'at most 20 thresholds'),
  v.check((list) => new Set(list).size === list.length, 'each threshold once'),
);

export const budgetSchema = v.strictObject({
  name: text,
  scope: scopeSchema,
  /** Calendar day, week or month in `timeZone`; spending starts at nothing in each. */
  window: v.picklist(WINDOW_KINDS),
  limitUsd: limitUsdSchema,
  /** IANA name. The same run elsewhere gives the same result for UTC only: other zones follow the machine's database. */
  timeZone: v.optional(
    v.pipe(v.string(), v.check(isTimeZone, 'the name of a time zone such as Europe/Berlin')),
    'UTC',
  ),
  weekStart: v.optional(v.picklist(WEEKDAYS), 'monday'),
  /** Shares of the limit at which an alert is sent, once in each window. The module's by default. */
  alerts: v.optional(alertsSchema, [0.5, 0.8, 0.9, 1]),
  /** Share of the limit that only critical requests may use. */
  keepForCritical: v.optional(share, 0),
});
export type BudgetSettings = v.InferOutput<typeof budgetSchema>;

/** Budgets that hold together. No two count the same spending over the same kind of window, and names differ. */
export const budgetsSchema = v.pipe(
  v.array(budgetSchema),
  v.maxLength(1000, 'at most 1000 budgets'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const names = new Set<string>();
    const windows = new Map<string, string>();
    for (const [i, budget] of dataset.value.entries()) {
      const { name, scope, window } = budget;
      const place = (key: 'name' | 'window'): v.IssuePathItem[] => [
        { type: 'array', origin: 'value', input: dataset.value, key: i, value: budget },
        { type: 'object', origin: 'value', input: budget, key, value: budget[key] },
      ];
      if (names.has(name))
        addIssue({ message: 'a name of its own', input: name, path: place('name') as never });
      names.add(name);
      const counted = JSON.stringify([scope.kind, 'of' in scope ? scope.of : null, window]);
      const other = windows.get(counted);
      if (other !== undefined)
        addIssue({
          message: `no overlapping windows (budget "${other}" has the same scope and window: change or remove one)`,
          input: window,
          path: place('window') as never,
        });
      windows.set(counted, name);
    }
  }),
);

/** Every key of a budget, for "did you mean". */
export const BUDGET_KEYS = [...Object.keys(budgetSchema.entries), 'kind', 'of'];
