import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { MAX_LENGTH, parseExpression, type Expression } from './expression.ts';
import { contextFor, fillTask, TASK_FIELDS, type RuleContext } from './fields.ts';
import { format } from './format.ts';
import { RuleError } from './rule-error.ts';
import { someTask } from './testing.ts';

const read = (text: string): Expression => {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw parsed.error;
  return parsed.expression;
};
const fail = (text: string): RuleError => {
  const parsed = parseExpression(text);
  if (parsed.ok) throw new Error(`${text} was accepted`);
  return parsed.error;
};
const all = (text: string): RuleError[] => {
  const parsed = parseExpression(text);
  return parsed.ok ? [] : parsed.errors;
};
const context = (changes: Record<string, number | string> = {}): RuleContext => {
  const filled = contextFor(TASK_FIELDS);
  fillTask(filled, someTask, { nowMs: 1000, hour: 14.5, budgetUsed: 0.25, hitRate: NaN, warm: true });
  for (const [name, value] of Object.entries(changes)) {
    const i = TASK_FIELDS.indexOf(name);
    if (typeof value === 'number') filled.numbers[i] = value;
    else filled.texts[i] = value;
  }
  return filled;
};
const value = (text: string, changes: Record<string, number | string> = {}): number =>
  read(text).value(context(changes));

describe('a condition', () => {
  it.each([
    ['tokens < 500 and complexity < 0.3', 1],
    ['tokens < 400 and complexity < 0.3', 0],
    ['tokens == 4_00 or false', 1],
    ['complexity <= 20 %', 1],
    ['complexity < 20 %', 0],
    ['max_latency == 2 s and max_latency == 2000 ms and max_latency >= 2000', 1],
    ['max_latency < 1 min and 1 h == 60 min', 1],
    ['tenant == "acme"', 1],
    ["tenant in ['globex', 'acme']", 1],
    ['tenant not in ["globex", "acme"]', 0],
    ['"Acme" == tenant', 0],
    ['tokens in [100, 400, 1e3]', 1],
    ['-tokens in [-400]', 1],
    ['"a" in ["b", "a"]', 1],
    ['"a" != "a"', 0],
    ['tenant != agent', 1],
    ['criticality == "high"', 1],
    ['criticality in ["critical", "low"]', 0],
    ['deferrable', 0],
    ['not deferrable and warm', 1],
    ['deferrable == false', 1],
    ['deadline_in > 1000 h', 1],
    ['hour >= 22 or hour < 6', 0],
    ['min(tokens, 300, 500) == 300 and max(tokens, 300) == 400 and abs(-3) == 3', 1],
    ['tokens + output_tokens * 2 == 600', 1],
    ['(tokens + output_tokens) * 2 == 1000', 1],
    ['10 - 4 - 3 == 3 and 24 / 4 / 2 == 3', 1],
    ['-2 * -3 == 6 and 1 - -1 == 2', 1],
  ])('%s is %s', (text, expected) => {
    // A task of 400 tokens in, 100 out, complexity 0.2, latency 2 s, tenant acme, criticality high, no deadline.
    expect(value(text)).toBe(expected);
  });

  it('binds as people expect: `not` loosest but for `and`, then `or`', () => {
    expect(format(read('not tokens < 500'))).toBe('not tokens < 500');
    expect(value('not tokens < 500')).toBe(0);
    expect(value('true or true and false')).toBe(1);
    expect(value('(true or true) and false')).toBe(0);
    expect(value('not false or true')).toBe(1);
    expect(value('not (false or true)')).toBe(0);
    expect(value('tokens + 3 not in [403]')).toBe(0);
  });

  it('takes words that begin like a keyword for names', () => {
    expect(fail('install == 3').got).toBe('the unknown name `install`');
    expect(fail('order').got).toBe('the unknown name `order`');
  });

  it('counts the deadline from now', () => {
    const filled = contextFor(TASK_FIELDS);
    const at = { nowMs: 500, hour: 0, budgetUsed: 0, hitRate: 0, warm: false };
    fillTask(filled, { ...someTask, deadlineMs: 60_500 }, at);
    expect(read('deadline_in == 1 min').value(filled)).toBe(1);
  });
});

describe('what is not known', () => {
  it.each([
    ['hit_rate > 0.5', NaN],
    ['hit_rate != 0.5', NaN],
    ['hit_rate == hit_rate', NaN],
    ['not hit_rate > 0.5', NaN],
    ['hit_rate > 0.5 or warm', 1],
    ['warm or hit_rate > 0.5', 1],
    ['hit_rate > 0.5 and deferrable', 0],
    ['hit_rate > 0.5 and warm', NaN],
    ['hit_rate > 0.5 or deferrable', NaN],
    ['warm and not hit_rate > 0.5', NaN],
    ['hit_rate in [0.5, 0.6]', NaN],
    ['hit_rate not in [0.5]', NaN],
    ['min(hit_rate, 1) < 2', NaN],
    ['tokens / 0 > 1', NaN],
    ['0 / 0 == 0 / 0', NaN],
    ['tokens / (output_tokens - 100) < 3 or tokens == 400', 1],
  ])('%s is %s, and fires on true alone', (text, expected) => {
    expect(value(text)).toBe(expected);
    expect(read(text).holds(context())).toBe(expected === 1);
  });
});

describe('a mistake', () => {
  it.each([
    // text, what is underlined, message after the place
    ['tokens = 5', '=', 'expected an operator or a value, got `=`. Did you mean `==`?'],
    ['warm && warm', '&&', 'expected an operator or a value, got `&&`. Did you mean `and`?'],
    ['warm || warm', '||', 'expected an operator or a value, got `||`. Did you mean `or`?'],
    ['!warm', '!', 'expected an operator or a value, got `!`. Did you mean `not`?'],
    ['tokens =< 5', '=<', 'expected an operator or a value, got `=<`. Did you mean `<=`?'],
    ['tokens ≤ 5', '≤', 'expected an operator or a value, got `≤`. Did you mean `<=`?'],
    ['tenant == “acme”', '“', 'expected an operator or a value, got `“`. Did you mean `"`?'],
    [
      '0 < complexity < 1',
      '<',
      'expected one comparison at a time, got `<`. Comparisons do not chain: write `0 < complexity and complexity < …`.',
    ],
    [
      'tokens < 2k',
      '2k',
      'expected a number, with or without a unit, got `2k`. The units are %, ms, s, min and h.',
    ],
    ['complexity < 0,3', ',', 'expected an operator, such as `and`, got `,`. A decimal point is a dot'],
    ['complexity < .3', '.', 'expected an operator or a value, got `.`. Write a digit before the point'],
    ['tenant.constructor == "x"', '.', 'expected an operator or a value, got `.`. A field has no properties'],
    ['tenant["x"] == 1', '[', 'expected an operator, got `[`. A field has no elements'],
    ['warm AND deferrable', 'AND', 'expected an operator, such as `and`, got `AND`. Did you mean `and`?'],
    ['tokens <', '<', 'expected a value, got the end of the rule.'],
    [
      '(tokens < 3',
      '3',
      'expected an operator or `)`, got the end of the rule. Close the `(` at character 1.',
    ],
    ['tokens < not warm', 'not', 'expected a value, got `not`. Put `not` and what it denies in parentheses'],
    ['tenant == "acme', '"acme', 'expected a text that ends with ", got the end of the rule.'],
    ['tokens < 1e999', '1e999', 'expected a number below 10^308, got a larger one.'],
    [
      'complexty < 1',
      'complexty',
      'expected a field, got the unknown name `complexty`. Did you mean `complexity`?',
    ],
    [
      '__proto__ == 1',
      '__proto__',
      'expected a field, got the unknown name `__proto__`. The fields are tokens',
    ],
    ['constructor("x") == 1', 'constructor', 'expected a function, got the unknown name `constructor`.'],
    ['mim(1, 2) == 1', 'mim', 'expected a function, got the unknown name `mim`. Did you mean `min`?'],
    [
      'complexity == "high"',
      '"high"',
      'expected a number to compare with `complexity`, got the text "high".',
    ],
    [
      '"high" == complexity',
      '"high"',
      'expected a number to compare with `complexity`, got the text "high".',
    ],
    [
      'tenant == complexity',
      'complexity',
      'expected a text to compare with `tenant`, got `complexity`, a number.',
    ],
    [
      'tenant < "b"',
      'tenant < "b"',
      'expected numbers beside `<`, got a text on both sides. Texts have no order',
    ],
    [
      'criticality == "critcal"',
      '"critcal"',
      'expected one of "critical", "high", "normal", "low" to compare with `criticality`, got the text "critcal". Did you mean "critical"?',
    ],
    ['criticality in ["high", "hgh"]', '"hgh"', 'expected one of'],
    ['criticality == tenant', 'tenant', 'expected one of'],
    [
      'criticality >= "high"',
      'criticality >= "high"',
      'expected numbers beside `>=`, got a text on both sides. Names have',
    ],
    ['tokens in ["a"]', '"a"', 'expected a number to compare with `tokens`, got the text "a".'],
    ['tokens in []', '[]', 'expected a list with something in it, got an empty one.'],
    ['tokens in 5', '5', 'expected a list after `in`, got a number. A list is written'],
    [
      'tokens in [tokens]',
      '[tokens]'.slice(1, -1),
      'expected only texts or only numbers in a list, got `tokens`, a number.',
    ],
    ['warm in [1]', 'warm', 'expected a number or a text before `in`, got `warm`, a condition.'],
    ['tokens == [1]', '[1]', 'expected one value, got a list. To look into a list, use `in`.'],
    [
      'tokens',
      'tokens',
      'expected a condition, true or false, as the whole rule, got `tokens`, a number. Compare it',
    ],
    ['tokens and warm', 'tokens', 'expected a condition beside `and`, got `tokens`, a number.'],
    ['not tokens', 'tokens', 'expected a condition after `not`, got `tokens`, a number.'],
    ['-tenant == 1', 'tenant', 'expected a number after `-`, got `tenant`, a text.'],
    ['tenant + 1 == 2', 'tenant', 'expected a number beside `+`, got `tenant`, a text.'],
    ['max(1) == 1', 'max(1)', 'expected two numbers or more for `max`, got 1.'],
    ['abs(warm) == 1', 'warm', 'expected a number for `abs`, got `warm`, a condition.'],
    ['tokens < 5 s', '5 s', 'expected a number to go with `tokens`, got a duration. Their units differ.'],
    [
      'max_latency - tokens > 1',
      'tokens',
      'expected a duration to go with `max_latency`, got `tokens`, a number.',
    ],
    ['', '', 'expected a value, got the end of the rule.'],
  ])('in %s is shown at %s', (text, underlined, message) => {
    const error = fail(text);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toBeInstanceOf(RuleError);
    expect(error.message).toContain(message);
    expect(error.message).toContain(`rule, character ${error.fromChar + 1}: `);
    expect(text.slice(error.fromChar, error.toChar)).toBe(underlined);
  });

  it('of names and types is found on every side at once, in order', () => {
    const errors = all('tokns < 5 and tenant == 3 or criticality == "hi" and latncy > 2');
    expect(errors.map((e) => e.got)).toEqual([
      'the unknown name `tokns`',
      'a number',
      'the text "hi"',
      'the unknown name `latncy`',
    ]);
    expect(all('foo(bar) + baz(qux, tokns) > 1')).toHaveLength(5);
  });

  it('in a chain of comparisons is the second of them', () => {
    expect(fail('0 < complexity < 1').fromChar).toBe(15);
    expect(fail('tokens < (1 + 2) == warm').fromChar).toBe(17);
    expect(value('(tokens < 500) == warm')).toBe(1);
    expect(value('(tokens < 500) == (1 < 2)')).toBe(1);
  });

  it('names the place it was given', () => {
    const parsed = parseExpression('x', TASK_FIELDS, 'rules.2.when');
    expect(!parsed.ok && parsed.error.place).toBe('rules.2.when, character 1');
  });

  it('is being too long or too deep', () => {
    const long = `${'true or '.repeat(250)}true`;
    expect(fail(long)).toMatchObject({ fromChar: MAX_LENGTH, toChar: long.length });
    expect(read(long.slice(8)).value(context())).toBe(1);
    const deep = (n: number): string => `${'('.repeat(n)}warm${')'.repeat(n)}`;
    expect(value(deep(64))).toBe(1);
    expect(fail(deep(65)).message).toContain('at most 64 levels inside each other');
    expect(fail(deep(65)).fromChar).toBe(64);
    expect(fail(`${'not '.repeat(65)}warm`).message).toContain('at most 64 levels');
    expect(fail(`${'-'.repeat(900)}1 > 0`).message).toContain('at most 64 levels');
    expect(value(`${'1+'.repeat(900)}1 == 901`)).toBe(1);
    expect(value(`${'(1)+'.repeat(300)}-1 == 299 and not not warm`)).toBe(1);
  });
});

describe('any text', () => {
  const words = [
    ...TASK_FIELDS.names,
    ...'and or not in true false min max abs ( ) [ ] , < <= > >= == != + - * / = && % . 5 0.3 70% 5s 2min "a" \'high\' " \\ 💸'.split(
      ' ',
    ),
  ];
  const soup = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((list) => list.join(' '));
  const glued = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((list) => list.join(''));
  const anything = fc.string({ unit: 'binary', maxLength: 300 });

  it('is read, or refused at a place inside it', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(anything, soup, glued), (text) => {
        const parsed = parseExpression(text);
        if (parsed.ok) {
          accepted++;
          const { expression } = parsed;
          expect(String(expression.value(context()))).toMatch(/^(0|1|NaN)$/);
          const again = parseExpression(format(expression));
          expect(again.ok && format(again.expression)).toBe(format(expression));
          return;
        }
        for (const { fromChar, toChar } of parsed.errors) {
          expect(fromChar).toBeGreaterThanOrEqual(0);
          expect(toChar).toBeLessThanOrEqual(text.length);
          expect(toChar - fromChar).toBeGreaterThanOrEqual(text.length === 0 ? 0 : 1);
        }
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});
