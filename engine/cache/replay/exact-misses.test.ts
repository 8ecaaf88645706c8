import { describe, expect, test } from 'vitest';
import { Replay, type ReplayPolicy } from './replay.ts';
import type { Trace } from './trace.ts';
import { hasTrace, readTruth, readTruthTrace } from './truth.node.ts';

const POLICIES: Record<string, ReplayPolicy> = {
  FIFO: 'fifo',
  LRU: 'lru',
  CLOCK: 'clock',
  SIEVE: 'sieve',
  LFU: 'lfu',
  S3FIFO: 's3-fifo',
  'S3FIFO-1': 's3-fifo-1',
  ARC: 'arc',
  OPT: 'opt',
  'OPT-bypass': 'opt-bypass',
  SCORE: 'score',
};

const truth = readTruth();
const traces = Object.entries(truth?.traces ?? {}).filter(([, trace]) => hasTrace(trace));

function missesOf(trace: Trace, policy: ReplayPolicy, entries: number): number {
  const replay = new Replay(trace, policy, { entries });
  replay.advance(Infinity);
  return replay.result().misses;
}

describe.skipIf(traces.length === 0)('misses equal ../shared/truth/hit-ratios.json exactly', () => {
  test.each(traces)('%s', async (_, expected) => {
    const trace = await readTruthTrace(expected);
    expect([trace.requests, trace.unique]).toEqual([expected.requests, expected.unique]);
    const got = Object.fromEntries(
      Object.entries(expected.misses).map(([name, capacities]) => [
        name,
        Object.fromEntries(
          Object.keys(capacities).map((capacity) => [
            capacity,
            missesOf(trace, POLICIES[name], Number(capacity)),
          ]),
        ),
      ]),
    );
    expect(got).toEqual(expected.misses);
  });
});

const gli = traces.find(([name]) => name === 'lirs-gli')?.[1];

describe.skipIf(gli === undefined)(
  'hit ratios on the trace gli of ../shared/truth lie on the published curves',
  () => {
    // The sketch hashes otherwise than the published runs did; half a point is far less than lies between two policies here.
    test.each<[string, ReplayPolicy]>([
      ['LIRS', 'lirs'],
      ['W-TinyLFU', 'w-tinylfu'],
      ['ARC', 'arc'],
      ['LRU', 'lru'],
    ])('%s within half a point', async (name, policy) => {
      const published = Object.values(truth!.published).find((curves) => 'GLI' in curves)!['GLI'];
      const trace = await readTruthTrace(gli!);
      for (const [i, size] of published['sizes'].entries()) {
        const hits = 100 * (1 - missesOf(trace, policy, size) / trace.requests);
        expect(Math.abs(hits - published[name][i]), `${name} at ${size}: ${hits}`).toBeLessThan(0.5);
      }
    });
  },
);
