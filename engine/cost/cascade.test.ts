import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../core/schema.ts';
import { RandomStream } from '../core/random.ts';
import {
  breakEven,
  cascadeSchema,
  confidenceOf,
  escalatedShare,
  escalates,
  expectedCost,
  keptWrongShare,
  routerCost,
  wrongShare,
} from './cascade.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const cost = fc.double({ min: 1e-6, max: 1e6, noNaN: true });

describe('what a cascade costs', () => {
  it('is 6 for models of 1 and 25 and a fifth escalated, 24 % of the big one', () => {
    expect(expectedCost(1, 25, 0.2)).toBe(6);
    expect(expectedCost(1, 25, 0.2) / 25).toBe(0.24);
    expect(breakEven(1, 25)).toBe(0.96);
  });

  it('with a router that sends 14 % to the big one is 4.36', () => {
    expect(routerCost(1, 25, 0.14)).toBeCloseTo(4.36, 12);
    expect(routerCost(1, 25, 0.14, 0.5)).toBeCloseTo(4.86, 12);
  });

  it('is less than the big model exactly below the break-even', () => {
    fc.assert(
      fc.property(cost, cost, share, (small, big, escalated) => {
        fc.pre(Math.abs(escalated - breakEven(small, big)) > 1e-9 * (1 + small / big));
        expect(expectedCost(small, big, escalated) < big).toBe(escalated < breakEven(small, big));
      }),
    );
    expect(breakEven(5, 4)).toBeLessThan(0);
  });

  it('is never less than with a router that knows as much and costs nothing', () => {
    fc.assert(
      fc.property(cost, cost, share, (small, big, p) => {
        expect(routerCost(small, big, p)).toBeLessThanOrEqual(expectedCost(small, big, p) * (1 + 1e-12));
      }),
    );
  });
});

const FILE = fileURLToPath(new URL('../../../shared/truth/queueing.json', import.meta.url));

describe.skipIf(!existsSync(FILE))('what a cascade costs, beside ../shared/truth/queueing.json', () => {
  it('is the same at every point', () => {
    type Point = { c_small: number; c_big: number } & Record<string, number>;
    const file = JSON.parse(readFileSync(FILE, 'utf8')) as { cost_models: { points: Point[] } };
    const compared = file.cost_models.points.map(({ c_small: small, c_big: big, ...point }) => {
      if ('cascade' in point) {
        const cost = expectedCost(small, big, point['P_escalate']!);
        expect(cost).toBeCloseTo(point['cascade'], 9);
        expect(cost / big).toBeCloseTo(point['vs_big']!, 9);
        return 'cascade';
      }
      if ('router' in point) {
        expect(routerCost(small, big, point['f']!)).toBeCloseTo(point['router'], 9);
        return 'router';
      }
      return 'overshoot_max' in point ? 'budget' : 'unknown'; // budget.test.ts holds the budget to its point
    });
    expect(compared).toEqual(['cascade', 'router', 'budget']);
  });
});

describe('confidence', () => {
  it('at average complexity is u^(0.08 / 0.92) for a model of 92 %', () => {
    expect(wrongShare(0.5, 0.92)).toBeCloseTo(0.08, 12);
    expect(confidenceOf(0.5, 0.92, 0.3)).toBeCloseTo(0.3 ** (0.08 / 0.92), 12);
    expect(escalatedShare(0.5, 0.92, 0.9)).toBeCloseTo(0.9 ** 11.5, 12);
    expect(wrongShare(0.3, 0.92, 0.3)).toBeCloseTo(0.08, 12);
  });

  it('lies from 0 to 1 and never rises with complexity', () => {
    fc.assert(
      fc.property(
        share,
        share,
        share,
        fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
        (x, y, accuracy, u) => {
          const [easy, hard] = [Math.min(x, y), Math.max(x, y)];
          const [sure, unsure] = [confidenceOf(easy, accuracy, u), confidenceOf(hard, accuracy, u)];
          expect(unsure).toBeGreaterThanOrEqual(0);
          expect(sure).toBeLessThanOrEqual(1);
          expect(unsure).toBeLessThanOrEqual(sure + 1e-12);
        },
      ),
    );
  });

  it.each([
    [0.5, 0.92],
    [1, 0.92],
    [0.9, 0.6],
    [0.1, 0.98],
  ])(
    'at complexity %d and accuracy %d is calibrated, and escalates as the formulas say',
    (complexity, accuracy) => {
      const n = 200_000;
      const threshold = 0.8;
      const draws = new RandomStream(7, 'confidence');
      const truth = new RandomStream(7, 'right');
      let [escalated, wrong, kept] = [0, 0, 0];
      for (let i = 0; i < n; i++) {
        const confidence = confidenceOf(complexity, accuracy, draws.uniform());
        const isWrong = truth.uniform() >= confidence;
        if (escalates(confidence, threshold)) escalated++;
        else if (isWrong) kept++;
        if (isWrong) wrong++;
      }
      const within = (got: number, p: number): void =>
        expect(Math.abs(got / n - p)).toBeLessThan(4 * Math.sqrt(Math.max(p * (1 - p), 1e-6) / n));
      within(wrong, wrongShare(complexity, accuracy));
      within(escalated, escalatedShare(complexity, accuracy, threshold));
      within(kept, keptWrongShare(complexity, accuracy, threshold));
    },
  );

  it('over even complexities escalates the mean of the formula, and errs 1 − accuracy', () => {
    const [n, accuracy, threshold] = [200_000, 0.92, 0.9];
    const random = new RandomStream(11, 'mixed');
    let escalated = 0;
    for (let i = 0; i < n; i++)
      if (escalates(confidenceOf(random.uniform(), accuracy, random.uniform()), threshold)) escalated++;
    const steps = 10_000;
    let [mean, wrong] = [0, 0];
    for (let i = 0; i < steps; i++) {
      mean += escalatedShare((i + 0.5) / steps, accuracy, threshold) / steps;
      wrong += wrongShare((i + 0.5) / steps, accuracy) / steps;
    }
    expect(wrong).toBeCloseTo(1 - accuracy, 9);
    expect(Math.abs(escalated / n - mean)).toBeLessThan(4 * Math.sqrt((mean * (1 - mean)) / n));
  });

  it('keeps fewer wrong answers the higher the threshold', () => {
    fc.assert(
      fc.property(share, share, share, share, (complexity, accuracy, s, t) => {
        const [low, high] = [Math.min(s, t), Math.max(s, t)];
        const kept = (threshold: number): number => keptWrongShare(complexity, accuracy, threshold);
        expect(kept(high)).toBeLessThanOrEqual(kept(low) + 1e-12);
        expect(kept(0)).toBeCloseTo(wrongShare(complexity, accuracy), 12);
        expect(kept(1)).toBeCloseTo(0, 12);
        expect(escalatedShare(complexity, accuracy, low)).toBeLessThanOrEqual(
          escalatedShare(complexity, accuracy, high) + 1e-12,
        );
      }),
    );
  });

  it('at the ends: a model that is always right never escalates, one that never is always does', () => {
    expect(confidenceOf(1, 1, 0.001)).toBe(1);
    expect(escalatedShare(1, 1, 1)).toBe(0);
    expect(confidenceOf(1, 0, 0.999)).toBe(0);
    expect(escalatedShare(1, 0, 0.01)).toBe(1);
    expect(escalatedShare(1, 0, 0)).toBe(0);
    expect(escalates(0.8, 0.8)).toBe(false);
  });
});

describe('settings', () => {
  it('have defaults', () => {
    expect(parse(cascadeSchema, {}, 'cascade')).toEqual({
      on: false,
      small: 'gpt-3.5-turbo',
      big: 'gpt-4',
      confidence: 0.8,
    });
  });
  it.each([
    [{ confidence: 1.1 }, 'a share from 0 to 1'],
    [{ confidence: NaN }, 'confidence'],
    [{ small: 'a', big: 'a' }, 'two different models'],
    [{ small: '' }, 'the name of a model'],
  ])('refuse %j', (settings, message) => {
    expect(() => parse(cascadeSchema, settings, 'cascade')).toThrow(message);
  });
});
