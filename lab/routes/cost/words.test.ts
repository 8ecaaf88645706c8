import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { graduatedActionsSchema, measuresOf } from '../../../engine/cost/graduated-actions.ts';
import { tokens } from '../../../engine/cost/rules/suggestions.ts';
import fc from 'fast-check';
import { marksOf } from './marks.ts';
import { actionsInWords, addedInWords, measuresInWords, money, moment, until } from './words.ts';

describe('words of the cost page', () => {
  it.each([
    [0, '$0'],
    [0.00225, '$0.00225'],
    [0.0484, '$0.0484'],
    [0.5, '$0.50'],
    [0.9996, '$1.00'],
    [1.5, '$1.50'],
    [1234.5, '$1,234.50'],
    [-0.12, '−$0.12'],
    [5e-9, '$0.000000005'],
    [null, '–'],
    [NaN, '–'],
  ])('%s is %s', (usd, text) => expect(money(usd)).toBe(text));

  it('a moment by the clock of a zone, midnight included', () => {
    expect(moment(Date.UTC(2026, 10, 23, 15, 4, 5), 'UTC', true)).toBe('Mon 23\u00a0Nov 2026, 15:04:05');
    expect(moment(Date.UTC(2026, 10, 23, 23), 'Europe/Berlin')).toBe('Tue 24\u00a0Nov 2026, 00:00');
  });

  it.each([
    [40_500, '41\u00a0s'],
    [90 * 60_000, '1\u00a0h 30\u00a0min'],
    [50 * 3_600_000, '2\u00a0d 2\u00a0h'],
    [-5, '0\u00a0s'],
  ])('until %s', (ms, text) => expect(until(ms)).toBe(text));

  it('measures say to whom they are done, and what each level adds', () => {
    const { levels } = v.parse(graduatedActionsSchema, {});
    const measures = measuresOf(levels);
    expect(measuresInWords(measures[0])).toEqual([]);
    expect(measuresInWords(measures[1])).toEqual([
      'caches keep answers 2 times as long',
      'cheapest model for low and normal',
    ]);
    expect(addedInWords(measures[3], measures[2])).toEqual(['low refused']);
    expect(measuresInWords(measures[5]).at(-1)).toBe('everybody refused');
  });

  it('actions of a rule', () => {
    expect(actionsInWords({ model: 'cheapest', maxOutputTokens: 150, defer: true })).toBe(
      'the cheapest model, answers of at most 150 tokens, wait for the night',
    );
    expect(actionsInWords({ refuse: true })).toBe('refuse');
  });
});

describe('marks under a rule', () => {
  it('cut the text where a token or a mistake begins or ends', () =>
    expect(
      marksOf('token < 5', tokens('token < 5'), [{ from: 0, to: 5 }]).map((mark) => [
        mark.text,
        mark.kind,
        mark.wrong,
      ]),
    ).toEqual([
      ['token', 'name', true],
      [' ', 'space', false],
      ['<', 'operator', false],
      [' ', 'space', false],
      ['5', 'number', false],
    ]));

  it('a mistake may be a part of a token', () =>
    expect(
      marksOf('token', tokens('token'), [{ from: 1, to: 3 }]).map(({ text, wrong }) => [text, wrong]),
    ).toEqual([
      ['t', false],
      ['ok', true],
      ['en', false],
    ]));

  it('make up the text, whatever it is', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'tokens <>=5."[](),é\u{1F600}') }),
        fc.nat(20),
        fc.nat(20),
        (text, a, b) => {
          const mistake = { from: Math.min(a, b, text.length), to: Math.min(Math.max(a, b), text.length) };
          const marks = marksOf(text, tokens(text), [mistake]);
          expect(marks.map((mark) => mark.text).join('')).toBe(text);
        },
      ),
    ));
});
