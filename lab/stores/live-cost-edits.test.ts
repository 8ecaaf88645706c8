import { describe, expect, it } from 'vitest';
import { CATALOGUE, MODULE_PROFILES } from '../../engine/cost/catalogue.ts';
import { checkBudgets, checkModels, freshNameOf, rowAt, withPrice } from './live-cost-edits.ts';
import { baselineOf, DEFAULT_BUDGETS, smallOf } from './live-cost-setup.ts';

const MODELS = MODULE_PROFILES.map(({ name }) => name);
const withBudget = (change: object) => [{ ...DEFAULT_BUDGETS[0], ...change }, ...DEFAULT_BUDGETS.slice(1)];

describe('an edited budget', () => {
  it.each([
    [{ limitUsd: 0 }, 'limitUsd', 'Expected a limit of at least $0.000001'],
    [{ limitUsd: '' }, 'limitUsd', 'Expected a number, got ""'],
    [{ timeZone: 'Europe/Berlim' }, 'timeZone', 'Expected the name of a time zone such as Europe/Berlin'],
    [{ keepForCritical: 1.2 }, 'keepForCritical', 'Expected a share from 0 to 1, got 1.2.'],
    [{ name: ' ' }, 'name', 'Expected a name of 1 to 100 characters'],
    [{ scope: { kind: 'model', of: 'gpt-5' } }, 'of', 'Did you mean "gpt-4"?'],
    [{ scope: { kind: 'tenant', of: '' } }, 'of', 'Expected a name of 1 to 100 characters'],
  ])('%o is wrong in one field', (change, field, text) => {
    const checked = checkBudgets(withBudget(change), MODELS);
    expect(checked).toMatchObject({ ok: false, problem: { row: 0, field } });
    expect(checked.ok === false && checked.problem.text).toContain(text);
  });

  it('overlapping windows are the later one’s fault', () =>
    expect(checkBudgets(withBudget({ window: 'month' }), MODELS)).toMatchObject({
      ok: false,
      problem: { row: 1, field: 'window', text: expect.stringContaining('no overlapping windows') },
    }));

  it('is taken when it is right', () =>
    expect(checkBudgets(withBudget({ timeZone: 'Asia/Tokyo' }), MODELS)).toMatchObject({ ok: true }));
});

describe('an edited price', () => {
  const edited = (value: unknown) => checkModels([withPrice(MODULE_PROFILES[0], 0, 'inputUsdPerM', value)]);

  it.each([
    [-1, 'Expected a price of $0 or more'],
    ['x', 'Expected a number, got "x"'],
    [0.0000001, 'in steps of'],
  ])('%s is wrong in its field', (value, text) => {
    const checked = edited(value);
    expect(checked).toMatchObject({ ok: false, problem: { row: 0, field: 'inputUsdPerM' } });
    expect(checked.ok === false && checked.problem.text).toContain(text);
  });

  it('changes the row that holds now, and no other', () => {
    const sonnet = CATALOGUE.find(({ name }) => name === 'claude-sonnet-5')!;
    expect(rowAt(sonnet, Date.UTC(2026, 7, 31))).toBe(0);
    expect(rowAt(sonnet, Date.UTC(2026, 8, 1))).toBe(1);
    expect(withPrice(sonnet, 1, 'outputUsdPerM', 9).prices).toMatchObject([
      { outputUsdPerM: 10 },
      { outputUsdPerM: 9, inputUsdPerM: 3 },
    ]);
  });

  it('a list needs a model', () =>
    expect(checkModels([])).toMatchObject({ ok: false, problem: { row: -1 } }));
});

it('savings are counted against gpt-4 or the dearest', () => {
  expect(baselineOf(MODULE_PROFILES)).toBe('gpt-4');
  expect(baselineOf(CATALOGUE)).toBe('gpt-5.6');
  expect(smallOf(CATALOGUE)).toBe('amazon-nova/nova-micro-v1');
});

it('names that are not taken', () => {
  expect(freshNameOf([], 'my-model')).toBe('my-model');
  expect(freshNameOf(['my-model', 'my-model 2'], 'my-model')).toBe('my-model 3');
});
