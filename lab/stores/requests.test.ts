import { describe, expect, it, vi } from 'vitest';
import * as v from 'valibot';
import { VirtualTime } from '../../engine/cache/flow/virtual-time.ts';
import { advance, virtualClock } from '../../engine/live/testing/virtual-clock.ts';
import {
  batchForecast,
  busyMs,
  callCost,
  inService,
  fetchFigures,
  latency,
  quantile,
  timing,
} from './requests-figures.ts';
import { arrivals, batchPlanSchema, fetchPlanSchema, rateOf } from './requests-plan.ts';
import { runBatches, runFetches } from './requests-run.ts';

const batchPlan = (change = {}) => v.parse(batchPlanSchema, change);
const fetchPlan = (change = {}) => v.parse(fetchPlanSchema, change);

/** A service in virtual time: 20 ms for a call and 5 for each text. */
function world() {
  const time = new VirtualTime(1000);
  const after = <T>(ms: number, value: T): Promise<T> =>
    new Promise((resolve) => time.at(time.nowMs + ms, () => resolve(value)));
  const service = vi.fn((texts: readonly string[]) => after(20 + 5 * texts.length, texts));
  const controller = new AbortController();
  const hands = { clock: virtualClock(time), signal: controller.signal };
  const done = async <T>(work: Promise<T>): Promise<T> => {
    work.catch(() => {});
    await advance(time, time.nowMs + 20_000);
    return work;
  };
  return { time, after, service, controller, hands, done };
}

describe('what is asked, and when', () => {
  it('is a Poisson stream with its share of repeats, the same for the same seed', () => {
    const plan = { requests: 4000, spacingMs: 10, duplicates: 0.25 };
    const came = arrivals(plan);
    expect(came).toEqual(arrivals(plan));
    expect(rateOf(came)).toBeCloseTo(0.1, 2);
    const distinct = new Set(came.map(({ key }) => key)).size / 4000;
    expect(Math.abs(distinct - 0.75)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 4000));
    expect(new Set(arrivals({ requests: 50, spacingMs: 1, duplicates: 1 }).map(({ key }) => key)).size).toBe(
      1,
    );
    expect(rateOf(arrivals({ requests: 3, spacingMs: 0, duplicates: 0 }))).toBe(Infinity);
  });
});

describe('a run of batches', () => {
  it('gathers, joins equal requests, and counts what it did', async () => {
    const { service, hands, done } = world();
    const came = [0, 1, 1, 2, 3].map((key, i) => ({ atMs: 2 * i, key }));
    const plan = batchPlan({ size: 3, windowMs: 50 });
    const run = await done(runBatches(plan, came, (key) => `text ${key}`, service, hands));
    expect(service.mock.calls).toEqual([[['text 0', 'text 1', 'text 2']], [['text 3']]]);
    expect(run).toMatchObject({ joined: 1, missing: 0, meanBatch: 2, meanWaitMs: (6 + 4 + 0 + 50) / 4 });
    expect(run.calls).toMatchObject([
      { items: 3, startMs: 6, endMs: 41 },
      { items: 1, startMs: 58, endMs: 83 },
    ]);
    expect(run.asked.map(({ askedMs, endedMs }) => endedMs - askedMs)).toEqual([41, 39, 37, 35, 75]);
    expect(callCost(run.calls)).toEqual({ perCallMs: 20, perItemMs: 5 });
    expect(busyMs(inService(run.calls))).toBe(60);
  });

  it.each(['short', 'fails'] as const)('asks alone for what it lacks: %s', async (fault) => {
    const { service, hands, done } = world();
    const came = [0, 1, 2].map((key) => ({ atMs: 0, key }));
    const run = await done(runBatches(batchPlan({ size: 3, fault }), came, String, service, hands));
    expect(run).toMatchObject({ missing: 3, individually: 3 });
    expect(latency(run.asked)).toMatchObject({ answered: 3, failed: 0 });
  });

  it('ends when it is cancelled, and calls nothing afterwards', async () => {
    const { service, hands, controller, time } = world();
    const came = [0, 1, 2, 3].map((key) => ({ atMs: 100 * key, key }));
    const run = runBatches(batchPlan({ size: 2 }), came, String, service, hands);
    const outcome = run.catch((error: unknown) => error);
    await advance(time, 1150);
    controller.abort('enough');
    expect(await outcome).toBe('enough');
    await advance(time, 5000);
    expect(service).toHaveBeenCalledTimes(1);
  });
});

describe('a run of fetches', () => {
  it('never has more under way than the limit allows, and says who waited', async () => {
    const { after, hands, done } = world();
    let [busy, most] = [0, 0];
    const send = async () => {
      most = Math.max(most, ++busy);
      await after(10, undefined);
      busy--;
    };
    const came = Array.from({ length: 9 }, (_, key) => ({ atMs: 0, key }));
    const run = await done(runFetches(fetchPlan({ maxPerHost: 3 }), came, 'host', send, hands));
    expect(most).toBe(3);
    expect(run.wallMs).toBe(30);
    expect([...run.sent.values()].map(({ waitedMs }) => waitedMs)).toEqual([0, 0, 0, 10, 10, 10, 20, 20, 20]);
    expect(run.stats).toMatchObject({ opened: 3, reused: 6, waits: 6 });
    expect(fetchFigures(fetchPlan({ maxPerHost: 3 }), came, run, [])).toMatchObject({
      limit: 3,
      meanBusy: 3,
      meanServiceMs: 10,
      meanWaitMs: 10,
      forecast: null,
    });
  });

  it('tells what failed, and sends equal ones once', async () => {
    const { after, hands, done } = world();
    const send = (place: number) => (place === 2 ? Promise.reject(new Error('offline')) : after(10, place));
    const came = [0, 0, 1].map((key) => ({ atMs: 0, key }));
    const run = await done(runFetches(fetchPlan(), came, 'host', send, hands));
    expect(run.joined).toBe(1);
    expect(run.asked.map(({ error }) => error)).toEqual(['', '', 'offline']);
    expect([...run.sent.keys()]).toEqual([2, 0]);
  });
});

describe('figures', () => {
  it('are nothing of nothing', () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile([3, 1, 2], 0)).toBe(1);
    expect(callCost([])).toBeNull();
    expect(callCost([{ items: 2, individually: false, startMs: 0, endMs: 5 }])).toBeNull();
    expect(busyMs([])).toBe(0);
  });

  it('count of calls that queue only what the service takes', () => {
    const call = (startMs: number, endMs: number) => ({ items: 1, individually: false, startMs, endMs });
    const served = inService([call(5, 20), call(0, 10), call(40, 45)]);
    expect(served.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 10],
      [10, 20],
      [40, 45],
    ]);
    expect(busyMs(served)).toBe(25);
  });

  it('compare with the closed form only where it holds', () => {
    const came = [0, 10, 20, 30].map((atMs, key) => ({ atMs, key }));
    const run = { joined: 0 } as Parameters<typeof batchForecast>[2];
    const forecast = batchForecast(batchPlan({ size: 50, windowMs: 20 }), came, run)!;
    expect(forecast.meanBatch).toBeCloseTo(3, 12);
    expect(forecast.meanAddedWait).toBeCloseTo((20 + 20) / 3, 12);
    expect(batchForecast(batchPlan({ size: 3, windowMs: 20 }), came, run)).toBeNull();
    expect(batchForecast(batchPlan({ size: 1 }), came, run)).toBeNull();
    const atOnce = came.map(({ key }) => ({ atMs: 0, key }));
    expect(batchForecast(batchPlan({ size: 50 }), atOnce, run)).toBeNull();
  });

  it('read the parts of a request: a new connection, one used again, and one that is kept secret', () => {
    const fresh = {
      fetchStart: 100,
      domainLookupStart: 102,
      domainLookupEnd: 105,
      connectStart: 105,
      connectEnd: 125,
      secureConnectionStart: 110,
      requestStart: 126,
      responseStart: 150,
      responseEnd: 160,
      nextHopProtocol: 'http/1.1',
    };
    expect(timing(fresh)).toEqual({
      startMs: 100,
      stalledMs: 2,
      dnsMs: 3,
      connectMs: 5,
      tlsMs: 15,
      requestMs: 24,
      responseMs: 10,
      reused: false,
      protocol: 'http/1.1',
    });
    const again = { ...fresh, secureConnectionStart: 100 };
    for (const name of ['domainLookupStart', 'domainLookupEnd', 'connectStart', 'connectEnd'] as const)
      again[name] = 100;
    expect(timing(again)).toMatchObject({ reused: true, stalledMs: 26, dnsMs: 0, connectMs: 0, tlsMs: 0 });
    expect(timing({ ...fresh, requestStart: 0 })).toBeNull();
  });
});
