import { describe, expect, test } from 'vitest';
import { Replay, type ReplayPolicy } from '../replay/replay.ts';
import type { Trace } from '../replay/trace.ts';
import { hasTrace, readTruth } from '../replay/truth.node.ts';
import { generateTrace, parseWorkload, WORKLOADS } from './catalogue.ts';

const few: Record<string, Record<string, number>> = {
  conversations: { prompts: 500 },
};
const small = (name: string, seed: number): Trace =>
  generateTrace({ name, seed, values: few[name] ?? { requests: 20_000 } });

describe.each(Object.keys(WORKLOADS))('%s', (name) => {
  test('the same seed gives the same requests, another one others', () => {
    expect(small(name, 1)).toEqual(small(name, 1));
    if (name !== 'loop') expect(small(name, 2).ids).not.toEqual(small(name, 1).ids);
  });

  test('ids are dense and in the order of their first request', () => {
    const { ids, unique, requests } = small(name, 1);
    expect(ids.length).toBe(requests);
    let seen = 0;
    for (const id of ids) {
      expect(id).toBeLessThanOrEqual(seen);
      if (id === seen) seen++;
    }
    expect(seen).toBe(unique);
  });
});

describe('shapes', () => {
  const counts = ({ ids, unique }: Trace): number[] => {
    const n = new Array<number>(unique).fill(0);
    for (const id of ids) n[id]++;
    return n.sort((a, b) => b - a);
  };

  test('Zipf with exponent 1: the tenth key is asked for a tenth as often as the first', () => {
    const n = counts(generateTrace({ name: 'zipf', seed: 1, values: { requests: 500_000, keys: 1000 } }));
    expect(n[0] / n[9]).toBeCloseTo(10, 0);
    expect(n[0] / 500_000).toBeCloseTo(1 / 7.485, 2); // 1 / H(1000)
  });

  test('one-hit wonders: half of the requests', () => {
    const n = counts(
      generateTrace({ name: 'one-hit-wonders', seed: 1, values: { requests: 100_000, keys: 100 } }),
    );
    expect(n.filter((count) => count === 1).length / 100_000).toBeCloseTo(0.5, 2);
  });

  test('shifting popularity: the favourite of the first stretch is forgotten by the last', () => {
    const { ids } = generateTrace({
      name: 'shifting',
      seed: 1,
      values: { requests: 100_000, keys: 1000, every: 10_000, step: 0.1 },
    });
    const share = (from: number): number =>
      ids.slice(from, from + 10_000).filter((id) => id === favourite).length / 10_000;
    const favourite = mode(ids.slice(0, 10_000));
    expect(share(0)).toBeGreaterThan(0.1);
    expect(share(50_000)).toBeLessThan(0.01);
  });

  test('scan: no key of a scan comes twice in one scan', () => {
    const values = { requests: 10_000, keys: 10, every: 100, length: 50 };
    const { ids } = generateTrace({ name: 'scan', seed: 1, values });
    const scan = ids.slice(100, 150);
    expect(new Set(scan).size).toBe(50);
    expect(ids.slice(250, 300)).toEqual(scan);
  });

  const mode = (ids: Int32Array): number => {
    const n = new Map<number, number>();
    for (const id of ids) n.set(id, (n.get(id) ?? 0) + 1);
    return [...n].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  };
});

describe('parameters', () => {
  test('as they are written on the command line', () => {
    expect(parseWorkload('zipf:keys=100,exponent=0.8,requests=1e4,seed=7')).toEqual({
      name: 'zipf',
      seed: 7,
      values: { keys: 100, exponent: 0.8, requests: 10_000 },
    });
    expect(parseWorkload('loop')).toEqual({ name: 'loop', seed: 1, values: {} });
  });

  test.each([
    ['zipff', 'Did you mean zipf?'],
    ['zipf:key=3', 'Did you mean keys?'],
    ['zipf:keys=0', 'expected a whole number from 1'],
    ['zipf:keys=1.5', 'expected a whole number from 1'],
    ['zipf:exponent=-1', 'expected a number from 0'],
    ['zipf:keys', 'expected NAME:parameter=number,…'],
    ['zipf:keys=many', 'expected NAME:parameter=number,…'],
    ['zipf:seed=-1', 'expected a whole number of 0 or more'],
  ])('%s', (text, message) => {
    expect(() => generateTrace(parseWorkload(text))).toThrow(message);
  });
});

describe('LLM conversations', () => {
  const trace = generateTrace({ name: 'conversations', seed: 1, values: {} });

  test('37 % of all blocks were in an earlier prompt', () => {
    expect(1 - trace.unique / trace.requests).toBeCloseTo(0.37, 1.7);
    const others = [2, 3, 4].map((seed) => generateTrace({ name: 'conversations', seed, values: {} }));
    for (const { unique, requests } of others) {
      expect(1 - unique / requests).toBeGreaterThan(0.34);
      expect(1 - unique / requests).toBeLessThan(0.4);
    }
  });

  const real = readTruth()?.traces['mooncake-conversation'];
  const policies: [string, ReplayPolicy][] = [
    ['LRU', 'lru'],
    ['SCORE', 'score'],
    ['ARC', 'arc'],
    ['S3FIFO', 's3-fifo'],
  ];
  const capacities = [182, 1000, 1827, 5859, 10_000, 18_279, 30_000, 50_000, 100_000];

  describe.skipIf(real === undefined || !hasTrace(real))(
    'against the Mooncake conversation trace in ../shared/truth/hit-ratios.json',
    () => {
      test.each(capacities)('with %i blocks: hit ratios within 3 points, the order kept', (capacity) => {
        const points = policies.map(([name, policy]) => {
          const replay = new Replay(trace, policy, { entries: capacity });
          replay.advance(Infinity);
          return {
            name,
            generated: 100 * replay.result().hitRatio,
            real: 100 * (1 - real!.misses[name][capacity] / real!.requests),
          };
        });
        for (const { name, generated, real } of points)
          expect(Math.abs(generated - real), `${name}: ${generated} for ${real}`).toBeLessThan(3);
        // Below one point the order is a matter of the seed.
        for (const a of points)
          for (const b of points)
            if (a.real > b.real + 1)
              expect(a.generated, `${a.name} above ${b.name}`).toBeGreaterThan(b.generated);
      });
    },
  );
});
