import { AliasTable, zipfWeights } from '../../core/alias-table.ts';
import { real, whole, workload } from './workload.ts';

/** The same keys in the same order, again and again: any cache below their number gets no hit from LRU. */
export const loop = workload({
  summary: 'All keys in the same order, again and again; the worst case of LRU.',
  parameters: { requests: whole(500_000, 'requests'), keys: whole(1000, 'keys', 1, 10_000_000) },
  generate: ({ requests, keys }) => Int32Array.from({ length: requests }, (_, i) => i % keys),
});

/** Zipf requests, and every so often a scan over keys that nobody asks for otherwise. */
export const scan = workload({
  summary: 'Zipf, interrupted by scans over keys that are asked for once a scan.',
  parameters: {
    requests: whole(1_000_000, 'requests'),
    keys: whole(10_000, 'keys asked for between the scans', 1, 10_000_000),
    exponent: real(1, 'how steep', 0, 5),
    every: whole(20_000, 'other requests between two scans'),
    length: whole(10_000, 'keys of a scan'),
  },
  generate({ requests, keys, exponent, every, length }, random) {
    const table = new AliasTable(zipfWeights(keys, exponent));
    const out = new Int32Array(requests);
    for (let i = 0; i < requests; i++) {
      const at = i % (every + length);
      out[i] = at < every ? table.draw(random) : keys + (at - every);
    }
    return out;
  },
});

/**
 * Four pools in turn by share: a small hot one, a large cold one, a loop and a stream that never repeats. After the two pools
 * of O'Neil, O'Neil, Weikum, "The LRU-K Page Replacement Algorithm", SIGMOD 1993 (index and record pages).
 */
export const pools = workload({
  summary: 'A small hot pool, a large cold one, a loop and a stream that never repeats, mixed.',
  parameters: {
    requests: whole(1_000_000, 'requests'),
    hot: whole(1000, 'keys of the hot pool', 1, 10_000_000),
    cold: whole(100_000, 'keys of the cold pool', 1, 10_000_000),
    loop: whole(5000, 'keys of the loop', 1, 10_000_000),
    hotShare: real(0.4, 'share of the requests that go to the hot pool', 0, 1),
    coldShare: real(0.3, 'share that goes to the cold pool', 0, 1),
    loopShare: real(0.2, 'share that goes to the loop; what is left goes to the stream', 0, 1),
  },
  generate({ requests, hot, cold, loop, hotShare, coldShare, loopShare }, random) {
    let looped = 0;
    let fresh = hot + cold + loop;
    return Int32Array.from({ length: requests }, () => {
      const pool = random.uniform();
      if (pool < hotShare) return random.below(hot);
      if (pool < hotShare + coldShare) return hot + random.below(cold);
      if (pool < hotShare + coldShare + loopShare) return hot + cold + (looped++ % loop);
      return fresh++;
    });
  },
});
