import { describe, expect, it } from 'vitest';
import { primeDay } from '../scenarios/prime-day.ts';
import { Simulation } from '../simulation/simulation.ts';
import { effectOf, verdictOf } from './effect.ts';
import { recommend } from './recommend.ts';

describe('whether a prediction held', () => {
  it.each([
    [1000, 100, 100, 'held'],
    [1000, 100, 320, 'held'], // within a quarter of 900
    [1000, 100, 500, 'part'],
    [1000, 100, 900, 'none'],
    [1000, 100, 1500, 'none'],
    [1000, 700, 300, 'more'],
    [0.5, 0.9, 0.86, 'held'],
    [0.5, 0.9, 0.65, 'part'],
    [0.5, 0.9, 0.4, 'none'],
    [0.97, 0.98, 0.972, 'held'], // a twentieth of the figure: nobody can tell
  ] as const)('%d predicted as %d, measured as %d: %s', (before, predicted, measured, verdict) =>
    expect(verdictOf(before, predicted, measured)).toBe(verdict),
  );
});

describe('an effect', () => {
  const run = new Simulation({ ...primeDay, durationS: 1500 }, 1);
  run.advanceTo(1200_000);
  const recommendation = recommend(run).find(({ id }) => id === 'retry-budget')!;
  const { atS } = run.pull(recommendation.lever, recommendation.value);
  run.pull('l3', true);
  run.advanceTo(1500_000);
  const effect = effectOf(run, { recommendation, atS });

  it('is measured over the minute after next, and says what else came in between', () => {
    expect([effect.fromS, effect.toS, effect.inTime]).toEqual([1260, 1320, true]);
    expect(effect.meanwhile).toEqual({ pulls: 1, events: ['Surge ends'] });
    expect(effect.verdict).toBe('held');
  });

  it('that would come after the end is not waited for', () => {
    const late = effectOf(run, { recommendation: { ...recommendation, settleS: 600 }, atS });
    expect(late).toMatchObject({ measured: null, verdict: null, inTime: false });
  });
});
