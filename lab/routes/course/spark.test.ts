import { describe, expect, it } from 'vitest';
import type { IncidentFacts } from './course-facts.ts';
import { sparkOf } from './spark.ts';

const incident: IncidentFacts = {
  ...{
    seed: 4217,
    fromS: 0,
    stepS: 10,
    aloneMs: [100, 100, 12_000, 12_000],
    rescuedMs: [100, 100, 12_000, 60],
  },
  ...{ surge: { fromS: 20, toS: 30, factor: 2 }, rescueAtS: 30, rescuedAfterS: 15, targetMs: 94 },
  ...{ recoverWithinS: 420, startOfDayS: 8100 },
};

describe('the picture of Prime Day', () => {
  it('by hand: four steps of 110 units, 12 s at 25 and nothing at 91', () => {
    const spark = sparkOf(incident);
    expect(spark.alone).toBe('M55 90.5L165 90.5L275 25L385 25');
    expect(spark.rescued).toBe('M275 25L385 90.7');
    expect(spark.surge).toEqual({ x: 220, width: 110 });
    expect([spark.rescueX, spark.targetY]).toEqual([330, 90.5]);
  });

  it('says in words what it shows', () => {
    const { words } = sparkOf(incident);
    expect(words).toMatchObject({
      plateau: '12\u00a0s, and it stays',
      from: '02:15',
      rescue: 'levers pulled, 02:15',
    });
    expect(words.all).toContain(
      'About 100\u00a0ms until the load grows to 2 times at 02:15; then 12\u00a0s to the end',
    );
    expect(words.all).toContain('15\u00a0s after the surge began');
  });

  it('does not say that it stays when it does not', () =>
    expect(sparkOf({ ...incident, aloneMs: [100, 12_000, 12_000, 200] }).words.plateau).toBe('200\u00a0ms'));
});
