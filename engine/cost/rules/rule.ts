import * as v from 'valibot';
import { InputError, nearest } from '../../core/errors.ts';
import { parse } from '../../core/schema.ts';
import { parseExpression, type Expression } from './expression.ts';
import { TASK_FIELDS, type FieldTable, type RuleContext } from './fields.ts';
import { format } from './format.ts';

/** Words that stand for a model: of those that pass the task's filters, the cheapest, the fastest, or the one of best quality. */
export const MODEL_WORDS = ['cheapest', 'fastest', 'best'] as const;

export const ruleSchema = v.strictObject({
  name: v.pipe(
    v.string(),
    v.minLength(1, 'a name of 1 to 80 characters'),
    v.maxLength(80, 'a name of 1 to 80 characters'),
  ),
  /** Condition; see `parseExpression`. */
  when: v.string(),
  then: v.pipe(
    v.strictObject({
      /** Name of a model, or one of MODEL_WORDS. */
      model: v.optional(v.string()),
      /** Answers are cut here at the latest. */
      maxOutputTokens: v.optional(
        v.pipe(
          v.number(),
          v.integer('a whole number of 1 or more'),
          v.minValue(1, 'a whole number of 1 or more'),
        ),
      ),
      /** Send it with a batch. */
      batch: v.optional(v.boolean()),
      /** Let it wait for the cheap hours. What cannot wait runs at once. */
      defer: v.optional(v.boolean()),
      refuse: v.optional(v.boolean()),
    }),
    v.check((then) => Object.values(then).some((x) => x !== undefined && x !== false), 'at least one action'),
    v.check(
      (then) => then.refuse !== true || Object.keys(then).length === 1,
      'either `refuse` alone, or other actions',
    ),
  ),
  on: v.optional(v.boolean(), true),
});

export const rulesSchema = v.pipe(v.array(ruleSchema), v.maxLength(100, 'at most 100 rules'));

/** A rule as it is written; `on` may be left out. */
export type RuleSettings = v.InferInput<typeof ruleSchema>;
export type Rule = v.InferOutput<typeof ruleSchema> & { readonly condition: Expression };

export interface RuleWarning {
  /** Place of the rule that never fires. */
  rule: number;
  message: string;
}

/**
 * The module's rules (M6). Its "slow and tolerant" in this language: the task can wait 5 s, and asks for no more accuracy
 * than gpt-4-turbo has. A small task that can wait fits both, and goes to the cheapest: that rule comes first.
 */
export const MODULE_RULES: readonly RuleSettings[] = [
  { name: 'small and simple', when: 'tokens < 500 and complexity < 0.3', then: { model: 'cheapest' } },
  {
    name: 'slow and tolerant',
    when: 'max_latency >= 5 s and min_accuracy <= 96 %',
    then: { model: 'gpt-4-turbo' },
  },
];

/** Rules in order: the first one that fires decides alone, later ones are not asked. */
export class RuleSet {
  private readonly live: number[] = [];

  constructor(
    readonly rules: readonly Rule[],
    readonly warnings: readonly RuleWarning[],
  ) {
    rules.forEach((rule, i) => {
      if (rule.on) this.live.push(i);
    });
  }

  /** Place of the first rule whose condition is known to be true; −1 when none is. Allocates nothing. */
  first(context: RuleContext): number {
    for (let i = 0; i < this.live.length; i++) {
      const place = this.live[i]!;
      if (this.rules[place]!.condition.holds(context)) return place;
    }
    return -1;
  }
}

/**
 * Checks and compiles rules.
 * @param modelNames what `model` may name beside MODEL_WORDS.
 * @throws InputError for settings that are none, a name given twice, an unknown model; RuleError for a condition.
 */
export function compileRules(
  settings: unknown,
  modelNames: readonly string[],
  fields: FieldTable = TASK_FIELDS,
): RuleSet {
  const known = [...Object.keys(ruleSchema.entries), 'model', 'maxOutputTokens', 'batch', 'defer', 'refuse'];
  const { rules: list } = parse(v.strictObject({ rules: rulesSchema }), { rules: settings }, 'rules', known);
  for (const word of MODEL_WORDS)
    if (modelNames.includes(word))
      throw new InputError('models', 'names other than cheapest, fastest and best', JSON.stringify(word));
  const names = new Set<string>();
  const rules = list.map((rule, i): Rule => {
    if (names.has(rule.name))
      throw new InputError(`rules.${i}.name`, 'a name that no other rule has', JSON.stringify(rule.name));
    names.add(rule.name);
    checkModel(rule.then.model, `rules.${i}.then.model`, modelNames);
    const parsed = parseExpression(rule.when, fields, `rules.${i}.when`);
    if (!parsed.ok) throw parsed.error;
    return { ...rule, condition: parsed.expression };
  });
  return new RuleSet(rules, shadows(rules));
}

function checkModel(model: string | undefined, place: string, modelNames: readonly string[]): void {
  const known = [...MODEL_WORDS, ...modelNames];
  if (model === undefined || known.includes(model)) return;
  const meant = nearest(model, known);
  throw new InputError(
    place,
    'a model of the catalogue, or cheapest, fastest or best',
    JSON.stringify(model),
    meant === undefined ? `The models are ${modelNames.join(', ')}.` : `Did you mean "${meant}"?`,
  );
}

/** Rules that can never fire, as an earlier one has the same condition or always fires. Other overlaps are not looked for. */
function shadows(rules: readonly Rule[]): RuleWarning[] {
  const earlier = new Map<string, Rule>();
  const warnings: RuleWarning[] = [];
  rules.forEach((rule, i) => {
    if (!rule.on) return;
    const condition = format(rule.condition);
    const by = earlier.get('true') ?? earlier.get(condition);
    if (by === undefined) earlier.set(condition, rule);
    else
      warnings.push({
        rule: i,
        message: `"${rule.name}" never fires: "${by.name}" comes before it and ${
          format(by.condition) === condition ? 'has the same condition' : 'always fires'
        }.`,
      });
  });
  return warnings;
}
