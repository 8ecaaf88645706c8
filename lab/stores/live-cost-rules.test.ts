import { describe, expect, it } from 'vitest';
import { MODULE_RULES } from '../../engine/cost/rules/rule.ts';
import { checkRules, firstToFire, freshName, rightRules } from './live-cost-rules.ts';
import { SAMPLES, taskOf } from './live-cost-task.ts';

const MODELS = ['gpt-4', 'gpt-4-turbo', 'gpt-3.5-turbo'];
const situation = { nowMs: 0, hour: 12, budgetUsed: 0, hitRate: NaN, warm: false };
const tasks = SAMPLES.map(({ form }) => taskOf(form, null, 0));

describe('rules in the editor', () => {
  it('the module’s are right, and fire for the task that is meant', () => {
    const checked = checkRules(MODULE_RULES, MODELS);
    expect(checked.flatMap(({ problems }) => problems)).toEqual([]);
    expect(tasks.map((task) => firstToFire(checked, task, situation))).toEqual([-1, 0, -1]);
  });

  it('a mistake has its characters, and puts only its own rule out of force', () => {
    const wrong = { name: 'wrong', when: 'token < 500 and complexity < 0.3', then: { model: 'best' } };
    const checked = checkRules([wrong, ...MODULE_RULES], MODELS);
    expect(checked[0].problems).toEqual([
      {
        field: 'when',
        text: 'Character 1: expected a field, got the unknown name `token`. Did you mean `tokens`?',
        from: 0,
        to: 5,
      },
    ]);
    expect(rightRules(checked).map(({ name }) => name)).toEqual(['small and simple', 'slow and tolerant']);
    expect(firstToFire(checked, tasks[1], situation)).toBe(1);
  });

  it('names, models and actions have mistakes of their own', () => {
    const fields = (rule: object) =>
      checkRules(
        [{ name: 'a', when: 'true', then: { refuse: true } }, rule as never],
        MODELS,
      )[1].problems.map(({ field, text }) => [field, text]);
    expect(fields({ name: 'a', when: 'true', then: { batch: true } })).toEqual([
      ['name', 'Expected a name that no other rule has, got “a”.'],
    ]);
    expect(fields({ name: '', when: 'true', then: { batch: true } })).toEqual([
      ['name', 'Expected a name of 1 to 80 characters, got "".'],
    ]);
    expect(fields({ name: 'b', when: 'true', then: { model: 'gpt-5' } })).toEqual([
      ['model', expect.stringContaining('Did you mean "gpt-4"?')],
    ]);
    expect(fields({ name: 'b', when: 'true', then: { maxOutputTokens: 0 } })).toEqual([
      ['maxOutputTokens', 'Expected a whole number of 1 or more, got 0.'],
    ]);
    expect(fields({ name: 'b', when: 'true', then: {} })).toEqual([
      ['then', 'Expected at least one action, got {}.'],
    ]);
  });

  it('a rule behind one that always fires is said to be in its shadow; one that is off shades nothing', () => {
    const all = { name: 'all', when: 'true', then: { model: 'cheapest' } };
    expect(checkRules([all, ...MODULE_RULES], MODELS).map(({ shadow }) => shadow !== null)).toEqual([
      false,
      true,
      true,
    ]);
    const off = checkRules([{ ...all, on: false }, ...MODULE_RULES], MODELS);
    expect(off.map(({ shadow }) => shadow)).toEqual([null, null, null]);
    expect(firstToFire(off, tasks[1], situation)).toBe(1);
  });

  it('a new rule has a name of its own', () =>
    expect(freshName([{ name: 'rule 2', when: '', then: {} }])).toBe('rule 3'));
});
