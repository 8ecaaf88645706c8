import * as v from 'valibot';
import { InputError, nearest, show } from '../core/errors.ts';
import { budgetsSchema } from '../cost/budget-settings.ts';
import { isTimeZone } from '../cost/calendar.ts';
import { cascadeSchema } from '../cost/cascade.ts';
import { graduatedActionsSchema } from '../cost/graduated-actions.ts';
import { offPeakSchema } from '../cost/off-peak.ts';
import { rulesSchema } from '../cost/rules/rule.ts';
import { selectionSchema } from '../cost/selection.ts';
import { batchSchema } from '../latency/batcher.ts';

const share = v.pipe(
  v.number(),
  v.finite('a finite number'),
  v.minValue(0, 'a share from 0 to 1'),
  v.maxValue(1, 'a share from 0 to 1'),
);

/** How the gateway finds a model, and what it may spend. */
export const gatewaySchema = v.strictObject({
  /** Always `model`; the best score; or the small model first. */
  route: v.optional(v.picklist(['fixed', 'select', 'cascade']), 'fixed'),
  /** The model of the fixed route, and the one that savings are measured against. */
  model: v.string(),
  selection: v.optional(selectionSchema, {}),
  cascade: v.optional(v.nullable(cascadeSchema), null),
  rulesOn: v.optional(v.boolean(), false),
  rules: v.optional(rulesSchema, []),
  /** The providers' prompt caches. `aware`: the choice of a model counts what leaving a warm one costs. */
  promptCache: v.optional(
    v.strictObject({
      on: v.optional(v.boolean(), true),
      aware: v.optional(v.boolean(), true),
      ttlS: v.optional(
        v.pipe(v.number(), v.finite('a finite number'), v.gtValue(0, 'a number above 0')),
        300,
      ),
    }),
    {},
  ),
  batching: v.optional(batchSchema, {}),
  /** What a request is cheaper that shares its call with others. */
  batchDiscount: v.optional(share, 0.25),
  offPeak: v.optional(offPeakSchema, {}),
  /** Reserve: book the worst case first. Check: the usual way, spend when there is something left. */
  budgetMode: v.optional(v.picklist(['reserve', 'check']), 'reserve'),
  budgets: v.optional(budgetsSchema, []),
  measures: v.optional(graduatedActionsSchema, {}),
  /** For the hours of the rules and of the night; budgets have their own. */
  timeZone: v.optional(
    v.pipe(v.string(), v.check(isTimeZone, 'the name of a time zone such as Europe/Berlin')),
    'UTC',
  ),
});

export type GatewaySettings = v.InferOutput<typeof gatewaySchema>;

/**
 * Names in the settings that must be names of models. Rules are checked where they are compiled.
 * @throws InputError naming the place and the models there are.
 */
export function checkModelNames(
  settings: GatewaySettings,
  models: readonly string[],
  root = 'gateway',
): void {
  const { cascade, route, budgets } = settings;
  const wanted: [string, string][] = [[`${root}.model`, settings.model]];
  if (cascade) wanted.push([`${root}.cascade.small`, cascade.small], [`${root}.cascade.big`, cascade.big]);
  else if (route === 'cascade')
    throw new InputError(`${root}.cascade`, 'a small and a big model for the route "cascade"', 'none');
  for (const [i, { scope }] of budgets.entries())
    if (scope.kind === 'model') wanted.push([`${root}.budgets.${i}.scope.of`, scope.of]);
  for (const [place, name] of wanted) {
    if (models.includes(name)) continue;
    const guess = nearest(name, models);
    throw new InputError(
      place,
      `one of ${models.join(', ')}`,
      show(name),
      guess === undefined ? '' : `Did you mean "${guess}"?`,
    );
  }
}
