import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medalOf, scoreOf, type Feat } from './score.ts';

const feat: Feat = {
  rescued: true,
  recoveredS: 84,
  clockS: 420,
  nearness: 1,
  ended: 1000,
  lost: 100,
  spentUsd: 150,
  usualUsd: 100,
  billFactor: 2,
  pulls: 4,
  pullsAllowed: 10,
};
const points = (change: Partial<Feat>) => scoreOf({ ...feat, ...change }).lines.map((line) => line.points);

describe('a score by hand', () => {
  it('of a rescue after a fifth of the clock', () => {
    expect(scoreOf(feat)).toEqual({
      rescued: true,
      lines: [
        { id: 'time', points: 350, most: 400 }, // 150 + 250 × 0.8
        { id: 'users', points: 270, most: 300 }, // 300 × 0.9
        { id: 'money', points: 75, most: 150 }, // half way from twice the usual
        { id: 'attention', points: 90, most: 150 }, // 150 × 0.6
      ],
      total: 785,
    });
  });

  it('of no rescue: users, and how near it came', () => {
    expect(points({ rescued: false, nearness: 0.4, pulls: 0, spentUsd: 0 })).toEqual([40, 270, 0, 0]);
  });

  it('of nothing done and nobody served is nothing', () => {
    expect(scoreOf({ ...feat, rescued: false, nearness: 0, lost: 1000 }).total).toBe(0);
  });

  it('gives all of the money for the usual bill or less, and none from its multiple on', () => {
    expect(points({ spentUsd: 100 })[2]).toBe(150);
    expect(points({ spentUsd: 0 })[2]).toBe(150);
    expect(points({ spentUsd: 200 })[2]).toBe(0);
    expect(points({ spentUsd: 900 })[2]).toBe(0);
  });

  it('takes it that nothing was answered where nothing ended, and that nothing is usual where nothing was spent', () => {
    expect(points({ ended: 0, lost: 0 })[1]).toBe(0);
    expect(points({ usualUsd: 0, spentUsd: 0 })[2]).toBe(150);
    expect(points({ usualUsd: 0, spentUsd: 1 })[2]).toBe(0);
  });
});

describe('any score', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const feats: fc.Arbitrary<Feat> = fc
    .record({
      rescued: fc.boolean(),
      recovered: share,
      nearness: share,
      ended: fc.nat(1e9),
      lost: share,
      spentUsd: fc.double({ min: 0, max: 1e7, noNaN: true }),
      usualUsd: fc.double({ min: 0, max: 1e6, noNaN: true }),
      billFactor: fc.double({ min: 1.5, max: 6, noNaN: true }),
      pulls: fc.nat(20),
    })
    .map(({ recovered, ended, lost, ...rest }) => ({
      ...rest,
      ...{
        clockS: 420,
        recoveredS: recovered * 420,
        ended,
        lost: Math.floor(lost * ended),
        pullsAllowed: 10,
      },
    }));
  const never = (what: string, better: (one: Feat, by: number) => Feat): void =>
    it(`is never lower for ${what}`, () =>
      fc.assert(
        fc.property(feats, share, (one, by) => scoreOf(better(one, by)).total >= scoreOf(one).total),
      ));

  it('is a whole number from 0 to 1000, and the sum of its lines', () =>
    fc.assert(
      fc.property(feats, (one) => {
        const { total, lines } = scoreOf(one);
        expect(Number.isInteger(total)).toBe(true);
        expect(total).toBe(lines.reduce((sum, line) => sum + line.points, 0));
        expect(lines.every((line) => line.points >= 0 && line.points <= line.most)).toBe(true);
        expect(lines.reduce((sum, line) => sum + line.most, 0)).toBe(1000);
      }),
    ));

  never('recovering sooner', (one, by) => ({ ...one, recoveredS: one.recoveredS * by }));
  never('losing fewer', (one, by) => ({ ...one, lost: Math.floor(one.lost * by) }));
  never('spending less', (one, by) => ({ ...one, spentUsd: one.spentUsd * by }));
  never('pulling less', (one, by) => ({ ...one, pulls: Math.floor(one.pulls * by) }));
  never('coming nearer', (one, by) => ({ ...one, nearness: one.nearness + (1 - one.nearness) * by }));
  never('a rescue', (one) => ({ ...one, rescued: true }));
});

describe('a medal', () => {
  it.each([
    [940, true, 'gold'],
    [893, true, 'gold'],
    [892, true, 'silver'],
    [758, true, 'silver'],
    [757, true, 'bronze'],
    [999, false, 'none'],
  ])(
    'for %i points, rescued %s, is %s where par is 758 and the shortest known 940',
    (total, rescued, medal) => expect(medalOf({ total, rescued }, 758, 940)).toBe(medal),
  );
});
