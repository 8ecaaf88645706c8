import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openContext } from './in-process.ts';
import { run } from './operations.ts';
import { Session, usualLimits } from './session.ts';
import { decode, encode, equal, isValue, show } from './values.ts';

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(
      undefined,
      null,
      true,
      false,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      0,
      '',
      '__proto__',
    ),
    fc.double(),
    fc.string(),
    fc.bigInt(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => new Set(items)),
    fc.array(fc.tuple(fc.string(), tie('value')), { maxLength: 4 }).map((pairs) => new Map(pairs)),
    fc.date({ noInvalidDate: true }),
  ),
})).value;

describe('values on the wire', () => {
  it('are JSON, with a tag in front of what JSON has no word for', () => {
    expect(encode({ b: [1, undefined], a: new Map([['k', 2n]]) })).toEqual([
      'object',
      ['a', ['map', ['k', ['bigint', '2']]]],
      ['b', ['list', 1, ['undefined']]],
    ]);
    expect(encode(-0)).toBe(0);
    expect(Object.is(encode(-0), -0)).toBe(false);
    expect(encode({ gone: undefined })).toEqual(['object']);
  });

  it('are equal when their contents are, whatever the order of their keys', () => {
    expect(equal(encode({ a: 1, b: 2 }), encode({ b: 2, a: 1 }))).toBe(true);
    expect(equal(encode([1, 2]), encode([2, 1]))).toBe(false);
    expect(equal(encode('1'), encode(1))).toBe(false);
    expect(equal(encode(undefined), encode(null))).toBe(false);
    expect(equal(encode(Number.NaN), encode(Number.NaN))).toBe(true);
  });

  it('come back as they went, and are known to be values', () =>
    fc.assert(
      fc.property(plain, (value) => {
        const wire = encode(value);
        expect(isValue(wire)).toBe(true);
        expect(equal(encode(decode(JSON.parse(JSON.stringify(wire)))), wire)).toBe(true);
      }),
    ));

  it('are encoded by the worker by the same rules', async () => {
    const session = await Session.open(openContext, 'exports.same = (value) => value;', usualLimits);
    await fc.assert(
      fc.asyncProperty(plain, async (value) => {
        const [answer] = await session.ask([run('same', value)]);
        expect(answer).toEqual({ did: 'returned', value: encode(value) });
      }),
      { numRuns: 300 },
    );
    session.close();
  });

  it('are refused when they are anything else', () => {
    for (const wire of [
      ['unknown'],
      ['fake', 'load'],
      ['made', 0],
      ['object', ['a']],
      ['object', [1, 2]],
      ['map', 'a'],
      ['bigint', '1e5'],
      ['bigint', '9'.repeat(1001)],
      ['number', '5'],
      ['date', 'today'],
      ['undefined', 1],
      ['error', 'Error'],
      { plain: 'object' },
      [],
      [['list']],
      Number.POSITIVE_INFINITY,
    ])
      expect(isValue(wire), JSON.stringify(wire)).toBe(false);
    let deep: unknown = 1;
    for (let i = 0; i < 40; i++) deep = ['list', deep];
    expect(isValue(deep)).toBe(false);
  });

  it('read as one would write them', () => {
    expect(show(encode({ name: 'a', 'two words': [1, undefined, null], ok: true }))).toBe(
      '{ name: "a", ok: true, "two words": [1, undefined, null] }',
    );
    expect(show(encode(new Map([['a', new Set([1n])]])))).toBe('Map {"a" → Set {1n}}');
    expect(show(encode(new TypeError('no')))).toBe('TypeError: no');
    expect(show(encode('x'.repeat(500)))).toHaveLength(160);
  });
});
