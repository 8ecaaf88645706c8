import { describe, expect, it } from 'vitest';
import { headlineOf, omissionInWords } from './load-report-words.ts';
import { loadReport, type LoadReport } from './load-report.ts';
import { Simulation } from './simulation.ts';

const desk = (serviceMs: number, ratePerS = 10) => ({
  name: 'desk',
  durationS: 120,
  load: { ratePerS },
  path: ['desk'],
  stations: { desk: { servers: 1, service: { law: 'constant', meanMs: serviceMs } } },
  caller: { timeoutMs: 5000 },
});
const report = (serviceMs: number, ratePerS?: number): LoadReport =>
  loadReport(new Simulation(desk(serviceMs, ratePerS), 1).run());

describe('the report in words', () => {
  it('says what was asked, answered and failed, and how long it took', () => {
    const words = headlineOf({
      ...report(1),
      ...{ requests: 1000, offeredPerS: 100, throughputPerS: 75, errorRate: 0.25 },
      quantiles: { p50Ms: 20, p95Ms: 900, p99Ms: 1500, p999Ms: 2000, maxMs: 2000 },
    });
    expect(words).toBe(
      'Of 100 requests a second 75 were answered and 25 % failed; half took 20 ms or less, one in a hundred 1.5 s or more.',
    );
  });

  it.each([
    [0, 'none failed'],
    [0.0001, 'fewer than 0.1 % failed'],
    [0.012, '1.2 % failed'],
    [0.5, '50 % failed'],
  ])('tells a share of failures of %d from its neighbours', (errorRate, words) =>
    expect(headlineOf({ ...report(1), errorRate })).toContain(words),
  );

  it('says what a waiting tester misses, at the quantile where it misses most', () => {
    const words = omissionInWords({
      ...report(1),
      quantiles: { p50Ms: 2, p95Ms: 3000, p99Ms: 12_000, p999Ms: 12_000, maxMs: 12_000 },
      omission: {
        ...{ connections: 7, ratePerS: 5, sent: 900, due: 1200, meanMs: 30 },
        quantiles: { p50Ms: 2, p95Ms: 6, p99Ms: 2000, p999Ms: 3000, maxMs: 12_000 },
      },
    });
    expect(words).toContain('with 7 connections');
    expect(words).toContain('a p95 of 6.0 ms. It was 3 s.');
    expect(words).toContain('900 of 1.2 k requests that were due. The other 300 were due while it waited');
  });

  it('blames nobody where nothing stood still', () => {
    const words = omissionInWords(report(1));
    expect(words).toContain('much the same');
    expect(words).toContain('Nothing stood still');
    expect(words).not.toContain('coordinated omission');
  });

  it('has words for a run in which nothing ended', () => {
    expect(headlineOf(report(1, 0))).toBe('No request has ended yet.');
    expect(omissionInWords(report(1, 0))).toContain('nothing to compare');
  });
});
