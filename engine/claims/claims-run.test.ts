import { describe, expect, it } from 'vitest';
import type { Claim, JudgedClaim, MeasuredCase } from './claim.ts';
import { ClaimsRun } from './claims-run.ts';
import { requestOf } from './evaluate.ts';

const about = { part: 'cache', system: 'C1', where: 'here', section: 'ttl', text: 'Hits.' } as const;
const hits = (condition: string | null, ratePerS: number): MeasuredCase => ({
  condition,
  runs: { run: { scenario: 'mmc', overrides: [{ path: 'load.ratePerS', value: ratePerS }] } },
  figures: ['arrivals'],
  quantity: ({ run }) => run['hitRate'],
});
const claim = (id: string, ...cases: MeasuredCase[]): JudgedClaim => ({
  ...about,
  id,
  bound: { value: 0.9, unit: 'share', direction: 'at least' },
  quantity: 'hit rate',
  seeds: 2,
  cases,
});
const one = claim('one', hits(null, 1), hits('it is calm', 2));
const other: JudgedClaim = {
  ...claim('other', hits(null, 1)),
  bound: { value: 50, unit: 'ms', direction: 'at most' },
};
const withMore: JudgedClaim = {
  ...other,
  id: 'more',
  cases: [{ ...hits(null, 1), figures: ['completed'], quantity: ({ run }) => run['meanMs'] }],
};
const outside: Claim = { ...about, id: 'outside', outside: 'It cannot be simulated.' };
const exact: JudgedClaim = { ...claim('exact'), seeds: 1, cases: [{ condition: null, exact: () => 0.95 }] };

describe('the runs of some claims', () => {
  it('are made once each, with all the figures that any of them asks for', () => {
    const run = new ClaimsRun([one, withMore]);
    expect(run.want([one, withMore])).toBe(4); // 1 and 2 a second, seeds 1 and 2
    expect(run.want([withMore])).toBe(0);
    const trials = [run.next()!, run.next()!, run.next()!, run.next()!];
    expect(run.next()).toBeNull();
    expect(trials.map(({ request }) => [request.overrides![0].value, request.seed])).toEqual([
      [1, 1],
      [2, 1],
      [1, 2],
      [2, 2],
    ]);
    expect(trials[0].request.figures).toEqual(['arrivals', 'completed']);
    expect(trials[1].request.figures).toEqual(['arrivals']);
  });

  it('come to a verdict when all of them are there, paired by seed', () => {
    const run = new ClaimsRun([one, withMore]);
    run.want([one]);
    const values: Record<string, number> = { '1 1': 0.5, '2 1': 0.95, '1 2': 0.6, '2 2': 0.97 };
    for (let trial = run.next(); trial; trial = run.next()) {
      expect(run.result(one)).toBeNull();
      const { seed, overrides } = trial.request;
      run.done(trial, { hitRate: values[`${String(overrides![0].value)} ${seed}`], meanMs: 40 + seed });
    }
    const { verdict, cases } = run.result(one)!;
    expect(cases.map(({ values }) => values)).toEqual([
      [0.5, 0.6],
      [0.95, 0.97],
    ]);
    // Two seeds: t = 12.7, so 0.96 ± 0.127 is cut by 0.9.
    expect(cases.map(({ judgement }) => judgement)).toEqual(['open', 'open']);
    expect(verdict.kind).toBe('undecided');
    // The other claim has its runs from this one.
    expect(run.progress(withMore)).toEqual({ done: 2, of: 2, wanted: false });
    expect(run.result(withMore)!.cases[0].values).toEqual([41, 42]);
  });

  it('that were given back come again, as long as they are wanted', () => {
    const run = new ClaimsRun([one]);
    run.want([one]);
    const trial = run.next()!;
    run.release(trial);
    expect(run.next()).toEqual(trial);
    run.forgetWanted();
    run.release(trial);
    expect(run.next()).toBeNull();
    expect(run.progress(one)).toEqual({ done: 0, of: 4, wanted: false });
  });

  it('that fail leave their claims without a result, and are tried again when asked', () => {
    const run = new ClaimsRun([one, withMore]);
    run.want([one]);
    const trials = [run.next()!, run.next()!];
    expect(run.failed(trials[1], new Error('no such lever'))).toBe(true);
    expect(run.failureOf(one)).toBe('no such lever');
    expect(run.failureOf(withMore)).toBeUndefined();
    expect(run.result(one)).toBeNull();
    expect(run.want([one])).toBe(1);
    expect(run.failureOf(one)).toBeUndefined();
  });

  it('are none for what is exact or outside', () => {
    const run = new ClaimsRun([exact, outside]);
    expect(run.want([exact, outside])).toBe(0);
    expect(run.result(exact)!.verdict.kind).toBe('reproduced');
    expect(run.result(exact)!.cases[0].measured).toEqual({ mean: 0.95, low: null, high: null });
    expect(run.result(outside)).toEqual({
      id: 'outside',
      verdict: { kind: 'outside', conditions: [] },
      cases: [],
    });
  });
});

describe('a run of a claim', () => {
  it('has the pulls of its preset, when the scenario has them', () => {
    expect(requestOf({ scenario: 'prime-day', preset: 'rescue', untilS: 1500 }, 3, ['tries'])).toMatchObject({
      scenario: 'prime-day',
      seed: 3,
      untilS: 1500,
      figures: ['tries'],
      pulls: expect.arrayContaining([{ atS: 1140, lever: 'l3', value: true }]) as unknown,
    });
  });

  it('cannot have a preset or a scenario that there is not', () => {
    expect(() => requestOf({ scenario: 'prime-day', preset: 'rescu' }, 1)).toThrow(
      'preset: expected one of rescue',
    );
    expect(
      () => new ClaimsRun([claim('x', { ...hits(null, 1), runs: { run: { scenario: 'mm', preset: 'p' } } })]),
    ).toThrow('scenario: expected one of');
  });
});
