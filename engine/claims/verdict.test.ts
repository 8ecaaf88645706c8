import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bound } from './claim.ts';
import { acceptedBy, judgeCase, verdictOf, type Judgement } from './verdict.ts';

const atMost94: Bound = { value: 94, unit: 'ms', direction: 'at most' };
const measured = (mean: number, half: number | null = null) => ({
  mean,
  low: half === null ? null : mean - half,
  high: half === null ? null : mean + half,
});

describe('a case', () => {
  // At most 94 ms: 89 to 91, 93 to 95, 98 to 102.
  it.each<[number, number | null, Judgement]>([
    [90, 1, 'holds'],
    [94, 1, 'open'],
    [100, 2, 'fails'],
    [93, 1, 'holds'], // up to 94, which is allowed
    [94, null, 'holds'],
    [94.01, null, 'fails'],
  ])('of %d ± %s is judged by the whole of its interval: %s', (mean, half, judgement) =>
    expect(judgeCase(atMost94, measured(mean, half))).toBe(judgement),
  );

  it.each<[Partial<Bound>, [number, number]]>([
    [{ direction: 'at least', value: 0.97 }, [0.97, Infinity]],
    [{ direction: 'at most', value: 94 }, [-Infinity, 94]],
    [{ direction: 'about', value: 12_000 }, [10_800, 13_200]],
    [{ direction: 'about', value: -0.25 }, [-0.275, -0.225]],
    [{ direction: 'about', value: 12, within: 0.5 }, [11.5, 12.5]],
    [{ direction: 'range', value: -0.78, to: -0.73 }, [-0.78, -0.73]],
    [{ direction: 'range', value: -0.73, to: -0.78 }, [-0.78, -0.73]],
  ])('of %j agrees from %j', (bound, [low, high]) => {
    const accepted = acceptedBy({ unit: 'ms', value: 0, direction: 'about', ...bound });
    expect(accepted.low).toBeCloseTo(low);
    expect(accepted.high).toBeCloseTo(high);
  });

  it('never fails and holds for a wider and a narrower interval around the same mean', () =>
    fc.assert(
      fc.property(
        fc.double({ min: -200, max: 200, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (mean, half, more) => {
          const [narrow, wide] = [half, half + more].map((h) => judgeCase(atMost94, measured(mean, h)));
          if (wide !== 'open') expect(narrow).toBe(wide);
        },
      ),
    ));

  it('refuses a measurement of nothing, and a range with one end', () => {
    expect(() => judgeCase(atMost94, measured(NaN))).toThrow('quantity: expected a number, got NaN');
    expect(() => acceptedBy({ value: 1, unit: 'ms', direction: 'range' })).toThrow('with both ends');
  });
});

describe('a verdict', () => {
  const cases = (...judged: Judgement[]) =>
    judged.map((judgement, i) => ({ condition: i === 0 ? null : `c${i}`, judgement }));

  it.each<[Judgement[], string, string[]]>([
    [['holds'], 'reproduced', []],
    [['holds', 'fails'], 'reproduced', []], // what breaks it besides is shown, and changes nothing
    [['fails'], 'not reproduced', []],
    [['fails', 'fails'], 'not reproduced', []],
    [['fails', 'holds'], 'only if', ['c1']],
    [['fails', 'fails', 'holds', 'holds'], 'only if', ['c2', 'c3']],
    [['fails', 'open'], 'undecided', []],
    [['open'], 'undecided', []],
    [['open', 'holds'], 'undecided', []], // the condition is not shown to be one
  ])('of %j is %s', (judged, kind, conditions) =>
    expect(verdictOf(cases(...judged))).toEqual({ kind, conditions }),
  );

  it('wants the module’s own case first, and once', () => {
    expect(() => verdictOf([])).toThrow('without a condition first');
    expect(() => verdictOf([{ condition: 'c', judgement: 'holds' }])).toThrow('without a condition first');
    expect(() =>
      verdictOf([
        { condition: null, judgement: 'holds' },
        { condition: null, judgement: 'holds' },
      ]),
    ).toThrow('no other');
  });
});
