import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTruth } from '../cache/replay/truth.node.ts';
import { cacheChecks } from './caches.ts';
import { finish, resultOf, type Check } from './check.ts';
import { estimateOf, judge, SEEDS } from './over-seeds.ts';
import { PUBLISHED_TRACES } from './published-misses.ts';
import { queueChecks } from './queues.ts';
import { redisCheck } from './redis.ts';
import { loopCheck, publishedOf, replayPublished } from './replays.ts';
import { fingerprintOf, SAME_RUNS } from './same.ts';
import { parseTranscript, type Transcript } from './transcript.ts';

const transcript = parseTranscript(readFileSync(new URL('redis-transcript.jsonl', import.meta.url), 'utf8'));

const named = (id: string): Check => [...queueChecks, ...cacheChecks].find((check) => check.id === id)!;

describe('a figure over seeds', () => {
  it('is the mean with Student’s interval', () => {
    // Half zeros, half twos: mean 1, variance 20/19, standard error sqrt(1/19) = 0.229416.
    const { mean, halfWidth } = estimateOf(Array.from({ length: SEEDS }, (_, i) => (i % 2) * 2));
    expect(mean).toBe(1);
    expect(halfWidth).toBeCloseTo(4.8974 * 0.229416, 4);
    expect(() => estimateOf([1, 2])).toThrow('expected 20 values, got 2');
  });

  it('holds only when it is near and when it can tell', () => {
    const at = { series: 's', label: 'l', x: 1, expected: 10 };
    const holds = (mean: number, halfWidth: number, more = {}) =>
      judge({ ...at, ...more }, { mean, halfWidth }).holds;
    expect(holds(10.4, 0.5)).toBe(true);
    expect(holds(10.6, 0.5)).toBe(false);
    expect(holds(10.6, 0.5, { slack: 0.1 })).toBe(true);
    expect(holds(10, 1.6)).toBe(false);
    expect(holds(10, 1.6, { power: 0.2 })).toBe(true);
    expect(resultOf([]).holds).toBe(false);
  });
});

describe('the checks', () => {
  it.each(['little', 'retries', 'singleflight'])('%s holds', (id) => {
    const result = finish(named(id).run());
    expect(result.points.filter(({ holds }) => !holds)).toEqual([]);
    expect(result.holds).toBe(true);
  });

  it('tell how far they are, and end at 1', () => {
    const shares = [...named('little').run()];
    expect(shares).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it('have names of their own', () => {
    const all = [...queueChecks, ...cacheChecks, redisCheck(transcript)];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });
});

describe('published misses', () => {
  const truth = readTruth();
  it.skipIf(truth === null)('are those of ../shared/truth/hit-ratios.json', () => {
    const policy = (name: string) => name.toLowerCase().replace('s3fifo', 's3-fifo');
    const expected = Object.entries(truth!.traces).map(([name, { requests, unique, misses }]) => ({
      name,
      requests,
      unique,
      capacities: Object.keys(misses['LRU']!).map(Number),
      misses: Object.fromEntries(
        Object.entries(misses).map(([p, counts]) => [policy(p), Object.values(counts)]),
      ),
    }));
    expect(PUBLISHED_TRACES.map(({ source: _, ...rest }) => rest)).toEqual(expected);
  });

  it('find one trace that was counted wrong', () => {
    const trace = { requests: 6, unique: 3, ids: Int32Array.of(0, 1, 2, 0, 1, 2), sizes: null };
    const of = { name: 't', source: '', requests: 6, unique: 3, capacities: [2, 3], misses: { lru: [6, 3] } };
    expect(finish(replayPublished(trace, of)).holds).toBe(true);
    const wrong = finish(replayPublished(trace, { ...of, misses: { lru: [5, 3] } }));
    expect(wrong.points.map(({ holds }) => holds)).toEqual([false, true]);
    expect(publishedOf(trace)).toBeUndefined();
    expect(publishedOf({ requests: 505_500, unique: 1011 })?.name).toBe('lirs-loop');
  });

  it('hold on the loop', () => {
    const { points, holds } = finish(loopCheck.run());
    expect(points).toHaveLength(99);
    expect(holds).toBe(true);
  });
});

describe('the record of a real Redis', () => {
  it('is answered alike, command for command', () => {
    const { points, holds } = finish(redisCheck(transcript).run());
    expect(points.filter((point) => !point.holds)).toEqual([]);
    expect(holds).toBe(true);
    const errors = transcript.steps.filter(([, , reply]) => JSON.stringify(reply).startsWith('{"err"'));
    expect(errors.length).toBeGreaterThan(200);
  });

  it('tells of one reply that differs', () => {
    const i = transcript.steps.findIndex(([, , reply]) => JSON.stringify(reply) === '{"n":1}');
    const steps = transcript.steps.map((step, s): Transcript['steps'][number] =>
      s === i ? [step[0], step[1], { n: 2 }] : step,
    );
    const { points, holds } = finish(redisCheck({ ...transcript, steps }).run());
    expect(holds).toBe(false);
    const missed = points.filter((point) => !point.holds);
    expect(missed.map(({ expected, measured }) => expected - measured)).toEqual([1]);
  });
});

describe('the runs that must be the same everywhere', () => {
  it.each(SAME_RUNS)('$scenario, seed $seed', ({ scenario, seed, untilS, fingerprint }) => {
    const run = fingerprintOf(scenario, seed, untilS);
    let step = run.next();
    while (step.done !== true) step = run.next();
    expect(step.value).toBe(fingerprint);
  });
});
