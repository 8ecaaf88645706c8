import { InputError } from '../../engine/core/errors.ts';
import { contextFor, fillTask, TASK_FIELDS, type Situation } from '../../engine/cost/rules/fields.ts';
import { parseExpression } from '../../engine/cost/rules/expression.ts';
import { compileRules, type RuleSettings } from '../../engine/cost/rules/rule.ts';
import { RuleError } from '../../engine/cost/rules/rule-error.ts';
import type { Task } from '../../engine/cost/task.ts';

/** What is wrong with a rule, at which of its fields; the characters when it is the condition. */
export interface RuleProblem {
  field: 'name' | 'when' | 'model' | 'maxOutputTokens' | 'then';
  text: string;
  from: number;
  to: number;
}

export interface CheckedRule {
  rule: RuleSettings;
  /** All that is wrong with it; it is in force when that is nothing and it is on. */
  problems: readonly RuleProblem[];
  /** It never fires, for an earlier one does. */
  shadow: string | null;
}

/** Checks each rule by itself, so that one mistake does not put the others out of force. */
export function checkRules(rules: readonly RuleSettings[], modelNames: readonly string[]): CheckedRule[] {
  const names = new Set<string>();
  const checked = rules.map((rule): CheckedRule => {
    const problems = problemsOf(rule, modelNames);
    if (names.has(rule.name))
      problems.push(at('name', `Expected a name that no other rule has, got “${rule.name}”.`));
    names.add(rule.name);
    return { rule, problems, shadow: null };
  });
  const right = checked.filter(({ problems }) => problems.length === 0);
  const { warnings } = compileRules(
    right.map(({ rule }) => rule),
    modelNames,
  );
  for (const { rule, message } of warnings) right[rule].shadow = message;
  return checked;
}

/** The rules that may go into force. */
export const rightRules = (checked: readonly CheckedRule[]): RuleSettings[] =>
  checked.filter(({ problems }) => problems.length === 0).map(({ rule }) => rule);

const at = (field: RuleProblem['field'], text: string, from = 0, to = 0): RuleProblem => ({
  field,
  text,
  from,
  to,
});

function problemsOf(rule: RuleSettings, modelNames: readonly string[]): RuleProblem[] {
  const parsed = parseExpression(rule.when, TASK_FIELDS, 'condition');
  const problems: RuleProblem[] = parsed.ok
    ? []
    : parsed.errors.map((error) => at('when', words(error), error.fromChar, error.toChar));
  try {
    compileRules([{ ...rule, when: 'true' }], modelNames);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const field = error.place.split('.').slice(2).at(-1);
    problems.push(
      at(field === 'name' || field === 'model' || field === 'maxOutputTokens' ? field : 'then', words(error)),
    );
  }
  return problems;
}

/** The page has a list of the models beside the message. */
const advice = ({ advice: text }: InputError): string =>
  text.startsWith('The models are') ? 'Choose another one.' : text;

const words = (error: InputError): string =>
  `${error instanceof RuleError ? `Character ${error.fromChar + 1}: expected` : 'Expected'} ${error.expected}, got ${error.got}.${error.advice ? ` ${advice(error)}` : ''}`;

/** Place of the first rule of a list that fires for a task; −1 for none. Rules that are off or wrong are passed over. */
export function firstToFire(checked: readonly CheckedRule[], task: Task, situation: Situation): number {
  return checked.findIndex(
    ({ rule, problems }) =>
      rule.on !== false && problems.length === 0 && holds(rule.when, task, situation) === 1,
  );
}

/** 1 true, 0 false, NaN not known or not readable. */
export function holds(when: string, task: Task, situation: Situation): number {
  const parsed = parseExpression(when);
  if (!parsed.ok) return NaN;
  const context = contextFor(TASK_FIELDS);
  fillTask(context, task, situation);
  return parsed.expression.value(context);
}

/** A name that no other rule has. */
export function freshName(rules: readonly RuleSettings[]): string {
  for (let i = rules.length + 1; ; i++) {
    const name = `rule ${i}`;
    if (!rules.some((rule) => rule.name === name)) return name;
  }
}
