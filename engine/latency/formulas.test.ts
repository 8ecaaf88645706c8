import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exp, ln } from '../core/exact-math.ts';
import {
  batchWindow,
  choicesMeanResponse,
  choicesQueueTail,
  fanOutPercentile,
  fanOutSlowShare,
  hedgedExtraShare,
  hedgedMean,
  hedgedMeanExponential,
  hedgedQuantile,
  hedgedSurvival,
  keepAliveReuse,
  throttledRate,
  throttleShare,
  type Survival,
} from './formulas.ts';
import { HEDGES, type Hedge } from './hedges.fixture.ts';

const exponential: Survival = (t) => exp(-t);

describe('formulas', () => {
  it('of hedging with exponential calls: the mean of the second is halved', () => {
    const p95 = ln(20);
    expect(hedgedExtraShare(exponential, p95)).toBeCloseTo(0.05, 12);
    expect(hedgedMeanExponential(1, p95)).toBeCloseTo(0.975, 12);
    expect(hedgedMean(exponential, p95)).toBeCloseTo(0.975, 7);
    expect(hedgedMeanExponential(200, Infinity)).toBe(200);
    // Tied: the sooner of two exponentials is an exponential of half the mean.
    expect(hedgedMean(exponential, 0)).toBeCloseTo(0.5, 7);
    expect(hedgedSurvival(exponential, 0, 1)).toBeCloseTo(exp(-2), 12);
    expect(hedgedQuantile(exponential, 0, 0.5)).toBeCloseTo(ln(2) / 2, 12);
    // Before the delay nothing changes.
    expect(hedgedSurvival(exponential, 3, 2.9)).toBe(exponential(2.9));
    expect(hedgedQuantile(exponential, 3, 0.9)).toBeCloseTo(ln(10), 12);
  });

  it('of fan-out: one call in a hundred is slow, and with a hundred calls most requests are', () => {
    expect(fanOutSlowShare(0.01, 100)).toBeCloseTo(0.63396766, 8);
    expect(fanOutSlowShare(0.01, 1)).toBeCloseTo(0.01, 12);
    expect(fanOutPercentile(0.99, 10)).toBeCloseTo(0.99899547, 8);
  });

  it('of choices: one is M/M/1, two is doubly exponential', () => {
    expect(choicesMeanResponse(0.9, 1)).toBeCloseTo(10, 9);
    expect(choicesMeanResponse(0, 2)).toBe(1);
    expect(choicesMeanResponse(1, 2)).toBe(Infinity);
    expect([0, 1, 2, 3].map((k) => choicesQueueTail(0.9, 1, k))).toEqual(
      [1, 0.9, 0.81, 0.729].map((x) => expect.closeTo(x, 12)),
    );
    expect([0, 1, 2, 3].map((k) => choicesQueueTail(0.5, 2, k))).toEqual(
      [1, 1 / 2, 1 / 8, 1 / 128].map((x) => expect.closeTo(x, 12)),
    );
    // By Little: requests in a queue over the arrivals at it.
    const inQueue = [1, 2, 3, 4, 5, 6, 7, 8].reduce((sum, k) => sum + choicesQueueTail(0.8, 3, k), 0);
    expect(inQueue / 0.8).toBeCloseTo(choicesMeanResponse(0.8, 3), 9);
  });

  it('of batches, of kept connections, of throttling', () => {
    expect(batchWindow(100, 0.01)).toEqual({ meanBatch: 2, meanAddedWait: 0.0075, batchRate: 50 });
    expect(batchWindow(1, 0)).toEqual({ meanBatch: 1, meanAddedWait: 0, batchRate: 1 });
    const kept = keepAliveReuse(0.5, 4, 100);
    expect([kept.reuseShare, kept.meanHandshake]).toEqual(
      [0.86466472, 13.533528].map((x) => expect.closeTo(x, 6)),
    );
    expect(throttleShare(1000, 300, 2)).toBeCloseTo(0.3996004, 7);
    expect(throttleShare(0, 0, 2)).toBe(0);
    expect(throttledRate(1000, 300, 2)).toBe(600);
    expect(throttledRate(400, 300, 2)).toBe(400);
  });
});

const FILE = fileURLToPath(new URL('../../../shared/truth/queueing.json', import.meta.url));

describe.skipIf(!existsSync(FILE))('formulas, point by point beside ../shared/truth/queueing.json', () => {
  type Point = Record<string, number> & { dist: string };
  const section = (name: string): Point[] =>
    (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, { points: Point[] }>)[name]!.points;
  const compare = (point: Point, formula: Record<string, number>): void => {
    for (const [name, value] of Object.entries(formula)) {
      const printed = point[name]!;
      expect(Math.abs(value - printed), `${name}: ${value} for ${printed}`).toBeLessThanOrEqual(
        Math.abs(printed) * 1e-6,
      );
    }
  };

  it('hedged requests', () => {
    const points = section('hedged_requests');
    const names = (h: Hedge | Point) => `${h.dist} at ${'hedge_at' in h ? h['hedge_at'] : h.at}`;
    expect(HEDGES.map(names)).toEqual(points.map(names));
    points.forEach((point, i) => {
      const { survival } = HEDGES[i]!;
      const d = point['d']!;
      compare(point, {
        d: hedgedQuantile(survival, Infinity, HEDGES[i]!.p),
        extra_requests: hedgedExtraShare(survival, d),
        mean_hedged: hedgedMean(survival, d),
        p50_plain: hedgedQuantile(survival, Infinity, 0.5),
        p50: hedgedQuantile(survival, d, 0.5),
        p99_plain: hedgedQuantile(survival, Infinity, 0.99),
        p99_hedged: hedgedQuantile(survival, d, 0.99),
        p999_plain: hedgedQuantile(survival, Infinity, 0.999),
        p999_hedged: hedgedQuantile(survival, d, 0.999),
      });
    });
  });

  it('fan-out, choices, batches, kept connections, throttling', () => {
    for (const p of section('fanout_tail'))
      if (p['q'] === undefined) compare(p, { per_leg_percentile_for_p99: fanOutPercentile(0.99, p['n']!) });
      else compare(p, { P_slow: fanOutSlowShare(p['q'], p['n']!) });
    for (const p of section('power_of_d_choices'))
      compare(p, { mean_T_units_of_service: choicesMeanResponse(p['rho']!, p['d']!) });
    for (const p of section('batch_window')) {
      const q = batchWindow(p['lam']!, p['w']!);
      compare(p, { mean_batch: q.meanBatch, mean_added_wait: q.meanAddedWait, batches_per_s: q.batchRate });
    }
    for (const p of section('keepalive_reuse'))
      compare(p, { P_reuse: keepAliveReuse(p['lam_conn']!, p['T']!, 1).reuseShare });
    for (const p of section('sre_adaptive_throttle'))
      compare(p, { p: throttleShare(p['requests']!, p['accepts']!, p['K']!) });
  });
});
