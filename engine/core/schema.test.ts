import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parse } from './schema.ts';

const schema = v.strictObject({
  count: v.pipe(v.number(), v.minValue(1, 'a number of 1 or more')),
  kind: v.optional(v.picklist(['open', 'closed']), 'open'),
  parts: v.optional(v.array(v.strictObject({ weight: v.number() })), []),
});
const check = (input: unknown): unknown =>
  parse(schema, input, 'thing', ['count', 'kind', 'parts', 'weight']);

describe('parse', () => {
  it('fills in defaults', () => {
    expect(check({ count: 2 })).toEqual({ count: 2, kind: 'open', parts: [] });
  });

  it.each<[string, unknown, string]>([
    ['a rule of ours', { count: 0 }, 'count: expected a number of 1 or more, got 0.'],
    ['a wrong type', { count: '2' }, 'count: expected a number, got "2".'],
    [
      'something missing',
      {},
      'count: expected a value, got nothing. Add "count"; docs/scenarios.md describes it.',
    ],
    ['a wrong choice', { count: 1, kind: 'ajar' }, 'kind: expected one of "open", "closed", got "ajar".'],
    [
      'a misspelt name, deep down',
      { count: 1, parts: [{ wieght: 3 }] },
      'parts.0.weight: expected a value, got nothing. Add "weight"; docs/scenarios.md describes it.',
    ],
    [
      'a misspelt name beside the right ones',
      { count: 1, kinds: 'open' },
      'kinds: expected a known setting, got the unknown name "kinds". Did you mean "kind"?',
    ],
    [
      'a name like no other',
      { count: 1, zebra: 1 },
      'zebra: expected a known setting, got the unknown name "zebra". Remove it, or look the name up in docs/scenarios.md.',
    ],
    ['a list', [], 'count: expected a value, got nothing. Add "count"; docs/scenarios.md describes it.'],
    ['no object at all', 'x', 'thing: expected an object in braces, got "x".'],
    ['null', null, 'thing: expected an object in braces, got null.'],
  ])('words %s', (_, input, message) => {
    expect(() => check(input)).toThrow(message);
  });
});
