import { describe, expect, it } from 'vitest';
import { InMemoryBus } from './bus.ts';
import { Bench, BROKEN } from './testing/bench.ts';
import { Tombstones } from './tombstones.ts';

const near = { synchronous: true };

describe('invalidation (C13)', () => {
  const filled = () => {
    const bench = new Bench({ l1: near, l2: { latencyMs: 2 } });
    for (const [key, tags] of [
      ['a:1', ['x']],
      ['a:2', ['y']],
      ['b:1', ['x', 'y']],
    ] as const)
      bench.write(key, key, { tags });
    bench.pass(10);
    return bench;
  };
  const keys = (bench: Bench, level: number) =>
    bench.stores[level]
      .inspect(10, bench.time.nowMs)
      .map(({ key }) => key)
      .sort();

  it.each([
    [{ kind: 'key', key: 'a:1' }, ['a:2', 'b:1']],
    [{ kind: 'tag', tag: 'x' }, ['a:2']],
    [{ kind: 'prefix', prefix: 'a:' }, ['b:1']],
    [{ kind: 'all' }, []],
  ] as const)('%o in all levels', (target, left) => {
    const bench = filled();
    const { levels } = bench.invalidate(target);
    expect(levels.every(({ error }) => error === undefined)).toBe(true);
    expect([keys(bench, 0), keys(bench, 1)]).toEqual([left, left]);
  });

  it('in chosen levels only', () => {
    const bench = filled();
    expect(bench.invalidate({ kind: 'key', key: 'a:1' }, ['l1']).levels).toEqual([
      { tier: 'l1', level: 'l1', deleted: 1 },
    ]);
    expect(bench.read('a:1').level).toBe('l2');
  });

  it('a tier that cannot delete now does not serve it, and deletes it when it can', () => {
    const bench = filled();
    bench.tiers[1].fault = () => BROKEN;
    expect(bench.invalidate({ kind: 'tag', tag: 'x' }).levels[1]).toMatchObject({
      deleted: 0,
      error: 'broken',
    });
    bench.tiers[1].fault = undefined;
    expect(keys(bench, 1)).toContain('a:1');
    expect(bench.read('a:1', { mode: 'cached-only' })).toMatchObject({
      status: 'not-cached',
      steps: [{}, { result: 'invalidated' }],
    });
    bench.pass(50);
    expect(keys(bench, 1)).toEqual(['a:2']);
  });

  it('a tier that cannot delete by tag at all does not serve it either', () => {
    const capabilities = { persistent: false, shared: true, tags: false, prefixes: true };
    const bench = new Bench({ l1: near, l2: { capabilities, ...near } });
    bench.write('a', 1, { tags: ['x'] });
    expect(bench.invalidate({ kind: 'tag', tag: 'x' }).levels[1].error).toContain('cannot delete by tag');
    expect(bench.read('a', { mode: 'cached-only' }).status).toBe('not-cached');
    bench.pass(1);
    bench.write('a', 2, { tags: ['x'] });
    bench.stores[0].clear();
    expect(bench.read('a').value).toBe(2);
  });

  it('what is loading when it is invalidated is answered, but not kept; who asks then gets a new load', () => {
    const bench = new Bench({ l1: near });
    const before = bench.ask('a');
    bench.pass(50);
    bench.invalidate({ kind: 'key', key: 'a' });
    const after = bench.ask('a');
    bench.pass(50);
    expect(before.outcome?.value).toBe('a#1');
    expect(bench.holds(0, 'a')).toBe(false);
    bench.pass(50);
    expect(after.outcome?.value).toBe('a#2');
    expect(bench.holds(0, 'a')).toBe(true);
  });

  it('what is on its way up from L2 is not promoted', () => {
    const bench = filled();
    bench.stores[0].clear();
    const asked = bench.ask('a:1', { mode: 'cached-only' });
    bench.pass(1);
    bench.driver.invalidate({ kind: 'tag', tag: 'x' });
    bench.pass(100);
    expect(asked.outcome?.status).toBe('not-cached');
    expect(bench.holds(0, 'a:1')).toBe(false);
  });

  it('what is on its way to L2 is deleted when it has arrived, and not served before', () => {
    const bench = new Bench({ l1: near, l2: { latencyMs: 20 } });
    bench.driver.write('a', 1, 10);
    bench.pass(5);
    bench.tiers[1].latencyMs = 1;
    bench.driver.invalidate({ kind: 'all' });
    bench.pass(15.5); // the write has arrived, its deletion has not
    expect(bench.holds(1, 'a')).toBe(true);
    expect(bench.read('a', { mode: 'cached-only' }).status).toBe('not-cached');
    bench.pass(50);
    expect(bench.holds(1, 'a')).toBe(false);
  });
});

describe('a copy that has arrived before the tier says so', () => {
  it('is not served when it was invalidated on its way', () => {
    const bench = new Bench({ l1: near, l2: { latencyMs: 20 } });
    bench.read('a'); // the copy for L2 is on its way now
    bench.tiers[1].latencyMs = 1;
    bench.driver.invalidate({ kind: 'prefix', prefix: 'a' });
    const [entry] = bench.stores[0].inspect(1, bench.time.nowMs).concat({
      key: 'a',
      value: 'a#1',
      createdAtMs: bench.time.nowMs,
      lastAccessedAtMs: bench.time.nowMs,
      accessCount: 0,
      freshUntilMs: Infinity,
      staleUntilMs: Infinity,
      sizeBytes: 10,
      tags: [],
      metadata: {},
    });
    bench.pass(5);
    bench.stores[1].set(entry, bench.time.nowMs);
    const outcome = bench.read('a', { mode: 'cached-only' });
    expect(outcome).toMatchObject({ status: 'not-cached', steps: [{}, { result: 'invalidated' }] });
    bench.pass(100);
    expect(bench.holds(1, 'a')).toBe(false);
  });
});

describe('several instances over a shared L2', () => {
  const instances = () => {
    const bus = new InMemoryBus();
    const one = new Bench({ l1: near, l2: { latencyMs: 2 } }, {}, {}, bus.port());
    const two = new Bench(
      { l1: near, l2: { latencyMs: 2, store: one.stores[1] } },
      {},
      {},
      bus.port(),
      one.time,
    );
    return { one, two };
  };

  it("share L2, and drop each other's outdated copies", () => {
    const { one, two } = instances();
    one.read('a');
    one.pass(10);
    expect(two.read('a')).toMatchObject({ level: 'l2', value: 'a#1' });
    one.pass(10);
    one.write('a', 'new');
    expect(two.read('a')).toMatchObject({ level: 'l2', value: 'new' });
    one.invalidate({ kind: 'key', key: 'a' });
    expect(two.read('a', { mode: 'cached-only' }).status).toBe('not-cached');
  });

  it('hear of deletions that L2 could not do', () => {
    const { one, two } = instances();
    one.write('a', 'old');
    one.pass(10);
    one.tiers[1].fault = () => BROKEN;
    one.invalidate({ kind: 'key', key: 'a' });
    expect(two.read('a', { mode: 'cached-only' })).toMatchObject({
      status: 'not-cached',
      steps: [{}, { result: 'invalidated' }],
    });
  });
});

describe('tombstones', () => {
  const entry = (key: string, createdAtMs: number, tags: string[] = []) => ({ key, createdAtMs, tags });

  it('bar what was made before, not what was made since', () => {
    const stones = new Tombstones();
    stones.set({ kind: 'tag', tag: 'x' }, 100, 'due');
    expect(stones.bars(entry('a', 100, ['x']))).toBe(true);
    expect(stones.bars(entry('a', 101, ['x']))).toBe(false);
    expect(stones.bars(entry('a', 50, ['y']))).toBe(false);
  });

  it('too many become one for everything so far: never too few', () => {
    const stones = new Tombstones(3, 3);
    for (let i = 0; i < 4; i++) stones.set({ kind: 'key', key: `k${i}` }, i, 'due');
    expect(stones.size).toBe(1);
    expect(stones.bars(entry('k0', 0))).toBe(true);
    expect(stones.bars(entry('other', 3))).toBe(true);
    expect(stones.bars(entry('other', 4))).toBe(false);
  });
});
