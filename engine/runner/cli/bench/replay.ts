/** The trace replay against the same loops in C, with ids that were interned and with keys in a hash table. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PolicyName } from '../../../cache/eviction/registry.ts';
import { Replay } from '../../../cache/replay/replay.ts';
import type { Trace } from '../../../cache/replay/trace.ts';
import { SlotCache } from '../../../cache/slot-cache.ts';
import { generateTrace } from '../../../cache/workloads/catalogue.ts';
import type { Case, CaseOptions, Row } from './case.ts';
import { paired, spread, type Work } from './paired.ts';
import { firstLineOf } from './versions.ts';

const KEYS = 1_000_000;
/** A tenth of the keys. */
const CAPACITY = 100_000;
const POLICIES: readonly PolicyName[] = ['fifo', 'lru', 'sieve', 's3-fifo', 'arc', 'w-tinylfu'];
/** Policies whose loops peers/replay.c has. */
const IN_C: readonly PolicyName[] = ['fifo', 'lru', 'sieve'];
const KINDS = [
  { title: 'interned ids', hashed: false, target: '>= 0.6' },
  { title: 'hashed keys', hashed: true, target: '>= 0.5' },
] as const;

interface Outcome {
  seconds: number;
  misses: number;
}

function interned(trace: Trace, policy: PolicyName): Outcome {
  const began = performance.now();
  const replay = new Replay(trace, policy, { entries: CAPACITY });
  replay.advance(trace.requests);
  return { seconds: (performance.now() - began) / 1000, misses: replay.result().misses };
}

function hashed(keys: Int32Array, policy: PolicyName): Outcome {
  const began = performance.now();
  const cache = new SlotCache(CAPACITY, policy);
  let misses = 0;
  for (let i = 0; i < keys.length; i++) {
    if (cache.lookup(keys[i]!, 0) >= 0) continue;
    misses++;
    cache.insert(keys[i]!, Infinity);
  }
  return { seconds: (performance.now() - began) / 1000, misses };
}

/** Builds peers/replay.c in `folder`. @returns its two programs; null without a compiler. */
function build(folder: string): Record<'interned' | 'hashed', string> | null {
  if (firstLineOf('gcc', '--version') === null) return null;
  const source = fileURLToPath(new URL('./peers/replay.c', import.meta.url));
  const programs = { interned: join(folder, 'interned'), hashed: join(folder, 'hashed') };
  for (const [define, out] of [
    ['-DHASHED=0', programs.interned],
    ['-DHASHED=1', programs.hashed],
  ] as const)
    execFileSync('gcc', ['-O3', '-march=native', define, '-o', out, source]);
  return programs;
}

function inC(program: string, trace: string, policy: PolicyName, unique: number): Outcome {
  const out = execFileSync(program, [trace, policy, String(CAPACITY), String(unique)], { encoding: 'utf8' });
  const [seconds, misses] = out.trim().split(' ').map(Number) as [number, number];
  return { seconds, misses };
}

async function run({ quick, pairs }: CaseOptions): Promise<Row[]> {
  const requests = quick ? 1_000_000 : 10_000_000;
  const trace = generateTrace({ name: 'zipf', seed: 1, values: { requests, keys: KEYS } });
  // Multiplying by an odd number maps 32-bit integers one to one: the same requests, with keys spread over all of them.
  const keys = trace.ids.map((id) => Math.imul(id, 0x2c1b3c6d));
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const programs = build(folder);
    const files = { interned: join(folder, 'ids'), hashed: join(folder, 'keys') };
    writeFileSync(files.interned, new Uint8Array(trace.ids.buffer));
    writeFileSync(files.hashed, new Uint8Array(keys.buffer));
    const rows: Row[] = [];
    for (const kind of KINDS)
      for (const policy of POLICIES) {
        const which = kind.hashed ? 'hashed' : 'interned';
        let misses = -1;
        const ours: Work = () => {
          const outcome = kind.hashed ? hashed(keys, policy) : interned(trace, policy);
          misses = outcome.misses;
          return requests / outcome.seconds;
        };
        const row = { case: `${policy}, ${kind.title}`, unit: 'M requests/s', target: kind.target };
        if (programs === null || !IN_C.includes(policy)) {
          const rates: number[] = [];
          for (let i = 0; i <= pairs; i++) rates.push((await ours()) / 1e6);
          const peer =
            programs === null && IN_C.includes(policy) ? 'C: no compiler (apt-get install gcc)' : null;
          rows.push({ ...row, value: spread(rates.slice(1)).median, peer, ratio: null });
          continue;
        }
        const theirs: Work = () => {
          const outcome = inC(programs[which], files[which], policy, trace.unique);
          if (outcome.misses !== misses)
            throw new Error(`${row.case}: ${misses} misses here, ${outcome.misses} in C`);
          return requests / outcome.seconds;
        };
        const both = await paired(ours, theirs, pairs);
        rows.push({ ...row, value: both.ours / 1e6, peer: 'C, gcc -O3', ratio: both.ratio });
      }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const replay: Case = {
  name: 'replay',
  summary: `Trace replay: 10 M Zipf requests for ${KEYS} keys, ${CAPACITY} entries.`,
  run,
};
