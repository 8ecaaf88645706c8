/** The real Redis behind the same interface: the contract, and what happens when it goes away. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CacheEntry } from '../entry.ts';
import { RedisTier } from './redis.node.ts';
import {
  mustHaveRedis,
  RealRedis,
  redisNote,
  redisProgram,
} from './redis-simulated/testing/real-redis.node.ts';
import { tierContract } from './tier-contract.ts';

const entry = (key: string, nowMs: number): CacheEntry => ({
  key,
  value: { text: 'value' },
  createdAtMs: nowMs,
  lastAccessedAtMs: nowMs,
  accessCount: 0,
  freshUntilMs: nowMs + 60_000,
  staleUntilMs: nowMs + 60_000,
  sizeBytes: 10,
  tags: [],
  metadata: {},
});

describe.skipIf(!redisProgram && !mustHaveRedis)(`real Redis tier${redisNote}`, () => {
  let real: RealRedis;
  beforeAll(async () => {
    expect(redisProgram, 'CI must have redis-server in PATH').toBeDefined();
    real = await RealRedis.start(redisProgram!);
  });
  afterAll(() => real?.stop());

  const connected = async (prefix = 'cache:'): Promise<RedisTier> => {
    const tier = new RedisTier({ socketPath: real.socketPath, prefix });
    await tier.connect();
    return tier;
  };

  // The contract's clock is not the server's; ages by whole seconds of the server's are another matter.
  const timed = 'inspects the most recently used first, up to the limit';
  for (const { name, run } of tierContract(async () => {
    await real.pipeline([['FLUSHALL'], ['SET', 'stranger', 'x'], ['SET', 'cache', 'y']]);
    return {
      tier: await connected(),
      other: await connected(),
      strangers: () =>
        real.pipeline([
          ['GET', 'stranger'],
          ['GET', 'cache'],
        ]),
    };
  }))
    if (name !== timed) it(name, run);

  it('writes with SETEX: the server itself forgets', async () => {
    const tier = await connected();
    await tier.set(entry('a', 5000), { nowMs: 5000 });
    expect(await real.send('TTL', 'cache:e:a')).toBe(60);
    await tier.close();
  });

  it('full, corrupt and wrong records are told as such', async () => {
    const tier = await connected();
    await real.pipeline([
      ['SET', 'cache:e:bad', '{'],
      ['SADD', 'cache:e:set', 'x'],
      ['CONFIG', 'SET', 'maxmemory', '1'],
    ]);
    await expect(tier.set(entry('b', 0), { nowMs: 0 })).rejects.toMatchObject({ reason: 'full' });
    await real.send('CONFIG', 'SET', 'maxmemory', '0');
    await expect(tier.get('bad', { nowMs: 0 })).rejects.toMatchObject({ reason: 'corrupt' });
    await expect(tier.get('set', { nowMs: 0 })).rejects.toMatchObject({ reason: 'corrupt' });
    expect(await real.send('EXISTS', 'cache:e:bad', 'cache:e:set')).toBe(0);
    await tier.close();
  });

  it('a server that hangs ends in a timeout or in the reason of the signal', async () => {
    const tier = new RedisTier({ socketPath: real.socketPath, timeoutMs: 30 });
    await tier.connect();
    const sleeping = real.send('DEBUG', 'SLEEP', '0.3');
    await expect(tier.get('a', { nowMs: 0 })).rejects.toMatchObject({ reason: 'timeout' });
    const controller = new AbortController();
    const answer = tier.get('a', { nowMs: 0, signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    await sleeping;
    await tier.close();
  });

  it('a server that is gone is unreachable at once, and used again when it is back', async () => {
    const own = await RealRedis.start(redisProgram!);
    const tier = new RedisTier({ socketPath: own.socketPath, reconnectMs: 50 });
    await tier.connect();
    await tier.set(entry('a', 0), { nowMs: 0 });
    await tier.refreshStats({ nowMs: 0 });
    expect(tier.stats()).toMatchObject({ entries: 1, evictions: 0, failures: 0 });
    const again = await own.restart();
    const results: string[] = [];
    for (let i = 0; i < 200 && results.at(-1) !== 'answered'; i++) {
      results.push(
        await tier.get('a', { nowMs: 1 }).then(
          () => 'answered',
          (error) => error.reason,
        ),
      );
      await again.pass(10);
    }
    expect(results.at(-1)).toBe('answered');
    expect(new Set(results).size, results.join()).toBeLessThanOrEqual(2);
    await tier.close();
    await again.stop();
  });

  it('a server that was never there is unreachable', async () => {
    const tier = new RedisTier({ url: 'redis://127.0.0.1:1', connectTimeoutMs: 200 });
    await expect(tier.get('a', { nowMs: 0 })).rejects.toMatchObject({
      name: 'TierError',
      reason: 'unreachable',
    });
    await expect(tier.connect()).rejects.toMatchObject({ reason: 'unreachable' });
    await tier.close();
  });
});
