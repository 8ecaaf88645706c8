import { describe, expect, it } from 'vitest';
import type { CacheEntry } from '../entry.ts';
import { Cdn } from './cdn-simulated/index.ts';
import { CdnSimulatedTier } from './cdn-simulated.ts';
import { tierContract } from './tier-contract.ts';

const entry = (key: string, changes: Partial<CacheEntry> = {}): CacheEntry => ({
  key,
  value: 'value',
  createdAtMs: 0,
  lastAccessedAtMs: 0,
  accessCount: 0,
  freshUntilMs: 60_000,
  staleUntilMs: 90_000,
  sizeBytes: 10,
  tags: [],
  metadata: {},
  ...changes,
});

describe('simulated CDN tier', () => {
  for (const { name, run } of tierContract(() => {
    const cdn = new Cdn({ edges: ['paris', 'tokyo'] });
    const stranger = { url: 'https://other.example/x' };
    const { fetch } = cdn.request('paris', stranger, 0);
    const response = { status: 200, headers: { 'cache-control': 'max-age=9999999999' }, body: 'x' };
    cdn.respond(fetch!.id, { response }, 0);
    return {
      tier: new CdnSimulatedTier(cdn, { edge: 'paris' }),
      other: new CdnSimulatedTier(cdn, { edge: 'paris' }),
      strangers: async () => cdn.request('paris', stranger, 0).answer?.response.body,
    };
  }))
    it(name, run);

  it('another region misses, unless a shield has it', async () => {
    for (const shield of [undefined, 'shield']) {
      const cdn = new Cdn({ edges: ['paris', 'tokyo'], shield });
      const [paris, tokyo] = ['paris', 'tokyo'].map((edge) => new CdnSimulatedTier(cdn, { edge }));
      await paris!.set(entry('a'), { nowMs: 0 });
      expect((await tokyo!.get('a', { nowMs: 1000 }))?.key).toBe(shield && 'a');
      expect(tokyo!.lastCacheStatus).toBe(
        shield
          ? 'shield; hit; ttl=59, tokyo; fwd=uri-miss; fwd-status=200; ttl=59; stored'
          : 'tokyo; fwd=uri-miss; fwd-status=504',
      );
    }
  });

  it('a new value reaches all regions: the old one is purged first', async () => {
    const cdn = new Cdn({ edges: ['paris', 'tokyo'], shield: 'shield' });
    const [paris, tokyo] = ['paris', 'tokyo'].map((edge) => new CdnSimulatedTier(cdn, { edge }));
    await paris!.set(entry('a', { value: 1 }), { nowMs: 0 });
    expect((await tokyo!.get('a', { nowMs: 1 }))?.value).toBe(1);
    await paris!.set(entry('a', { value: 2 }), { nowMs: 2 });
    expect((await tokyo!.get('a', { nowMs: 3 }))?.value).toBe(2);
  });

  it('an entry with tags is purged everywhere by one of them', async () => {
    const cdn = new Cdn({ edges: ['paris', 'tokyo'], shield: 'shield' });
    const [paris, tokyo] = ['paris', 'tokyo'].map((edge) => new CdnSimulatedTier(cdn, { edge }));
    await paris!.set(entry('a', { tags: ['user 7, old', 'x'] }), { nowMs: 0 });
    await tokyo!.get('a', { nowMs: 1 });
    expect(await paris!.deleteByTag('user 7, old', { nowMs: 2 })).toBe(1);
    expect(await tokyo!.get('a', { nowMs: 3 })).toBeUndefined();
  });

  it('the full edge drops what was least recently used, and declines what is larger than itself', async () => {
    const cdn = new Cdn({ edges: ['paris'], capacityBytes: 3000 });
    const tier = new CdnSimulatedTier(cdn, { edge: 'paris' });
    for (const key of ['a', 'b', 'c']) await tier.set(entry(key, { value: 'v'.repeat(600) }), { nowMs: 0 });
    await tier.get('a', { nowMs: 1 });
    await tier.set(entry('d', { value: 'v'.repeat(600) }), { nowMs: 2 });
    const left = await tier.getMany(['a', 'b', 'c', 'd'], { nowMs: 3 });
    expect(left.map((e) => e?.key)).toEqual(['a', undefined, 'c', 'd']);
    expect(tier.stats().evictions).toBe(1);
    expect(await tier.set(entry('e', { value: 'v'.repeat(3000) }), { nowMs: 4 })).toBe(false);
    expect((await tier.get('a', { nowMs: 5 }))?.key).toBe('a');
  });

  it('refused and hanging ways to the edge are told', async () => {
    const tier = new CdnSimulatedTier(new Cdn({ edges: ['paris'] }), { edge: 'paris' });
    tier.setState('refusing', 0);
    await expect(tier.get('a', { nowMs: 0 })).rejects.toMatchObject({ reason: 'unreachable' });
    tier.setState('hanging', 0);
    const answer = tier.get('a', { nowMs: 0 });
    tier.setState('up', 5);
    expect(await answer).toBeUndefined();
    expect(tier.stats().failures).toBe(1);
  });
});
