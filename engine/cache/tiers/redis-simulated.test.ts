import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../core/random.ts';
import type { CacheEntry } from '../entry.ts';
import { RedisStore } from './redis-cache/redis-store.ts';
import { RedisServer } from './redis-simulated/index.ts';
import { RedisSimulatedTier } from './redis-simulated.ts';
import { tierContract } from './tier-contract.ts';

const server = (config: Record<string, string> = {}): RedisServer =>
  new RedisServer({ random: new RandomStream(1, 'redis'), config });

const entry = (key: string, changes: Partial<CacheEntry> = {}): CacheEntry => ({
  key,
  value: 'value',
  createdAtMs: 0,
  lastAccessedAtMs: 0,
  accessCount: 0,
  freshUntilMs: 5000,
  staleUntilMs: 9000,
  sizeBytes: 10,
  tags: [],
  metadata: {},
  ...changes,
});

describe('simulated Redis tier', () => {
  for (const { name, run } of tierContract(() => {
    const shared = server();
    shared.execute(['SET', 'stranger', 'x'], 0);
    return {
      tier: new RedisSimulatedTier(shared),
      other: new RedisSimulatedTier(shared),
      strangers: async () => shared.execute(['GET', 'stranger'], 0),
    };
  }))
    it(name, run);

  it('writes values as JSON with SETEX: the server itself forgets them', async () => {
    const redis = server();
    const tier = new RedisSimulatedTier(redis);
    await tier.set(entry('a'), { nowMs: 0 });
    expect(redis.execute(['TTL', 'cache:e:a'], 0)).toBe(9);
    expect(JSON.parse(String(redis.execute(['GET', 'cache:e:a'], 0)))).toMatchObject({
      v: 'value',
      f: 5000,
      s: 9000,
    });
    await tier.set(entry('b', { staleUntilMs: 9001 }), { nowMs: 0 });
    expect(redis.execute(['PTTL', 'cache:e:b'], 0)).toBe(9001);
    redis.advance(60_000);
    expect(redis.figures()).toMatchObject({ keys: 0, expired: 2 });
  });

  it.each(['not JSON', '{"v":1}', '[]', 'null', '{"c":"x"}'])(
    'a corrupt record (%s) is told, and dropped',
    async (text) => {
      const redis = server();
      const tier = new RedisSimulatedTier(redis);
      await tier.set(entry('good'), { nowMs: 0 });
      redis.execute(['SET', 'cache:e:bad', text], 0);
      await expect(tier.get('bad', { nowMs: 1 })).rejects.toMatchObject({
        name: 'TierError',
        reason: 'corrupt',
      });
      expect(await tier.get('bad', { nowMs: 2 })).toBeUndefined();
      expect((await tier.get('good', { nowMs: 2 }))?.key).toBe('good');
      redis.execute(['SET', 'cache:e:bad', text], 0);
      expect((await tier.getMany(['bad', 'good'], { nowMs: 3 })).map((e) => e?.key)).toEqual([
        undefined,
        'good',
      ]);
      expect(redis.execute(['EXISTS', 'cache:e:bad'], 3)).toBe(0);
      expect(tier.stats().failures).toBe(1);
    },
  );

  it('a record of another type is dropped, too', async () => {
    const redis = server();
    const tier = new RedisSimulatedTier(redis);
    redis.execute(['SADD', 'cache:e:set', 'x'], 0);
    await expect(tier.get('set', { nowMs: 1 })).rejects.toMatchObject({ reason: 'corrupt' });
    expect(redis.execute(['EXISTS', 'cache:e:set'], 1)).toBe(0);
  });

  it('a full server refuses the write, tells so, and keeps no older value', async () => {
    const redis = server({ 'maxmemory-policy': 'noeviction' });
    const tier = new RedisSimulatedTier(redis);
    await tier.set(entry('a', { value: 'old' }), { nowMs: 0 });
    redis.execute(['CONFIG', 'SET', 'maxmemory', '1'], 0);
    await expect(tier.set(entry('a', { value: 'new', tags: ['t'] }), { nowMs: 1 })).rejects.toMatchObject({
      reason: 'full',
      message: expect.stringContaining('OOM command not allowed'),
    });
    redis.execute(['CONFIG', 'SET', 'maxmemory', '0'], 2);
    expect(await tier.get('a', { nowMs: 3 })).toBeUndefined();
  });

  it('a value without JSON is refused before anything is sent', async () => {
    const redis = server();
    await expect(
      new RedisSimulatedTier(redis).set(entry('a', { value: 1n }), { nowMs: 0 }),
    ).rejects.toMatchObject({
      reason: 'unsupported',
    });
    expect(redis.figures().commands).toBe(0);
  });

  it('deletes by tag even after eviction took the set of the tag', async () => {
    const redis = server({ 'maxmemory-policy': 'allkeys-lru' });
    const tier = new RedisSimulatedTier(redis);
    for (let i = 0; i < 50; i++) await tier.set(entry(`k${i}`, { tags: ['t'] }), { nowMs: 0 });
    redis.execute(['DEL', 'cache:t:t'], 0);
    redis.execute(['CONFIG', 'SET', 'maxmemory', String(redis.figures().usedBytes - 1000)], 0);
    await tier.get('k0', { nowMs: 1 });
    redis.execute(['CONFIG', 'SET', 'maxmemory', '0'], 1);
    const { evicted, keys } = redis.figures();
    expect(evicted).toBeGreaterThan(0);
    expect(await tier.deleteByTag('t', { nowMs: 2 })).toBe(keys);
    expect(redis.figures().keys).toBe(0);
  });

  describe('connection', () => {
    it('refusing: every operation rejects as unreachable, and works again afterwards', async () => {
      const tier = new RedisSimulatedTier(server());
      await tier.set(entry('a'), { nowMs: 0 });
      tier.setState('refusing', 1);
      await expect(tier.get('a', { nowMs: 1 })).rejects.toMatchObject({ reason: 'unreachable' });
      await expect(tier.set(entry('b'), { nowMs: 1 })).rejects.toMatchObject({ reason: 'unreachable' });
      await expect(tier.inspect(5, { nowMs: 1 })).rejects.toMatchObject({ reason: 'unreachable' });
      tier.setState('up', 2);
      expect((await tier.get('a', { nowMs: 2 }))?.key).toBe('a');
      expect(tier.stats()).toMatchObject({ hits: 1, misses: 0, failures: 3 });
    });

    it('hanging: no answer until the caller gives up, the link breaks, or it comes back', async () => {
      const tier = new RedisSimulatedTier(server());
      await tier.set(entry('a'), { nowMs: 0 });
      tier.setState('hanging', 1);
      const controller = new AbortController();
      const givenUp = tier.get('a', { nowMs: 1, signal: controller.signal });
      const answered = tier.get('a', { nowMs: 1 });
      controller.abort(new Error('too slow'));
      await expect(givenUp).rejects.toThrow('too slow');
      tier.setState('up', 3000);
      expect((await answered)?.key).toBe('a');
      tier.setState('hanging', 4000);
      const broken = tier.get('a', { nowMs: 4000 });
      tier.setState('refusing', 5000);
      await expect(broken).rejects.toMatchObject({ reason: 'unreachable' });
    });

    it('one instance may lose its link while another keeps its own', async () => {
      const shared = server();
      const [one, two] = [new RedisSimulatedTier(shared), new RedisSimulatedTier(shared)];
      one.setState('refusing', 0);
      await two.set(entry('a'), { nowMs: 0 });
      await expect(one.get('a', { nowMs: 1 })).rejects.toMatchObject({ reason: 'unreachable' });
      expect((await two.get('a', { nowMs: 1 }))?.key).toBe('a');
    });
  });

  it('one thread: what is sent at the same time waits its turn', async () => {
    const waited: number[] = [];
    const shared = server();
    const options = {
      networkMs: 1,
      wait: async (ms: number) => {
        waited.push(ms);
      },
    };
    const work = shared.costOf(['GET', 'cache:e:a']);
    const tiers = [1, 2, 3].map(() => new RedisSimulatedTier(shared, options));
    expect(tiers[0]!.delayMs([['GET', 'cache:e:a']], 100)).toBeCloseTo(1 + work, 9);
    await Promise.all(tiers.map((tier) => tier.get('a', { nowMs: 100 })));
    expect(waited.map((ms) => Math.round((ms - 1) / work))).toEqual([1, 2, 3]);
  });
});

it('the synchronous store does the same over the same server', async () => {
  const redis = server();
  const store = new RedisStore(redis);
  const tier = new RedisSimulatedTier(redis);
  expect(store.set(entry('a', { tags: ['t'] }), 0)).toEqual({ kept: true, evicted: [] });
  expect(await tier.get('a', { nowMs: 1 })).toEqual({ ...store.get('a', 1), accessCount: 1 });
  store.touch('a', 2);
  expect(store.inspect(5, 2).map(({ key }) => key)).toEqual(['a']);
  expect(store.deleteByTag('t', 2)).toBe(1);
  expect(store.delete('a', 2)).toBe(false);
  store.set(entry('b'), 2);
  store.clear();
  expect(store.get('b', 3)).toBeUndefined();
  expect(store.stats()).toMatchObject({ hits: 1, misses: 1, failures: 0 });
});
