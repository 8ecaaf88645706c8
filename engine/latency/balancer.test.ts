import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ln } from '../core/exact-math.ts';
import { RandomStream } from '../core/random.ts';
import { parse } from '../core/schema.ts';
import { EventQueue } from '../simulation/event-queue.ts';
import { Balancer, balancerSchema } from './balancer.ts';

const balancer = (replicas: number, settings: object): Balancer =>
  new Balancer(replicas, parse(balancerSchema, settings, 'balancer'));
const KINDS = ['random', 'round-robin', 'least-loaded', 'p2c', 'p2c-ewma'] as const;

describe('Balancer', () => {
  const random = new RandomStream(1, 'pick');
  const picks = (b: Balancer, n: number, nowMs = 0): number[] => {
    const of = new Array<number>(b.replicas).fill(0);
    for (let i = 0; i < n; i++) of[b.pick(random, nowMs)]!++;
    return of;
  };

  it('goes round, at random, or to the one with the fewest calls', () => {
    const round = balancer(3, { kind: 'round-robin' });
    expect([1, 2, 3, 4].map(() => round.pick(random, 0))).toEqual([0, 1, 2, 0]);
    for (const n of picks(balancer(4, { kind: 'random' }), 4000))
      expect(Math.abs(n - 1000)).toBeLessThan(4 * 28);
    const least = balancer(3, { kind: 'least-loaded' });
    for (const r of [0, 0, 1, 2, 2]) least.onStart(r);
    expect(picks(least, 100)).toEqual([0, 100, 0]);
    least.onStart(1);
    expect(picks(least, 100)).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
    for (const n of picks(least, 3000)) expect(n).toBeGreaterThan(800); // equals share
  });

  it('with two choices of three avoids the busiest always, and takes the idlest unless it was not drawn', () => {
    const b = balancer(3, { kind: 'p2c' });
    for (const r of [0, 0, 1]) b.onStart(r);
    const [busiest, middle, idlest] = picks(b, 3000);
    expect(busiest).toBe(0);
    expect(Math.abs(middle! - 1000)).toBeLessThan(4 * 26);
    expect(middle! + idlest!).toBe(3000);
    // More choices than replicas: all of them.
    const all = balancer(2, { kind: 'p2c', choices: 5 });
    all.onStart(0);
    expect(picks(all, 50)).toEqual([0, 50]);
    expect(picks(balancer(1, { kind: 'p2c' }), 3)).toEqual([3]);
  });

  it('draws every set of choices equally often', () => {
    const b = balancer(5, { kind: 'p2c', choices: 3 });
    // The least loaded of three out of five, with loads 0 1 2 3 4: 6, 3, 1 of the 10 sets.
    for (let r = 0; r < 5; r++) for (let i = 0; i < r; i++) b.onStart(r);
    const of = picks(b, 10_000);
    [6000, 3000, 1000, 0, 0].forEach((n, r) => expect(Math.abs(of[r]! - n)).toBeLessThanOrEqual(4 * 49));
  });

  it('by peak EWMA believes a slow answer at once, a fast one by and by', () => {
    const b = balancer(2, { kind: 'p2c-ewma' });
    const answer = (r: number, rttMs: number, nowMs: number): void => {
      b.onStart(r);
      b.onEnd(r, rttMs, true, nowMs);
    };
    answer(0, 100, 0);
    answer(1, 120, 0);
    expect(picks(b, 10)).toEqual([10, 0]);
    answer(0, 500, 0);
    expect(picks(b, 10)).toEqual([0, 10]);
    answer(0, 100, 0); // at the same moment: not yet
    expect(picks(b, 10)).toEqual([0, 10]);
    answer(1, 120, 10_000);
    answer(0, 100, 10_000); // 500/e + 100 × (1 − 1/e) = 247
    b.onStart(1); // 2 × 120
    expect(picks(b, 10, 10_000)).toEqual([0, 10]);
    b.onStart(1); // 3 × 120
    expect(picks(b, 10, 10_000)).toEqual([10, 0]);
    b.onEnd(1, 120, true, 10_000);
    b.onEnd(1, 120, true, 10_000);
    answer(0, 100, 20_000); // 247/e is less than 100
    answer(1, 120, 20_000);
    expect(picks(b, 10, 20_000)).toEqual([10, 0]);
    // One that has been asked and has not answered comes last.
    const fresh = balancer(2, { kind: 'p2c-ewma' });
    fresh.onStart(0);
    expect(picks(fresh, 10)).toEqual([0, 10]);
  });

  it('takes a replica out after failures in a row, and back after its time; never too many', () => {
    const b = balancer(4, { kind: 'round-robin', ejectAfter: 3, ejectMs: 1000 });
    const fail = (r: number, n: number, ok = false, nowMs = 0): void => {
      for (let i = 0; i < n; i++) {
        b.onStart(r);
        b.onEnd(r, 1, ok, nowMs);
      }
    };
    fail(2, 2);
    fail(2, 1, true);
    fail(2, 2);
    expect(picks(b, 4)).toEqual([1, 1, 1, 1]);
    fail(2, 1);
    expect(picks(b, 6)).toEqual([2, 2, 0, 2]);
    expect(b.isEjected(2, 999)).toBe(true);
    fail(0, 3, false, 500);
    expect(picks(b, 4, 600)).toEqual([0, 2, 0, 2]); // half may be out
    fail(1, 3, false, 700);
    expect(picks(b, 4, 800)).toEqual([1, 1, 1, 1]); // three may not: then all are in
    expect(picks(b, 4, 1000)).toEqual([0, 0, 2, 2]);
    expect(picks(b, 4, 1700)).toEqual([1, 1, 1, 1]);
    fail(2, 2, false, 1700); // back, it may fail as often as before
    expect(b.isEjected(2, 1700)).toBe(false);
    fail(2, 1, false, 1700);
    expect(b.isEjected(2, 1700)).toBe(true);
  });

  it('counts calls under way right and picks what exists, whatever happens', () => {
    const step = fc.record({
      end: fc.boolean(),
      which: fc.nat(),
      ok: fc.boolean(),
      gapMs: fc.nat({ max: 5000 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(null, 1, 2),
        fc.array(step, { maxLength: 200 }),
        (kind, n, ejectAfter, steps) => {
          const b = balancer(n, { kind, ejectAfter, choices: 3 });
          const underWay: number[] = [];
          let nowMs = 0;
          for (const { end, which, ok, gapMs } of steps) {
            nowMs += gapMs;
            if (end && underWay.length > 0) {
              const r = underWay.splice(which % underWay.length, 1)[0]!;
              b.onEnd(r, gapMs, ok, nowMs);
            } else {
              const r = b.pick(random, nowMs);
              expect(Number.isInteger(r) && r >= 0 && r < n).toBe(true);
              b.onStart(r);
              underWay.push(r);
            }
            for (let r = 0; r < n; r++) expect(b.inFlight[r]).toBe(underWay.filter((x) => x === r).length);
          }
        },
      ),
    );
  });

  it('says what is wrong with its settings', () => {
    expect(() => balancer(3, { kind: 'sticky' })).toThrow('kind: expected one of "random"');
    expect(() => balancer(3, { kind: 'p2c', choices: 1 })).toThrow(
      'choices: expected a whole number from 2 to 16, got 1.',
    );
    expect(() => balancer(0, { kind: 'random' })).toThrow(
      'replicas: expected a whole number of 1 or more, got 0.',
    );
  });
});

/**
 * Ten replicas, single servers of 10 ms mean (exponential) and an unbounded queue each. Replica 0 is `slow` times slower, or `fails`
 * at once. Share of calls it gets, share that fails, mean response of the others' calls.
 */
function serve(settings: object, odd: { slow?: number; fails?: boolean }, ratePerS = 500, calls = 40_000) {
  const b = balancer(10, settings);
  const random = new RandomStream(1, 'replicas');
  const events = new EventQueue();
  const freeMs = new Float64Array(10);
  const startMs = new Float64Array(calls);
  const of = new Int32Array(calls);
  let [nextMs, sumMs, answered, atOdd] = [0, 0, 0, 0];
  for (let i = 0; i < calls; i++) {
    nextMs -= (ln(random.uniform()) * 1000) / ratePerS;
    for (; events.peekMs() <= nextMs;) {
      const endMs = events.peekMs();
      const call = events.pop();
      const failed = odd.fails === true && of[call] === 0;
      b.onEnd(of[call]!, endMs - startMs[call]!, !failed, endMs);
      if (failed) continue;
      sumMs += endMs - startMs[call]!;
      answered++;
    }
    const r = b.pick(random, nextMs);
    b.onStart(r);
    of[i] = r;
    startMs[i] = nextMs;
    if (r === 0) atOdd++;
    if (r === 0 && odd.fails) {
      events.push(nextMs + 0.1, i);
      continue;
    }
    const serviceMs = -ln(random.uniform()) * 10 * (r === 0 ? (odd.slow ?? 1) : 1);
    freeMs[r] = Math.max(freeMs[r]!, nextMs) + serviceMs;
    events.push(freeMs[r]!, i);
  }
  return { oddShare: atOdd / calls, meanMs: sumMs / answered };
}

describe('one odd replica of ten', () => {
  it('ten times slower: who looks avoids it, who does not queues at it', () => {
    const [random, round, least, p2c, ewma] = KINDS.map((kind) => serve({ kind }, { slow: 10 }));
    expect(random!.oddShare).toBeGreaterThan(0.09);
    expect(round!.oddShare).toBeCloseTo(0.1, 6);
    for (const blind of [random!, round!]) expect(blind.meanMs).toBeGreaterThan(500); // its queue grows without end
    for (const seeing of [least!, p2c!, ewma!]) {
      expect(seeing.oddShare).toBeLessThan(0.05);
      expect(seeing.meanMs).toBeLessThan(25);
    }
    expect(ewma!.oddShare).toBeLessThan(p2c!.oddShare);
    expect(ewma!.meanMs).toBeLessThan(p2c!.meanMs);
  });

  it('failure mode: one that fails at once is a black hole, unless failures count', () => {
    const share = (kind: string, failurePenaltyMs: number | null) =>
      serve({ kind, failurePenaltyMs }, { fails: true }).oddShare;
    expect(share('random', 5000)).toBeLessThan(0.12);
    expect(share('least-loaded', null)).toBeGreaterThan(0.18);
    for (const kind of ['p2c', 'p2c-ewma']) {
      expect(share(kind, null), kind).toBeGreaterThan(0.15);
      expect(share(kind, null), kind).toBeLessThan(0.21); // it is among the two drawn every fifth time
    }
    expect(
      serve({ kind: 'p2c-ewma', choices: 10, failurePenaltyMs: null }, { fails: true }).oddShare,
    ).toBeGreaterThan(0.95);
    for (const kind of ['least-loaded', 'p2c', 'p2c-ewma'])
      expect(share(kind, 5000), kind).toBeLessThan(0.01);
    expect(serve({ kind: 'random', ejectAfter: 5 }, { fails: true }).oddShare).toBeLessThan(0.01);
  });

  it('failure mode: where the others are busy nearly everything goes into the hole', () => {
    const hole = serve({ kind: 'least-loaded', failurePenaltyMs: null }, { fails: true }, 5000);
    expect(hole.oddShare).toBeGreaterThan(0.8);
    expect(serve({ kind: 'least-loaded' }, { fails: true }, 800).oddShare).toBeLessThan(0.02);
  });
});
