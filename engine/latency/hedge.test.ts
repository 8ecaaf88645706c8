import { describe, expect, it } from 'vitest';
import { ln } from '../core/exact-math.ts';
import { RandomStream } from '../core/random.ts';
import { parse } from '../core/schema.ts';
import { EventQueue } from '../simulation/event-queue.ts';
import { mmc } from '../simulation/theory.ts';
import { hedgedExtraShare, hedgedMean, hedgedQuantile, hedgedSurvival } from './formulas.ts';
import { HedgedCalls, HedgePolicy, hedgeSchema } from './hedge.ts';
import { HEDGES, type Hedge } from './hedges.fixture.ts';
import { overSeeds } from './seeds.fixture.ts';

const settings = (input: object = {}) => parse(hedgeSchema, input, 'hedge');

describe('HedgePolicy', () => {
  it('at a fixed delay lets one second call through for every twenty first ones', () => {
    const policy = new HedgePolicy(settings({ delayMs: 200 }));
    expect(policy.delayMs(0)).toBe(200);
    expect([1, 2].map(() => policy.trySecond())).toEqual([true, false]); // it begins with a tenth of its burst
    for (let i = 0; i < 65; i++) policy.onFirst();
    expect([1, 2, 3, 4].map(() => policy.trySecond())).toEqual([true, true, true, false]);
    for (let i = 0; i < 10_000; i++) policy.onFirst();
    expect(Array.from({ length: 50 }, () => policy.trySecond()).filter(Boolean)).toHaveLength(10);
  });

  it('without a delay of its own hedges nothing until it knows the p95', () => {
    const policy = new HedgePolicy(settings());
    for (let i = 1; i < 100; i++) policy.onAnswer(i, i);
    expect(policy.delayMs(100)).toBe(Infinity);
    policy.onAnswer(100, 100);
    expect(Math.abs(policy.delayMs(100) / 95 - 1)).toBeLessThan(0.01);
    expect(policy.delayMs(200_000)).toBe(Infinity); // all forgotten
  });

  it('without a cap never refuses', () => {
    const policy = new HedgePolicy(settings({ delayMs: 0, maxExtraShare: null }));
    expect(Array.from({ length: 1000 }, () => policy.trySecond()).every(Boolean)).toBe(true);
  });

  it('says what is wrong with its settings', () => {
    expect(() => settings({ quantile: 1 })).toThrow('quantile: expected a share between 0 and 1, got 1.');
    expect(() => settings({ delayMs: -5 })).toThrow('delayMs: expected a number of 0 or more, got -5.');
    expect(() => settings({ maxExtraShare: 2 })).toThrow(
      'maxExtraShare: expected a share from 0 to 1, got 2.',
    );
    expect(() => settings({ cancelAt: 'never' })).toThrow('cancelAt: expected one of "answer", "begin"');
  });
});

describe('HedgedCalls', () => {
  it('the first answer wins and the other is cancelled once', () => {
    const calls = new HedgedCalls();
    calls.start(7);
    expect(calls.mayHedge(7)).toBe(true);
    calls.second(7);
    expect(calls.mayHedge(7)).toBe(false);
    expect(calls.onBegin(7, 0)).toBe(false);
    expect(calls.onEnd(7, 1, true)).toBe('answer');
    expect(calls.isUnderWay(7, 0)).toBe(true);
    expect([calls.cancelOther(7, 1), calls.cancelOther(7, 1)]).toEqual([true, false]);
    expect(calls.onEnd(7, 0, true)).toBe('late');
    calls.start(7); // the slot is used again
    expect(calls.onEnd(7, 0, true)).toBe('answer');
    expect(calls.mayHedge(7)).toBe(false);
  });

  it('a failed copy waits for the other, and the last one fails the request', () => {
    const calls = new HedgedCalls();
    calls.start(1000);
    calls.second(1000);
    expect([calls.onEnd(1000, 0, false), calls.onEnd(1000, 1, false)]).toEqual(['wait', 'failed']);
    calls.start(1);
    expect(calls.onEnd(1, 0, false)).toBe('failed');
    expect(calls.mayHedge(1)).toBe(false);
    calls.start(2);
    calls.second(2);
    expect([calls.onEnd(2, 1, false), calls.onEnd(2, 0, true)]).toEqual(['wait', 'answer']);
    calls.start(3);
    calls.second(3);
    // Nobody cancelled it, and it answers as well.
    expect([calls.onEnd(3, 1, true), calls.onEnd(3, 0, true)]).toEqual(['answer', 'late']);
  });

  it('tied, the copy that begins cancels the one that still waits', () => {
    const calls = new HedgedCalls('begin');
    calls.start(0);
    calls.second(0);
    expect(calls.onBegin(0, 1)).toBe(true);
    expect(calls.isUnderWay(0, 0)).toBe(false);
    expect(calls.onEnd(0, 1, true)).toBe('answer');
    expect(calls.cancelOther(0, 1)).toBe(false);
    calls.start(0);
    calls.second(0);
    expect(calls.onBegin(0, 0)).toBe(true);
    expect(calls.onBegin(0, 1)).toBe(false); // was not told in time: or they would cancel each other
    expect([calls.onEnd(0, 0, true), calls.onEnd(0, 1, true)]).toEqual(['answer', 'late']);
    calls.start(0); // alone
    expect(calls.onBegin(0, 0)).toBe(false);
  });
});

/** Responses without queues, as the closed forms assume: 20,000 requests through the policy. */
function responses(
  hedge: Hedge,
  delayMs: number | null,
  seed: number,
): { times: Float64Array; extra: number } {
  const random = new RandomStream(seed, `hedge ${hedge.dist}`);
  const policy = new HedgePolicy(
    settings({ delayMs, maxExtraShare: null, quantile: hedge.p, windowMs: 1e9 }),
  );
  const times = new Float64Array(20_000);
  let extra = 0;
  for (let i = 0; i < times.length; i++) {
    const first = hedge.draw(random);
    const d = policy.delayMs(i);
    policy.onFirst();
    const hedged = first > d && policy.trySecond();
    if (hedged) extra++;
    times[i] = hedged ? Math.min(first, d + hedge.draw(random)) : first;
    policy.onAnswer(times[i]!, i);
  }
  return { times, extra: extra / times.length };
}
const meanOf = (times: Float64Array) => times.reduce((sum, t) => sum + t, 0) / times.length;
const over = (times: Float64Array, t: number) => times.filter((x) => x > t).length / times.length;

describe('hedging beside its closed forms, 20 seeds each, within 4 standard errors', () => {
  for (const hedge of HEDGES) {
    const { survival, p } = hedge;
    const d = hedgedQuantile(survival, Infinity, p);
    it(`${hedge.dist}, second call at the ${hedge.at}`, () => {
      const runs = Array.from({ length: 20 }, (_, seed) => responses(hedge, d, seed + 1));
      const close = (measure: (run: (typeof runs)[number]) => number, exact: number): void => {
        const { mean, se } = overSeeds(20, (seed) => measure(runs[seed - 1]!));
        expect(Math.abs(mean - exact), `${mean} for ${exact}, ± ${se}`).toBeLessThan(4 * se);
        expect(se / exact).toBeLessThan(0.06); // or the comparison would say nothing
      };
      close((run) => run.extra, hedgedExtraShare(survival, d));
      close((run) => meanOf(run.times), hedgedMean(survival, d));
      for (const q of [0.5, 0.99, 0.999])
        close((run) => over(run.times, hedgedQuantile(survival, d, q)), 1 - q);
    });

    it(`${hedge.dist}, both at once`, () => {
      const runs = Array.from({ length: 20 }, (_, seed) => responses(hedge, 0, seed + 1).times);
      for (const t of [0.6, 1, 2]) {
        const { mean, se } = overSeeds(20, (seed) => over(runs[seed - 1]!, t));
        const exact = hedgedSurvival(survival, 0, t);
        expect(exact).toBeCloseTo(survival(t) * survival(t), 12);
        expect(Math.abs(mean - exact), `${mean} for ${exact}, ± ${se}`).toBeLessThan(4 * se);
      }
    });
  }

  it('finds the p95 of single calls by itself, fed with hedged answers', () => {
    for (const hedge of HEDGES.slice(0, 4)) {
      const { mean } = overSeeds(20, (seed) => responses(hedge, null, seed).extra);
      expect(mean, hedge.dist).toBeGreaterThan(0.048);
      expect(mean, hedge.dist).toBeLessThan(0.057); // 0.055 for the widest, see HedgePolicy
    }
  });
});

interface Served {
  /** Second calls over requests, and calls served to the end or cut off in service over requests. */
  extra: number;
  work: number;
  /** Over the last quarter of the requests. */
  meanMs: number;
}

/**
 * Ten servers of 100 ms mean with one queue, Poisson arrivals. A second call joins the queue like any other. A cancelled copy that
 * is being served is finished; one that waits is taken out, unless the servers are deaf to it.
 */
function serve(ratePerS: number, input: object, seed: number, deaf = false, requests = 20_000): Served {
  const policy = new HedgePolicy(settings(input));
  const calls = new HedgedCalls(settings(input).cancelAt);
  const random = new RandomStream(seed, 'queue');
  const exponential = (meanMs: number) => -ln(random.uniform()) * meanMs;
  const events = new EventQueue();
  const startMs = new Float64Array(requests);
  const queue: number[] = [];
  let [head, busy, sent, extra, work, answered, sumMs, counted] = [0, 0, 0, 0, 0, 0, 0, 0];
  const [ARRIVAL, TIMER, DONE] = [0, 1, 2];
  const late = requests * 0.75;
  events.push(0, ARRIVAL);
  while (answered < requests) {
    const nowMs = events.peekMs();
    const code = events.pop();
    const id = code >> 2;
    const slot = id >> 1;
    if ((code & 3) === ARRIVAL) {
      startMs[sent] = nowMs;
      calls.start(sent);
      policy.onFirst();
      queue.push(sent * 2);
      const delayMs = policy.delayMs(nowMs);
      if (delayMs < Infinity) events.push(nowMs + delayMs, ((sent * 2) << 2) | TIMER);
      if (++sent < requests) events.push(nowMs + exponential(1000 / ratePerS), ARRIVAL);
    } else if ((code & 3) === TIMER) {
      if (calls.mayHedge(slot) && policy.trySecond()) {
        extra++;
        calls.second(slot);
        queue.push(slot * 2 + 1);
      }
    } else {
      busy--;
      const copy = (id & 1) as 0 | 1;
      if (calls.onEnd(slot, copy, true) === 'answer') {
        answered++;
        calls.cancelOther(slot, copy);
        policy.onAnswer(nowMs - startMs[slot]!, nowMs);
        if (slot >= late) {
          sumMs += nowMs - startMs[slot]!;
          counted++;
        }
      }
    }
    while (busy < 10 && head < queue.length) {
      const next = queue[head++]!;
      const copy = (next & 1) as 0 | 1;
      if (!deaf && !calls.isUnderWay(next >> 1, copy)) continue;
      calls.onBegin(next >> 1, copy);
      busy++;
      work++;
      events.push(nowMs + exponential(100), (next << 2) | DONE);
    }
  }
  return { extra: extra / requests, work: work / requests, meanMs: sumMs / counted };
}

describe('hedging in a queue', () => {
  const delayMs = 100 * ln(20); // the p95 of an idle server

  it('without hedges is the M/M/c it should be', () => {
    const { mean, se } = overSeeds(20, (seed) => serve(80, { delayMs: 1e9 }, seed).meanMs);
    expect(Math.abs(mean - 1000 * mmc(80, 10, 10).meanResponse)).toBeLessThan(4 * se);
  });

  it('at half load shortens the response for little more than 5 % of the calls', () => {
    const plain = overSeeds(5, (seed) => serve(50, { delayMs: 1e9 }, seed).meanMs).mean;
    const hedged = overSeeds(5, (seed) => serve(50, { delayMs, maxExtraShare: null }, seed).meanMs).mean;
    expect(hedged).toBeLessThan(plain);
    expect(overSeeds(5, (seed) => serve(50, { delayMs, maxExtraShare: null }, seed).extra).mean).toBeCloseTo(
      0.05,
      1,
    );
  });

  it('failure mode: near saturation uncapped hedges feed themselves; the cap holds them', () => {
    const uncapped = { delayMs, maxExtraShare: null };
    for (const seed of [1, 2, 3]) {
      const storm = serve(90, uncapped, seed, true);
      const longer = serve(90, uncapped, seed, true, 60_000);
      const capped = serve(90, { delayMs }, seed, true);
      const heard = serve(90, uncapped, seed);
      // Nearly every request is sent twice, and the longer it goes on the longer they wait.
      expect(storm.extra).toBeGreaterThan(0.6);
      expect(longer.extra).toBeGreaterThan(0.9);
      expect(longer.meanMs).toBeGreaterThan(2 * storm.meanMs);
      expect(capped.extra).toBeLessThanOrEqual(0.05 + 10 / 20_000);
      expect(capped.meanMs).toBeLessThan(1000);
      // Where a cancelled call leaves the queue the storm does not form, but twice the cap is sent.
      expect(heard.meanMs).toBeLessThan(1000);
      expect(heard.extra).toBeGreaterThan(0.1);
    }
  });

  it('failure mode: tied requests that are cancelled only at the answer do the work twice', () => {
    const tied = { delayMs: 0, maxExtraShare: null };
    const atAnswer = serve(40, { ...tied, cancelAt: 'answer' }, 1);
    const atBegin = serve(40, { ...tied, cancelAt: 'begin' }, 1);
    expect([atAnswer.extra, atBegin.work]).toEqual([1, 1]);
    expect(atAnswer.work).toBeGreaterThan(1.6);
    const capped = serve(40, { delayMs: 0, cancelAt: 'answer' }, 1);
    expect(capped.work).toBeLessThanOrEqual(1.051);
  });
});
