import { AliasTable, zipfWeights } from '../../core/alias-table.ts';
import { real, whole, workload } from './workload.ts';

/** Independent requests, the key of rank r with a probability proportional to 1 / r^exponent. */
export const zipf = workload({
  summary: 'Independent requests, few keys popular and many rare (Zipf).',
  parameters: {
    requests: whole(1_000_000, 'requests'),
    keys: whole(100_000, 'keys', 1, 10_000_000),
    exponent: real(1, 'how steep: 0 is uniform', 0, 5),
  },
  generate({ requests, keys, exponent }, random) {
    const table = new AliasTable(zipfWeights(keys, exponent));
    return Int32Array.from({ length: requests }, () => table.draw(random));
  },
});

/** Zipf whose ranks move: every so often the keys of the upper ranks become others. */
export const shifting = workload({
  summary: 'Zipf whose popular keys change: what was hot yesterday is cold today.',
  parameters: {
    requests: whole(1_000_000, 'requests'),
    keys: whole(100_000, 'keys', 1, 10_000_000),
    exponent: real(1, 'how steep', 0, 5),
    every: whole(50_000, 'requests between two shifts'),
    step: real(0.01, 'share of all keys by which the ranks move on', 0, 1),
  },
  generate({ requests, keys, exponent, every, step }, random) {
    const table = new AliasTable(zipfWeights(keys, exponent));
    const shift = Math.max(1, Math.round(keys * step));
    const out = new Int32Array(requests);
    for (let i = 0; i < requests; i++) out[i] = (table.draw(random) + Math.floor(i / every) * shift) % keys;
    return out;
  },
});

/** Zipf, and among it keys that come once and never again. */
export const oneHitWonders = workload({
  summary: 'Zipf, mixed with keys that are asked for once and never again.',
  parameters: {
    requests: whole(1_000_000, 'requests'),
    keys: whole(100_000, 'keys that come again', 1, 10_000_000),
    exponent: real(1, 'how steep', 0, 5),
    share: real(0.5, 'share of the requests that are for a key asked for once', 0, 1),
  },
  generate({ requests, keys, exponent, share }, random) {
    const table = new AliasTable(zipfWeights(keys, exponent));
    let fresh = keys;
    return Int32Array.from({ length: requests }, () =>
      random.uniform() < share ? fresh++ : table.draw(random),
    );
  },
});
