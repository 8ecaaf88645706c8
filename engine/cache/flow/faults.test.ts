import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../core/random.ts';
import { MemoryStore } from '../tiers/memory-store.ts';
import type { FlowPolicy } from './policy.ts';
import type { Loaded, Notice, ReadOutcome, Target } from './protocol.ts';
import { HIERARCHIES, type Hierarchy } from './settings.ts';
import { faultyTier, type FaultShares } from './testing/faulty-tier.ts';
import { TieredCache } from './tiered-cache.ts';
import { VirtualDriver } from './virtual-driver.ts';
import { VirtualTime } from './virtual-time.ts';

/** A value that knows whose it is, when it was made, and as which change of its key. */
interface Proof {
  of: string;
  bornMs: number;
  sequence: number;
}

const TTL_MS = 400;
const STALE_MS = 300;
const policy: FlowPolicy = {
  name: 'default',
  levels: ['l1', 'l2', 'l3'],
  ttlMs: TTL_MS,
  staleWhileRevalidateMs: STALE_MS / 2,
  staleIfErrorMs: STALE_MS,
  negativeTtlMs: 0,
  ttlJitter: 0.1,
  earlyRefreshBeta: 1,
};
const capabilities = { persistent: false, shared: true, tags: true, prefixes: true };

interface Chaos {
  seed: number;
  shares: FaultShares[];
  originFails: number;
  originHangs: number;
  hierarchy: Hierarchy;
  tagless: boolean;
}

/** A few thousand operations over faulty tiers; throws at the first broken promise. */
function run({ seed, shares, originFails, originHangs, hierarchy, tagless }: Chaos) {
  const time = new VirtualTime();
  const random = new RandomStream(seed, 'operations');
  const memory = (maxEntries: number) => new MemoryStore({ maxEntries, maxBytes: 2000, policy: 'lru' });
  const tiers = [
    faultyTier(memory(10), seed, shares[0], 0, 20),
    faultyTier(memory(20), seed + 1, shares[1], 3, 20),
    faultyTier(memory(40), seed + 2, shares[2], 8, 40),
  ];
  const reporting = { reportsEvictions: true, breaker: { failures: 5, openMs: 200 } };
  const cache = new TieredCache({
    tiers: [
      { name: 'a', level: 'l1', capabilities, timeoutMs: 20, ...reporting },
      {
        name: 'b',
        level: 'l2',
        capabilities: { ...capabilities, tags: !tagless, prefixes: !tagless },
        timeoutMs: 20,
        ...reporting,
      },
      { name: 'c', level: 'l3', capabilities, timeoutMs: 40, writes: 'behind', ...reporting },
    ],
    settings: {
      hierarchy,
      loadTimeoutMs: 100,
      writeBehind: { maxQueued: 12, batch: 4, flushAfterMs: 10, attempts: 3, retryMs: 20 },
    },
    policies: [policy],
    seed,
  });
  const chance = new RandomStream(seed, 'origin');
  let sequence = 0;
  const proof = (of: string): Proof => ({ of, bornMs: time.nowMs, sequence: sequence++ });
  const origin = {
    serviceMs: () => (chance.uniform() < originHangs ? Infinity : 30 * chance.uniform()),
    load: (key: string): Loaded | null => {
      if (chance.uniform() < originFails) return null;
      const value = proof(key);
      return { value, stored: value, sizeBytes: 50, tags: [`t${Number(key.slice(2)) % 3}`] };
    },
  };
  /** By key, the sequence number below which values are outdated: what a change made after them forbids. */
  const notBefore = new Map<string, number>();
  const asked = new Map<number, { key: string; atMs: number; least: number }>();
  let reads = 0;
  let answers = 0;
  let failed = 0;
  let lostTold = 0;
  const onRead = (request: number, outcome: ReadOutcome): void => {
    const { key, least } = asked.get(request)!;
    asked.delete(request);
    answers++;
    if (outcome.status === 'failed') {
      failed++;
      expect(outcome.reason === 'abandoned' || outcome.steps.at(-1)!.level === 'origin').toBe(true);
      return;
    }
    if (outcome.status !== 'value') return;
    const { of, bornMs, sequence: number } = outcome.value as Proof;
    const ageMs = time.nowMs - bornMs;
    expect(of).toBe(key);
    if (ageMs >= TTL_MS) expect(outcome.freshness).toBe('stale');
    expect(ageMs).toBeLessThan(TTL_MS + STALE_MS);
    expect(number).toBeGreaterThanOrEqual(least);
  };
  const written = new Set<number>();
  const onNotice = (notice: Notice): void => {
    if (notice.kind === 'write-lost') lostTold += notice.keys.length;
  };
  const driver = new VirtualDriver(cache, time, tiers, origin, {
    onRead,
    onNotice,
    onWritten: (request) => written.delete(request),
    onInvalidated: (request) => written.delete(request),
  });
  const key = (): string => `${'xy'[random.below(2)]}:${random.below(25)}`;
  const outdate = (concerns: (key: string) => boolean): void => {
    for (const name of ['x', 'y'])
      for (let n = 0; n < 25; n++) if (concerns(`${name}:${n}`)) notBefore.set(`${name}:${n}`, sequence);
  };
  for (let i = 0; i < 400; i++) {
    time.advanceTo(time.nowMs + 8 * random.uniform());
    const kind = random.uniform();
    if (kind < 0.12) {
      const k = key();
      outdate((name) => name === k);
      written.add(driver.asked + 1); // before the call, since the answer may come within it
      driver.write(k, proof(k), 50, { tags: [`t${Number(k.slice(2)) % 3}`] });
    } else if (kind < 0.2) {
      const which = random.below(12);
      const k = key();
      const tag = random.below(3);
      const target: Target =
        which < 8
          ? { kind: 'key', key: k }
          : which < 10
            ? { kind: 'tag', tag: `t${tag}` }
            : which < 11
              ? { kind: 'prefix', prefix: k.slice(0, 3) }
              : { kind: 'all' };
      outdate((name) =>
        target.kind === 'key'
          ? name === k
          : target.kind === 'tag'
            ? Number(name.slice(2)) % 3 === tag
            : target.kind === 'prefix'
              ? name.startsWith(target.prefix)
              : true,
      );
      written.add(driver.asked + 1);
      driver.invalidate(target);
    } else {
      const k = key();
      reads++;
      // The number is known only after the call; an answer within it needs it before.
      asked.set(driver.asked + 1, { key: k, atMs: time.nowMs, least: notBefore.get(k) ?? 0 });
      const request = driver.read(k);
      if (kind > 0.97) time.at(time.nowMs + 20 * random.uniform(), () => driver.abandon(request));
    }
  }
  time.advanceTo(time.nowMs + 300_000);
  expect(answers).toBe(reads);
  expect(written.size).toBe(0);
  expect(cache.underWay).toBe(0);
  const stats = cache.tierFlows()[2].writeBehind;
  const { accepted, written: done, declined, superseded, invalidated, expired, lost, waiting } = stats;
  expect(done + declined + superseded + invalidated + expired + lost + waiting).toBe(accepted);
  expect(waiting).toBe(0);
  expect(lostTold).toBe(lost);
  for (const { flow: f } of cache.tierFlows())
    expect(f.hits + f.staleHits + f.misses + f.failures + f.skipped).toBeLessThanOrEqual(f.lookups);
  return { failed, lost, stats, abandoned: cache.counts().abandoned };
}

describe('tiers that fail, are slow, and lie', () => {
  const share = fc.double({ min: 0, max: 0.6, noNaN: true });
  const shares = fc.record({ fail: share, slow: share, lie: fc.double({ min: 0, max: 0.4, noNaN: true }) });
  const chaos = fc.record({
    seed: fc.integer({ min: 1, max: 1e9 }),
    shares: fc.array(shares, { minLength: 3, maxLength: 3 }),
    originFails: fc.constantFrom(0, 0.3),
    originHangs: fc.constantFrom(0, 0.02),
    hierarchy: fc.constantFrom(...HIERARCHIES),
    tagless: fc.boolean(),
  });

  it('never break a promise: an answer for each request, none outdated or unmarked, no write lost silently', () => {
    fc.assert(
      fc.property(chaos, (setting) => void run(setting)),
      { numRuns: 150 },
    );
  });

  it('fail no request while the origin answers', () => {
    const dead: FaultShares = { fail: 1, slow: 0, lie: 0 };
    const mute: FaultShares = { fail: 0, slow: 1, lie: 0 };
    const liar: FaultShares = { fail: 0, slow: 0, lie: 1 };
    for (const all of [dead, mute, liar])
      for (let seed = 1; seed <= 20; seed++) {
        const result = run({
          seed,
          shares: [all, all, all],
          originFails: 0,
          originHangs: 0,
          hierarchy: 'independent',
          tagless: false,
        });
        expect(result.failed).toBe(result.abandoned);
      }
  });
});
