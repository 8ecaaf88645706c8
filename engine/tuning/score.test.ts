import { describe, expect, it } from 'vitest';
import { goalOf } from './goal.ts';
import { compareScores, keepsBounds, scoreOf, type Goal } from './score.ts';

const goal: Goal = {
  figure: 'recoveredAfterS',
  direction: 'least',
  constraints: [
    { figure: 'endMeanMs', atMost: 100 },
    { figure: 'endHitRate', atLeast: 0.8 },
  ],
};
const outcome = (recoveredAfterS: number, endMeanMs = 90, endHitRate = 0.9) => ({
  recoveredAfterS,
  endMeanMs,
  endHitRate,
});

describe('a score', () => {
  it('is the mean over the seeds, with no bound missed', () => {
    expect(scoreOf([outcome(150), outcome(170)], goal)).toEqual({ missed: 0, value: 160, seeds: 2 });
  });
  it('adds up by how much bounds are missed: a half for as much as the bound, towards 1', () => {
    expect(scoreOf([outcome(150, 200)], goal).missed).toBe(0.5);
    expect(scoreOf([outcome(150, 200), outcome(150)], goal).missed).toBe(0.25);
    expect(scoreOf([outcome(150, 1e9, 0)], goal).missed).toBeCloseTo(1 + 0.5, 5);
    expect(scoreOf([outcome(150, NaN)], goal).missed).toBe(1);
  });
  it('turns the sign for what is to be large', () => {
    const most: Goal = { figure: 'endHitRate', direction: 'most' };
    const [low, high] = [scoreOf([outcome(0, 0, 0.2)], most), scoreOf([outcome(0, 0, 0.7)], most)];
    expect(compareScores(high, low)).toBeLessThan(0);
  });
  it('puts bounds before the figure, and no number last', () => {
    const [kept, missed] = [scoreOf([outcome(900)], goal), scoreOf([outcome(1, 101)], goal)];
    expect(compareScores(kept, missed)).toBeLessThan(0);
    expect(compareScores(kept, scoreOf([outcome(NaN)], goal))).toBeLessThan(0);
    expect([keepsBounds(outcome(900), goal), keepsBounds(outcome(1, 101), goal)]).toEqual([true, false]);
  });
  it('needs its figures', () => {
    expect(() => scoreOf([{ meanMs: 1 }], goal)).toThrow(/goal: expected one of meanMs, got "endMeanMs"/);
  });
});

describe('what a scenario asks for', () => {
  const events = [{ at: 1, label: '', kind: 'fault' as const, set: {} }];
  const objectives = { windowS: 30, meanMs: 94, hitRate: 0.97, errorRate: 0.01 };
  it('is to recover, where something breaks', () => {
    expect(goalOf({ objectives: { ...objectives, recoverWithinS: 420 }, events, controls: {} })).toEqual({
      figure: 'recoveredAfterS',
      direction: 'least',
      constraints: [
        { figure: 'endMeanMs', atMost: 94 },
        { figure: 'endHitRate', atLeast: 0.97 },
        { figure: 'endErrorRate', atMost: 0.01 },
      ],
    });
  });
  it('is to spend least, where there is a cost to keep', () => {
    expect(
      goalOf({ objectives: { ...objectives, costUsd: 9, criticalServed: 0.999 }, events, controls: {} }),
    ).toEqual({
      figure: 'costUsd',
      direction: 'least',
      constraints: [
        { figure: 'criticalServed', atLeast: 0.999 },
        { figure: 'hitRate', atLeast: 0.97 },
        { figure: 'errorRate', atMost: 0.01 },
        { figure: 'meanMs', atMost: 94 },
      ],
    });
  });
  it('is to answer soonest otherwise', () => {
    expect(goalOf({ objectives: { windowS: 30, meanMs: 94 }, events: [], controls: {} })).toEqual({
      figure: 'meanMs',
      direction: 'least',
      constraints: [],
    });
  });
});
