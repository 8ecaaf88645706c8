import { describe, expect, it } from 'vitest';
import { InputError } from '../../core/errors.ts';
import type { Task } from '../task.ts';
import { contextFor, fillTask, TASK_FIELDS, type RuleContext } from './fields.ts';
import { RuleError } from './rule-error.ts';
import { compileRules, MODULE_RULES, type RuleSettings } from './rule.ts';
import { someTask } from './testing.ts';

const models = ['gpt-4', 'gpt-4-turbo', 'gpt-3.5-turbo'];
const contextOf = (changes: Partial<Task>): RuleContext => {
  const context = contextFor(TASK_FIELDS);
  const situation = { nowMs: 0, hour: 12, budgetUsed: 0, hitRate: NaN, warm: false };
  fillTask(context, { ...someTask, ...changes }, situation);
  return context;
};
const rule = (name: string, when: string, changes: Partial<RuleSettings> = {}): RuleSettings => ({
  name,
  when,
  then: { model: 'cheapest' },
  ...changes,
});

describe('the rules of the module', () => {
  const rules = compileRules(MODULE_RULES, models);
  it.each([
    [{ inputTokens: 499, complexity: 0.29 }, 0],
    [{ inputTokens: 500, complexity: 0.29 }, -1],
    [{ inputTokens: 499, complexity: 0.3 }, -1],
    [{ inputTokens: 5000, maxLatencyMs: 5000, minAccuracy: 0.96 }, 1],
    [{ inputTokens: 5000, maxLatencyMs: 4999, minAccuracy: 0.96 }, -1],
    [{ inputTokens: 5000, maxLatencyMs: 5000, minAccuracy: 0.97 }, -1],
    [{ inputTokens: 499, maxLatencyMs: 5000 }, 0],
  ])('%o takes rule %i', (changes, expected) => {
    expect(rules.first(contextOf(changes))).toBe(expected);
    expect(rules.warnings).toEqual([]);
  });
});

describe('a set of rules', () => {
  it('takes the first that fires: the order decides', () => {
    const [big, any] = [rule('big', 'tokens > 1000'), rule('any', 'tokens > 10')];
    expect(compileRules([big, any], models).first(contextOf({ inputTokens: 2000 }))).toBe(0);
    expect(compileRules([any, big], models).first(contextOf({ inputTokens: 2000 }))).toBe(0);
    expect(compileRules([big, any], models).first(contextOf({ inputTokens: 200 }))).toBe(1);
    expect(compileRules([], models).first(contextOf({}))).toBe(-1);
  });

  it('passes over those that are off, and over what is not known', () => {
    const rules = [rule('off', 'true', { on: false }), rule('hits', 'hit_rate < 0.5'), rule('any', 'true')];
    expect(compileRules(rules, models).first(contextOf({}))).toBe(2);
  });

  it('warns of a rule that can never fire', () => {
    const { warnings } = compileRules(
      [
        rule('first', 'tokens<500 and (warm)'),
        rule('second', 'tokens < 500 and warm'),
        rule('off', 'deferrable', { on: false }),
        rule('third', 'deferrable'),
        rule('all', 'true'),
        rule('late', 'tokens > 5'),
      ],
      models,
    );
    expect(warnings).toEqual([
      { rule: 1, message: '"second" never fires: "first" comes before it and has the same condition.' },
      { rule: 5, message: '"late" never fires: "all" comes before it and always fires.' },
    ]);
  });
});

describe('bad rules', () => {
  it.each<[unknown, string]>([
    [[rule('a', 'tokens <')], 'rules.0.when, character 8: expected a value, got the end of the rule.'],
    [[rule('a', 'true', { then: { model: 'gpt4' } })], 'Did you mean "gpt-4"?'],
    [[rule('a', 'true', { then: { model: 'cheepest' } })], 'Did you mean "cheapest"?'],
    [[rule('a', 'true', { then: { model: 'something else' } })], 'The models are gpt-4, gpt-4-turbo'],
    [[rule('a', 'true', { then: {} })], 'rules.0.then: expected at least one action'],
    [[rule('a', 'true', { then: { batch: false } })], 'rules.0.then: expected at least one action'],
    [[rule('a', 'true', { then: { refuse: true, batch: true } })], 'either `refuse` alone, or other actions'],
    [[rule('a', 'true', { then: { maxOutputTokens: 0 } })], 'a whole number of 1 or more, got 0'],
    [[rule('a', 'true', { then: { maxOutputTokens: NaN } })], 'rules.0.then.maxOutputTokens: expected'],
    [
      [rule('a', 'true'), rule('a', 'false')],
      'rules.1.name: expected a name that no other rule has, got "a"',
    ],
    [[rule('', 'true')], 'a name of 1 to 80 characters'],
    [[{ name: 'a', wen: 'true', then: { batch: true } }], 'rules.0.'],
    [[{ name: 'a', when: 5, then: { batch: true } }], 'rules.0.when: expected a string, got 5'],
    [{}, 'rules: expected a list in brackets'],
    [Array.from({ length: 101 }, (_, i) => rule(`r${i}`, 'true')), 'at most 100 rules'],
  ])('%j', (settings, message) => {
    expect(() => compileRules(settings, models)).toThrow(InputError);
    expect(() => compileRules(settings, models)).toThrow(message);
  });

  it('have their place in the error, for the editor', () => {
    try {
      compileRules([rule('a', 'true'), rule('b', 'warm and tokns > 5')], models);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(RuleError);
      expect(error).toMatchObject({ fromChar: 9, toChar: 14, place: 'rules.1.when, character 10' });
    }
  });

  it('include a model that is called like one of the words', () => {
    expect(() => compileRules([], ['best'])).toThrow('names other than cheapest, fastest and best');
  });
});
