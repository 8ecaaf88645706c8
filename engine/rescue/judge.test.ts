import { describe, expect, it } from 'vitest';
import { account, goalsAt, judge, type Columns } from './judge.ts';
import type { Incident } from './rules.ts';

/** Columns of one-second intervals; those that are not given are zero. */
function columns(given: Record<string, number[]>, length: number): Columns {
  return {
    intervalS: 1,
    length,
    has: (name) => name in given,
    column: (name) => given[name] ?? new Array<number>(length).fill(0),
  };
}

/** A clock of 28 s from second 4 on; goals hold for 2 s (the fourteenth part of it) before they are handed over. */
const game: Pick<Incident, 'startS' | 'clockS' | 'goals' | 'windowS' | 'usualS'> = {
  startS: 4,
  clockS: 28,
  goals: [{ id: 'meanMs', most: 100 }],
  windowS: 1,
  usualS: 2,
};
const LENGTH = 32;
/** A second each: slow up to `from`, and again from `to` on. */
const quickBetween = (from: number, to: number): number[] =>
  Array.from({ length: LENGTH }, (_, s) => (s >= from && s < to ? 50 : 500));
const ones = new Array<number>(LENGTH).fill(1);
const judged = (meanMs: number[], length = LENGTH) =>
  judge(game, columns({ meanMs, completed: ones }, length), 1);

describe('a game by hand', () => {
  it('is rescued when the goals hold from a second on to the end', () => {
    expect(judged(quickBetween(10, LENGTH))).toMatchObject({
      heldSinceS: 7, // The eleventh second ends at 11, which is 7 on the clock.
      handedOverS: 9,
      over: true,
      rescued: true,
    });
  });

  it('is handed over and not rescued when they break again', () => {
    expect(judged(quickBetween(10, 20))).toMatchObject({
      heldSinceS: null,
      handedOverS: 9,
      over: true,
      rescued: false,
    });
  });

  it('counts the last stretch when they broke in between', () => {
    const twice = quickBetween(10, 20).map((ms, s) => (s >= 25 ? 50 : ms));
    expect(judged(twice)).toMatchObject({ heldSinceS: 22, rescued: true });
  });

  it('is not rescued when they hold at the end for less than long enough', () => {
    expect(judged(quickBetween(30, LENGTH))).toMatchObject({
      heldSinceS: 27,
      handedOverS: null,
      rescued: false,
    });
    expect(judged(quickBetween(29, LENGTH))).toMatchObject({ heldSinceS: 26, rescued: true });
  });

  it('is not over before its clock is, and what comes after does not count', () => {
    expect(judged(quickBetween(10, LENGTH), 20)).toMatchObject({
      over: false,
      rescued: false,
      handedOverS: 9,
    });
    const longer = [...quickBetween(10, LENGTH), 500, 500];
    const { rescued, goals } = judge(game, columns({ meanMs: longer, completed: [...ones, 1, 1] }, 34), 1);
    expect(rescued).toBe(true);
    expect(goals[0]).toMatchObject({ value: 50, met: true, nearness: 1 });
  });

  it('is not won by being quick before the clock starts', () => {
    expect(judged(quickBetween(0, 6))).toMatchObject({ handedOverS: 2, heldSinceS: null });
  });
});

describe('a goal', () => {
  const at = (goals: Incident['goals'], given: Record<string, number[]>, windowS = 2) =>
    goalsAt({ goals, windowS }, columns(given, 2), 10, 2)[0];

  it('weighs a mean by the requests that ended, and passes over seconds without any', () => {
    const mean = { id: 'meanMs' as const, most: 100 };
    expect(at([mean], { meanMs: [100, 400], completed: [3, 1] })).toMatchObject({
      value: 175,
      nearness: 100 / 175,
    });
    expect(at([mean], { meanMs: [NaN, 80], completed: [0, 5] })).toMatchObject({ value: 80, met: true });
  });

  it('is missed as long as nothing has ended', () => {
    expect(at([{ id: 'hitRate', least: 0.5 }], { hitRate: [NaN, NaN], completed: [0, 0] })).toMatchObject({
      met: false,
      nearness: 0,
    });
  });

  it('takes errors and lost critical requests as shares', () => {
    expect(at([{ id: 'errorRate', most: 0.1 }], { failed: [1, 1], completed: [4, 4] })?.value).toBe(0.25);
    const lost = { 'class.critical.givenUp': [0, 1], 'class.critical.ended': [5, 5] };
    expect(at([{ id: 'criticalLost', most: 0.1 }], lost)).toMatchObject({ value: 0.1, met: true });
  });

  it('takes the dollars of an hour of all cells, agents included', () => {
    const spent = { costUsd: [1, 2], 'agents.infraUsd': [0.5, 0.5] };
    // 4 dollars in 2 seconds of one cell of ten.
    expect(at([{ id: 'usdPerHour', most: 100 }], spent)?.value).toBe(72_000);
  });
});

it('accounts for what was lost and spent since the clock started, beside the usual', () => {
  const given = {
    completed: ones,
    failed: ones.map((_, s) => (s < 10 ? 1 : 0)),
    costUsd: ones.map((_, s) => s),
  };
  // The usual: seconds 1 and 2, 1.5 dollars a second. On the clock: seconds 4 to 31.
  expect(account(game, columns(given, LENGTH), 100, 3)).toEqual({
    ended: 2800,
    lost: 600,
    spentUsd: 49_000,
    usualUsd: 4200,
    usualClockUsd: 4200,
  });
  expect(account(game, columns(given, 6), 100, 3)).toEqual({
    ended: 200,
    lost: 200,
    spentUsd: 900,
    usualUsd: 300,
    usualClockUsd: 4200,
  });
});
