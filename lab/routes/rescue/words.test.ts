import { describe, expect, it } from 'vitest';
import type { judge } from '../../../engine/rescue/judge.ts';
import { scoreOf, type GameResult } from '../../../engine/rescue/score.ts';
import { goalBound, goalValue, goalView } from './goal-words.ts';
import { lineViews, long } from './words.ts';

const NBSP = '\u00a0';
const incident = { clockS: 420, billFactor: 2 };

function game(rescued: boolean, spentUsd: number, pulls: number): GameResult {
  const account = { ended: 1000, lost: 100, spentUsd, usualUsd: 100, usualClockUsd: 100 };
  const goals = [{ id: 'meanMs' as const, value: 200, target: 100, met: false, nearness: 0.5 }];
  const judgement: ReturnType<typeof judge> = {
    goals,
    heldSinceS: rescued ? 84 : null,
    handedOverS: null,
    over: true,
    rescued,
  };
  const score = scoreOf({
    ...{ rescued, recoveredS: 84, clockS: 420, nearness: 0.5, ended: 1000, lost: 100 },
    ...{ spentUsd, usualUsd: 100, billFactor: 2, pulls, pullsAllowed: 10 },
  });
  return { judgement, account, score, pulls };
}

describe('the lines of a score', () => {
  it('say what was done, and how it makes points', () => {
    expect(
      lineViews(incident, game(true, 150, 4)).map(({ points, what, how }) => [points, what, how]),
    ).toEqual([
      [
        350,
        'The goals held again 1:24 after the clock started, and to its end.',
        `150 for the rescue + 250 × 80.0${NBSP}% of the clock left`,
      ],
      [
        270,
        '900 of 1.0 k requests were answered, 100 were not.'.replace('1.0 k', `1.0${NBSP}k`),
        `300 × 90.0${NBSP}%`,
      ],
      [
        75,
        'The bill was $150; usual for this time is $100.',
        `150 × 50${NBSP}%: all at the usual bill, nothing at 2 times as much`,
      ],
      [90, '4 of 10 pulls.', '150 − 4 × 15'],
    ]);
  });

  it('say of a game without rescue what does not count', () => {
    const lines = lineViews(incident, game(false, 50, 0));
    expect(lines.map(({ how }) => how)).toEqual([
      `100 × 50${NBSP}%, how near the goals were`,
      `300 × 90.0${NBSP}%`,
      'counts only when it is rescued',
      'counts only when it is rescued',
    ]);
  });
});

describe('a goal', () => {
  it('has its target at a third of the meter, and a hundred times as much at its end', () => {
    const at = (value: number) =>
      goalView({ id: 'meanMs', value, target: 94, met: value <= 94, nearness: 0 }).fill;
    expect(at(94)).toBeCloseTo(1 / 3, 9);
    expect(at(9400)).toBeCloseTo(1, 9);
    expect(at(12_000)).toBe(1);
    expect(at(1)).toBe(0);
    expect(at(NaN)).toBe(0);
  });

  it('reads with its unit', () => {
    expect(goalBound({ id: 'usdPerHour', target: 2000 })).toBe(`≤ $2${NBSP}k/h`);
    expect(goalBound({ id: 'criticalLost', target: 0.001 })).toBe(`≤ 0.10${NBSP}%`);
    expect(goalBound({ id: 'hitRate', target: 0.97 })).toBe(`≥ 97${NBSP}%`);
    expect(goalValue({ id: 'errorRate', value: 0.405 })).toBe(`40.5${NBSP}%`);
  });
});

it.each([
  [30, '30 seconds'],
  [60, '1 minute'],
  [420, '7 minutes'],
  [5400, '1.5 hours'],
])('%i seconds are %s', (seconds, words) => expect(long(seconds)).toBe(words.replace(' ', NBSP)));
