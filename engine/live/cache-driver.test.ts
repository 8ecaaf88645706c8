import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { InMemoryBus } from '../cache/flow/bus.ts';
import type { Notice } from '../cache/flow/protocol.ts';
import { VirtualTime } from '../cache/flow/virtual-time.ts';
import { MemoryStore } from '../cache/tiers/memory-store.ts';
import { MemoryTier } from '../cache/tiers/memory.ts';
import { TierError } from '../cache/tiers/tier.ts';
import { broadcastBus } from './broadcast-bus.ts';
import { LiveCache } from './cache-driver.ts';
import type { LiveCacheOptions } from './options.ts';
import { SwitchableTier } from './switchable-tier.ts';
import { DelayedTier } from './testing/delayed-tier.ts';
import { advance, virtualClock } from './testing/virtual-clock.ts';

/** Done within the call, so that the test's clock need not wait for streams. */
const codec = {
  name: 'gzip',
  compress: async (text: string) => gzipSync(text).toString('base64'),
  decompress: async (text: string) => gunzipSync(Buffer.from(text, 'base64')).toString(),
};
const memory = () => new MemoryTier({ maxEntries: 100, maxBytes: Infinity, policy: 'lru' }, 'memory');

function make(options: Partial<LiveCacheOptions> = {}) {
  const time = new VirtualTime(1000);
  const l2 = {
    store: new MemoryStore({ maxEntries: 100, maxBytes: Infinity, policy: 'lru' }),
    latencyMs: () => 5,
  };
  const capabilities = { persistent: false, shared: true, tags: true, prefixes: true };
  const l1 = memory();
  const load = vi.fn(async (key: string) => ({ value: `${key} loaded` }));
  const cache = new LiveCache({
    tiers: [{ tier: l1 }, { tier: new DelayedTier(l2, time, 'redis', 'l2', capabilities) }],
    load,
    clock: virtualClock(time),
    codec,
    ...options,
  });
  const done = async <T>(promise: Promise<T>): Promise<T> => {
    promise.catch(() => {});
    await advance(time, time.nowMs + 1000);
    return promise;
  };
  return { cache, time, l1, l2, load, done };
}

describe('live cache', () => {
  it('walks, loads, and finds it again', async () => {
    const { cache, done, load, l2 } = make();
    expect(await done(cache.get('a'))).toMatchObject({
      value: 'a loaded',
      level: 'origin',
      tookMs: 5,
      steps: [{ tier: 'memory' }, { tier: 'redis', tookMs: 5 }, { tier: 'origin' }],
    });
    expect(await cache.get('a')).toMatchObject({ level: 'l1', freshness: 'fresh' });
    expect(load).toHaveBeenCalledTimes(1);
    expect(l2.store.stats().entries).toBe(1);
    expect(await cache.inspect('l1', 5)).toMatchObject([{ key: 'a', sizeBytes: 11 }]);
    expect(cache.report()).toMatchObject({ requests: 2, answered: 1, hitRatePerRequest: 0.5 });
  });

  it('rejects an empty key, an unknown policy, and an abort; never throws', async () => {
    const { cache } = make();
    await expect(cache.get('')).rejects.toThrow('key');
    await expect(cache.get('a', { policy: 'no' })).rejects.toThrow('policy');
    await expect(cache.set('', 1)).rejects.toThrow('key');
    const controller = new AbortController();
    const reason = new Error('gone');
    const asked = cache.get('a', { signal: controller.signal });
    controller.abort(reason);
    await expect(asked).rejects.toBe(reason);
    await expect(cache.get('a', { signal: controller.signal })).rejects.toBe(reason);
  });

  it('a loader that throws, rejects, or gives nonsense fails its request only', async () => {
    const { cache, done } = make();
    const loaders = [
      () => {
        throw new Error('thrown');
      },
      () => Promise.reject(new TierError('pool', 'timeout', 'late')),
      () => Promise.resolve('text' as never),
      () => Promise.resolve(undefined as never),
    ];
    for (const load of loaders)
      expect(await done(cache.get('a', { load }))).toMatchObject({
        status: 'failed',
        reason: 'origin-failed',
      });
    expect(await done(make({ load: undefined }).cache.get('a', { mode: 'reload' }))).toMatchObject({
      error: expect.stringContaining('no loader'),
    });
    expect(await done(cache.get('a'))).toMatchObject({ status: 'value' });
  });

  it('keeps compressed what the policy says, and a compressed value that rots is loaded anew', async () => {
    const { cache, done, l1, l2 } = make();
    const value = { text: 'over and over '.repeat(100) };
    const load = async () => ({ value });
    await done(cache.get('a', { policy: 'response', load }));
    expect(l1.store.stats().sizeBytes).toBeLessThan(300);
    expect(await done(cache.get('a', { policy: 'response' }))).toMatchObject({ value, level: 'l1' });
    l1.store.clear();
    expect(await done(cache.get('a', { policy: 'response' }))).toMatchObject({ value, level: 'l2' });
    const entry = l1.store.inspect(1, 0)[0];
    const rotten = { ...entry, value: { packed: 'gzip', text: '!!', plainBytes: 1500 } };
    l1.store.set(rotten, 1000);
    l2.store.set(rotten, 1000);
    const outcome = await done(cache.get('a', { policy: 'response', load }));
    expect(outcome).toMatchObject({ value, level: 'origin' });
    expect(outcome.steps.map(({ result }) => result)).toEqual(['failed', 'failed', 'loaded']);
    expect(await done(cache.get('a', { policy: 'response' }))).toMatchObject({ value, level: 'l1' });
  });

  it('keeps ten messages of a conversation, in memory only', async () => {
    const { cache, done, l2 } = make();
    const messages = Array.from({ length: 15 }, (_, i) => ({ role: 'user', text: `message ${i}` }));
    await done(cache.set('talk', messages, { policy: 'conversation-context' }));
    const { value } = await done(cache.get('talk', { policy: 'conversation-context' }));
    expect(value).toEqual(messages.slice(5));
    expect(l2.store.stats().entries).toBe(0);
  });

  it('uses the copy that a deduplicator names', async () => {
    const canonical = vi.fn(() => ({ value: 'the copy', savedBytes: 7 }));
    const { cache, done } = make({ deduplicator: { canonical } });
    await done(cache.get('a', { policy: 'model-output' }));
    expect(canonical).toHaveBeenCalledWith('a', 'a loaded', 0.95);
    expect((await done(cache.get('a', { policy: 'model-output' }))).value).toBe('the copy');
    expect(cache.report().savedByDeduplicationBytes).toBe(7);
  });

  it('rejects a write that no level kept, and names why', async () => {
    const failing = memory();
    vi.spyOn(failing.store, 'set').mockImplementation(() => {
      throw new Error('broken memory');
    });
    const { cache } = make({ tiers: [{ tier: failing }] });
    await expect(cache.set('a', 1)).rejects.toThrow('No level kept "a": memory: broken memory');
  });

  it('a tier that throws within the call is passed by', async () => {
    const { cache, done, l1 } = make();
    vi.spyOn(l1.store, 'get').mockImplementation(() => {
      throw new Error('broken memory');
    });
    expect(await done(cache.get('a'))).toMatchObject({
      status: 'value',
      steps: [{ result: 'failed' }, {}, {}],
    });
  });

  it('policies can be edited; a wrong one is refused', async () => {
    const { cache, done, time } = make();
    expect(() => cache.setPolicy({ name: 'response', ttlS: -1, levels: ['l1'] })).toThrow('ttlS');
    cache.setPolicy({ name: 'response', ttlS: 2, levels: ['l1'] });
    await done(cache.get('a', { policy: 'response' }));
    expect((await cache.get('a', { policy: 'response' })).level).toBe('l1');
    await advance(time, time.nowMs + 2000);
    expect((await done(cache.get('a', { policy: 'response' }))).level).toBe('origin');
  });

  it('writes out what waits before it closes', async () => {
    const l3 = memory();
    const close = vi.spyOn(l3, 'close');
    const { cache, done } = make({ tiers: [{ tier: l3, writes: 'behind' }] });
    expect((await cache.set('a', 1)).levels[0].result).toBe('queued');
    expect(await done(cache.close())).toEqual({ ok: true, waiting: 0 });
    expect(l3.store.stats().entries).toBe(1);
    expect(close).toHaveBeenCalled();
  });

  it('a bus that throws is told of, and fails no request', async () => {
    const notices: Notice[] = [];
    const bus = {
      publish: () => {
        throw new Error('closed');
      },
      subscribe: () => () => {},
    };
    const { cache, done } = make({ bus, onNotice: (notice) => notices.push(notice) });
    await done(cache.invalidate({ kind: 'all' }));
    expect(notices[0]).toEqual({ kind: 'bus-failed', error: 'closed' });
  });

  it('instances in one process hear each other', async () => {
    const bus = new InMemoryBus();
    const one = make({ bus: bus.port() });
    const two = make({ bus: bus.port() });
    await two.done(two.cache.get('a'));
    await one.done(one.cache.invalidate({ kind: 'prefix', prefix: 'a' }));
    expect(two.l1.store.stats().entries).toBe(0);
  });
});

describe('a tier with a switch', () => {
  it('refuses, hangs, is slow, and works again; requests are answered all the same', async () => {
    const time = new VirtualTime();
    const clock = virtualClock(time);
    const l1 = new SwitchableTier(memory(), clock, 100);
    const { cache } = make({ tiers: [{ tier: l1, timeoutMs: 50, breaker: { failures: 50 } }], clock });
    const ask = async () => {
      const asked = cache.get('a');
      await advance(time, time.nowMs + 1000);
      return (await asked).steps[0].result;
    };
    expect(await ask()).toBe('miss');
    expect(await ask()).toBe('fresh');
    l1.mode = 'refuses';
    expect(await ask()).toBe('failed');
    l1.mode = 'hangs';
    expect(await ask()).toBe('timeout');
    l1.mode = 'slow';
    expect(await ask()).toBe('timeout');
    l1.mode = 'works';
    expect(await ask()).toBe('fresh');
  });
});

describe('broadcast bus', () => {
  it('carries messages to others, not to itself, and ignores what is none', async () => {
    const [one, two] = [broadcastBus('test'), broadcastBus('test')];
    const stranger = new BroadcastChannel('test');
    const [heardByOne, heardByTwo] = [vi.fn(), vi.fn()];
    one.subscribe(heardByOne);
    two.subscribe(heardByTwo);
    stranger.postMessage({ target: { kind: 'key' }, atMs: 1, write: true, failedAt: [] });
    stranger.postMessage('hello');
    const change = { target: { kind: 'tag', tag: 'x' }, atMs: 1, write: false, failedAt: [] } as const;
    one.publish(change);
    await vi.waitFor(() => expect(heardByTwo).toHaveBeenCalled());
    expect(heardByTwo.mock.calls).toEqual([[change]]);
    expect(heardByOne).not.toHaveBeenCalled();
    for (const channel of [one, two, stranger]) channel.close();
  });
});
