import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { columnNames } from '../simulation/columns.ts';
import { checkFigure, outcomeOf } from '../tuning/outcome.ts';
import type { Simulation } from '../simulation/simulation.ts';
import { openTrial, type TrialRequest } from '../tuning/trial.ts';
import { CLAIMS, claimById } from './board.ts';
import { isExact, isOutside, type JudgedClaim } from './claim.ts';
import { ClaimsRun } from './claims-run.ts';
import { caseRequests, evaluate, keyOf, requestsOf } from './evaluate.ts';

const judged = CLAIMS.filter((claim): claim is JudgedClaim => !isOutside(claim));
const byId = (id: string): JudgedClaim => judged.find((claim) => claim.id === id)!;

/** Setting up a run with a past takes a while, and claims share runs. */
const simulations = new Map<string, Simulation>();
function opened(request: TrialRequest): Simulation {
  const key = keyOf(request);
  const known = simulations.get(key) ?? openTrial(request);
  simulations.set(key, known);
  return known;
}

describe('the claims', () => {
  it('have ids of their own, and are found by them', () => {
    expect(new Set(CLAIMS.map(({ id }) => id)).size).toBe(CLAIMS.length);
    for (const { id } of CLAIMS) expect(id).toMatch(/^[a-z][a-z0-9-]+$/);
    expect(claimById('bill-calls').system).toBe('S3');
    expect(() => claimById('bill-call')).toThrow('Did you mean "bill-calls"?');
  });

  it('are of all four stories and of every part', () => {
    const systems = new Set(CLAIMS.map(({ system }) => system));
    for (const story of ['S1', 'S2', 'S3', 'S4']) expect(systems).toContain(story);
    for (const part of ['cache', 'cost', 'latency'])
      expect(CLAIMS.some((claim) => claim.part === part)).toBe(true);
  });

  it.each(judged.map((claim) => [claim.id, claim] as const))(
    '%s can be run, and has what it asks for',
    (_, claim) => {
      expect(claim.cases[0].condition).toBeNull();
      for (const one of claim.cases) {
        if (isExact(one)) continue;
        // One seed has no interval, and chance would decide.
        expect(claim.seeds).toBeGreaterThan(1);
        for (const request of Object.values(caseRequests(one, 1))) {
          const { scenario, durationMs } = opened(request);
          for (const figure of request.figures ?? []) {
            checkFigure(figure, columnNames(scenario));
            const to = /-(\d+)$/.exec(figure);
            if (to) expect(Number(to[1]) * 1000).toBeLessThanOrEqual(durationMs);
          }
        }
      }
    },
  );

  it('that need no run have a verdict at once', () => {
    const verdicts = judged
      .filter((claim) => requestsOf(claim).length === 0)
      .map((claim) => [claim.id, evaluate(claim, () => undefined)!.verdict.kind]);
    expect(Object.fromEntries(verdicts)).toMatchObject({
      'hit-bands': 'reproduced',
      'evict-fifth': 'only if',
      'score-weights': 'only if',
      'remaining-dollars': 'only if',
      'importance-most': 'reproduced',
      'prune-keeps': 'only if',
    });
  });

  it('are all in the table of docs/claims.md, and nothing else is', () => {
    const text = readFileSync(new URL('../../docs/claims.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map((match) => match[1]);
    expect(rows).toEqual(CLAIMS.map(({ id }) => id));
  });
});

describe('two cheap ones, run', () => {
  const run = new ClaimsRun(CLAIMS);
  const measure = (claim: JudgedClaim) => {
    expect(run.result(claim)).toBeNull();
    run.want([claim]);
    for (let trial = run.next(); trial; trial = run.next())
      run.done(trial, outcomeOf(openTrial(trial.request).run(), trial.request.figures));
    return run.result(claim)!;
  };

  it('$0.001 for each miss is the price of one of the three models', () => {
    // 800 tokens at $30, $10 and $1.50 a million.
    const { verdict, cases } = measure(byId('dollar-per-miss'));
    expect(cases.map(({ measured }) => measured.mean)).toEqual([
      expect.closeTo(0.024),
      expect.closeTo(0.008),
      expect.closeTo(0.0012),
    ]);
    expect(verdict).toEqual({ kind: 'only if', conditions: ['the call is one to gpt-3.5-turbo'] });
  });

  it('a breaker needs a fallback', () => {
    const { verdict, cases } = measure(byId('breaker-five'));
    expect(cases.map(({ judgement }) => judgement)).toEqual(['fails', 'holds']);
    expect(cases[0].values).toHaveLength(5);
    expect(cases[0].measured.mean).toBeGreaterThan(0.45);
    expect(verdict.kind).toBe('only if');
  });
});
