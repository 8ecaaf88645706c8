import { describe, expect, it } from 'vitest';
import { Population } from './population.ts';

const draw = (population: Population, n: number): number[] =>
  Array.from({ length: n }, () => population.next());

describe('Population', () => {
  it('asks by weight', () => {
    const keys = draw(
      new Population({ kind: 'weighted', weights: [1, 0, 3], oneTimeShare: 0 }, 1, 'run'),
      40_000,
    );
    expect(keys).not.toContain(1);
    const share = keys.filter((k) => k === 2).length / keys.length;
    expect(Math.abs(share - 0.75)).toBeLessThan(4.5 * Math.sqrt((0.75 * 0.25) / keys.length));
  });

  it('asks for its one-time keys once, in their share, and apart from those of the past', () => {
    const settings = { kind: 'zipf', keys: 100, exponent: 1, oneTimeShare: 0.2 } as const;
    const run = draw(new Population(settings, 1, 'run'), 20_000);
    const past = draw(new Population(settings, 1, 'history'), 20_000);
    const oneTime = (keys: number[]) => keys.filter((k) => k < 0 || k >= 100);
    for (const keys of [run, past]) {
      const once = oneTime(keys);
      expect(new Set(once).size).toBe(once.length);
      expect(Math.abs(once.length / keys.length - 0.2)).toBeLessThan(4.5 * Math.sqrt(0.16 / keys.length));
    }
    expect(oneTime(run).every((k) => k >= 100)).toBe(true);
    expect(oneTime(past).every((k) => k < 0)).toBe(true);
  });

  it('asks for the same in the same order whatever the share of one-time keys', () => {
    const keys = (oneTimeShare: number) =>
      draw(new Population({ kind: 'zipf', keys: 1000, exponent: 1, oneTimeShare }, 4, 'run'), 2000).filter(
        (k) => k < 1000,
      );
    const some = keys(0.3);
    expect(some).toEqual(keys(0).slice(0, some.length));
  });
});
