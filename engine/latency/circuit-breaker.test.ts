import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../core/schema.ts';
import { CircuitBreaker, circuitBreakerSchema } from './circuit-breaker.ts';

const breaker = (settings: object = {}) =>
  new CircuitBreaker(parse(circuitBreakerSchema, settings, 'breaker'));

/** Calls of 10 ms, `gapMs` apart; returns how many were let in. */
function calls(b: CircuitBreaker, n: number, ok: boolean, fromMs: number, gapMs = 100): number {
  let entered = 0;
  for (let i = 0; i < n; i++) {
    const startMs = fromMs + i * gapMs;
    if (!b.tryEnter(startMs)) continue;
    entered++;
    if (ok) b.onSuccess(startMs + 10, 10);
    else b.onFailure(startMs + 10, 10);
  }
  return entered;
}

describe('circuit breaker', () => {
  it('opens at the fifth failure, for 60 s, and closes after three good probes', () => {
    const b = breaker();
    expect(calls(b, 4, false, 0)).toBe(4);
    expect(b.state(400)).toBe('closed');
    expect(calls(b, 1, false, 400)).toBe(1);
    expect(b.state(410)).toBe('open');
    expect(calls(b, 10, true, 500, 5000)).toBe(0);
    expect(b.tryEnter(60_409)).toBe(false);
    expect(b.state(60_410)).toBe('half-open');
    expect(calls(b, 2, true, 60_500)).toBe(2);
    expect(b.state(60_700)).toBe('half-open');
    expect(calls(b, 1, true, 60_700)).toBe(1);
    expect(b.takeChanges()).toEqual([
      { atMs: 410, from: 'closed', to: 'open' },
      { atMs: 60_410, from: 'open', to: 'half-open' },
      { atMs: 60_710, from: 'half-open', to: 'closed' },
    ]);
    expect(b.takeChanges()).toEqual([]);
    expect(calls(b, 4, false, 60_800)).toBe(4); // the old failures are forgotten
    expect(b.state(62_000)).toBe('closed');
  });

  it('forgets failures that have left the window', () => {
    const b = breaker({ windowMs: 1000, buckets: 10 });
    calls(b, 50, false, 0, 251); // four in any second
    expect(b.state(20_000)).toBe('closed');
    calls(b, 5, false, 20_000, 220);
    expect(b.state(21_100)).toBe('open');
  });

  it('opens again when a probe fails, and waits as long again', () => {
    const b = breaker();
    calls(b, 5, false, 0);
    expect(b.tryEnter(70_000)).toBe(true);
    b.onFailure(70_500, 500);
    expect(b.state(130_499)).toBe('open');
    expect(b.state(130_500)).toBe('half-open');
  });

  it('begins each time anew: with its probes, and once closed with its failures', () => {
    const b = breaker({ closeAfter: 2, windowMs: 600_000 });
    calls(b, 5, false, 0);
    calls(b, 1, true, 61_000);
    calls(b, 1, false, 61_100);
    calls(b, 1, true, 122_000);
    expect(b.state(123_000)).toBe('half-open'); // the success of the last time does not count
    calls(b, 1, true, 123_000);
    calls(b, 4, false, 124_000);
    expect(b.state(125_000)).toBe('closed');
    calls(b, 1, false, 125_000);
    expect(b.state(126_000)).toBe('open');
  });

  it('knows a lost probe from one that answered after it began', () => {
    const b = breaker({ halfOpenProbes: 2 });
    calls(b, 5, false, 0);
    b.tryEnter(61_000); // lost
    b.tryEnter(70_000);
    b.onSuccess(70_100, 100);
    expect([b.state(90_999), b.state(91_000)]).toEqual(['half-open', 'open']);
  });

  it('lets no more probes in at once than it may', () => {
    const b = breaker({ halfOpenProbes: 2, closeAfter: 5 });
    calls(b, 5, false, 0);
    expect([1, 2, 3].map((i) => b.tryEnter(61_000 + i))).toEqual([true, true, false]);
    b.onSuccess(61_100, 99);
    expect([1, 2].map((i) => b.tryEnter(61_100 + i))).toEqual([true, false]);
  });

  it('ignores what calls from before it opened have to say', () => {
    const b = breaker({ closeAfter: 1 });
    for (let i = 0; i < 20; i++) b.tryEnter(i); // twenty under way
    for (let i = 0; i < 5; i++) b.onFailure(1000, 1000 - i);
    b.onSuccess(61_500, 61_495); // half-open, but no probe
    expect(b.state(61_500)).toBe('half-open');
    b.onFailure(61_600, 61_594);
    b.onAbandoned(61_600, 61_593);
    expect(b.state(61_600)).toBe('half-open');
    expect(b.tryEnter(61_700)).toBe(true);
    b.onSuccess(61_800, 100);
    for (let i = 8; i < 20; i++) b.onFailure(62_000, 62_000 - i);
    expect(b.state(62_000)).toBe('closed');
  });

  it('counts slow answers as failures, also those nobody waited for', () => {
    const b = breaker({ slowMs: 1000 });
    for (let i = 0; i < 5; i++) b.onSuccess(2000 + i, 1000);
    expect(b.state(2100)).toBe('closed');
    for (let i = 0; i < 3; i++) b.onSuccess(2200 + i, 1001);
    for (let i = 0; i < 2; i++) b.onAbandoned(2300 + i, 1500);
    expect(b.state(2400)).toBe('open');
    const without = breaker();
    for (let i = 0; i < 50; i++) without.onSuccess(2000 + i, 60_000);
    for (let i = 0; i < 50; i++) without.onAbandoned(3000 + i, 60_000);
    expect(without.state(4000)).toBe('closed');
  });

  it('by rate: opens at half of twenty, not at half of nineteen', () => {
    const by = () => breaker({ failures: null, failureRate: 0.5 });
    const few = by();
    calls(few, 9, true, 0);
    calls(few, 10, false, 1000);
    expect(few.state(3000)).toBe('closed');
    const many = by();
    calls(many, 10, true, 0);
    calls(many, 9, false, 1000);
    expect(many.state(3000)).toBe('closed');
    calls(many, 1, false, 3000);
    expect(many.state(3100)).toBe('open');
  });

  /** Every call of an open breaker's first probes is abandoned after 100 ms; then all would be well. */
  const enteredAfterAbandoned = (settings: object): { entered: number; state: string } => {
    const b = breaker(settings);
    calls(b, 5, false, 0);
    for (let i = 0; i < 3; i++) expect(b.tryEnter(61_000 + i)).toBe(true);
    for (let i = 0; i < 3; i++) b.onAbandoned(61_100 + i, 100);
    const entered = calls(b, 1000, true, 62_000, 3600);
    return { entered, state: b.state(1e8) };
  };

  it('failure mode: with the classic bug it is stuck half-open for ever once its probes are abandoned', () => {
    expect(enteredAfterAbandoned({ probeTimeoutMs: null })).toEqual({ entered: 0, state: 'half-open' });
  });

  it('mended, an abandoned probe gives its place back', () => {
    expect(enteredAfterAbandoned({})).toEqual({ entered: 1000, state: 'closed' });
  });

  it('a probe that reports nothing counts as failed after its time; with the bug it holds its place', () => {
    const lost = (settings: object): CircuitBreaker => {
      const b = breaker({ halfOpenProbes: 1, ...settings });
      calls(b, 5, false, 0);
      expect(b.tryEnter(61_000)).toBe(true);
      return b;
    };
    const mended = lost({});
    expect(mended.state(90_999)).toBe('half-open');
    expect(mended.state(91_000)).toBe('open');
    expect(mended.state(151_000)).toBe('half-open');
    mended.onSuccess(151_001, 90_001); // the lost one after all: too late
    expect(calls(mended, 3, true, 151_100)).toBe(3);
    expect(mended.state(152_000)).toBe('closed');
    const stuck = lost({ probeTimeoutMs: null });
    expect(calls(stuck, 100, true, 62_000, 1e6)).toBe(0);
    expect(stuck.state(2e8)).toBe('half-open');
  });

  it('changes happen at their own times even when nobody asked in between', () => {
    const b = breaker({ halfOpenProbes: 1 });
    calls(b, 5, false, 0);
    b.tryEnter(61_000);
    b.takeChanges();
    expect(b.state(500_000)).toBe('half-open');
    expect(b.takeChanges()).toEqual([
      { atMs: 91_000, from: 'half-open', to: 'open' },
      { atMs: 151_000, from: 'open', to: 'half-open' },
    ]);
  });

  it('failure mode: a count opens on a busy service that fails 1 call in 1000; a rate does not', () => {
    const busy = (settings: object): string => {
      const b = breaker(settings);
      for (let i = 0; i < 10_000; i++) {
        if (i % 1000 === 999) b.onFailure(i, 10);
        else b.onSuccess(i, 10);
      }
      return b.state(10_000);
    };
    expect(busy({})).toBe('open');
    expect(busy({ failures: null, failureRate: 0.5 })).toBe('closed');
  });

  it('whatever happens: never in while open, open for its time, few probes at once, and never stuck', () => {
    const step = fc.record({
      gapMs: fc.integer({ min: 0, max: 9000 }),
      act: fc.constantFrom('enter', 'enter', 'enter', 'succeed', 'fail', 'abandon', 'lose'),
      which: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const b = breaker({ failures: 3, openMs: 20_000, halfOpenProbes: 2, closeAfter: 2 });
        const begun: number[] = [];
        let nowMs = 0.1;
        let opened = -Infinity;
        for (const { gapMs, act, which } of steps) {
          nowMs += gapMs / 7;
          const before = b.state(nowMs);
          const i = which % begun.length;
          if (act === 'enter') {
            const entered = b.tryEnter(nowMs);
            if (before === 'closed') expect(entered).toBe(true);
            if (before === 'open') expect(entered).toBe(false);
            if (entered) begun.push(nowMs);
          } else if (begun.length > 0) {
            const tookMs = nowMs - begun.splice(i, 1)[0]!;
            if (act === 'succeed') b.onSuccess(nowMs, tookMs);
            if (act === 'fail') b.onFailure(nowMs, tookMs);
            if (act === 'abandon') b.onAbandoned(nowMs, tookMs);
          }
          for (const { atMs, from, to } of b.takeChanges()) {
            if (to === 'half-open') expect(atMs - opened).toBeCloseTo(20_000, 6);
            if (to === 'closed') expect(from).toBe('half-open');
            if (to === 'open') opened = atMs;
            expect(atMs).toBeLessThanOrEqual(nowMs);
          }
        }
        // Whatever it was left in: with good calls it is closed again.
        calls(b, 20, true, nowMs + 60_000, 10_000);
        expect(b.state(nowMs + 300_000)).toBe('closed');
      }),
    );
  });

  it('says what is wrong with its settings', () => {
    const bad = (settings: object) => () => breaker(settings);
    expect(bad({ failures: 0 })).toThrow('failures: expected a whole number of 1 or more, got 0.');
    expect(bad({ failures: null })).toThrow('breaker: expected failures or failureRate, or both');
    expect(bad({ failureRate: 0 })).toThrow('failureRate: expected a share');
    expect(bad({ openMs: -1 })).toThrow('openMs: expected a number above 0, got -1.');
    expect(bad({ halfOpenProbes: 2.5 })).toThrow('halfOpenProbes: expected a whole number, got 2.5.');
    expect(bad({ closeAftr: 1 })).toThrow('closeAftr: expected a known setting');
  });
});
