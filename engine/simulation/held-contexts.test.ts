import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeldContexts } from './held-contexts.ts';

describe('held conversations, by hand', () => {
  it('are put, used again in another size, and forgotten from the longest unused on', () => {
    const held = new HeldContexts(1, 3);
    held.put(0, 0, 0, 100, 0);
    held.put(0, 1, 0, 200, 10);
    held.put(0, 2, 0, 300, 20);
    held.put(0, 0, 0, 50, 30); // the first one again: now the newest, and smaller
    expect([held.count[0], held.bytes[0]]).toEqual([3, 550]);
    expect(held.expire(0, 20)).toBe(200); // used at 10; what was used at 20 is not before 20
    expect(held.bytesOf(1, 0)).toBe(-1);
    expect(held.bytesOf(0, 0)).toBe(50);
    expect(held.expire(0, 21)).toBe(300);
    expect([held.count[0], held.bytes[0]]).toEqual([1, 50]);
  });

  it('tell a later conversation in the same slot from the one before it', () => {
    const held = new HeldContexts(2, 1);
    held.put(0, 7, 1, 100, 0);
    held.put(1, 7, 2, 40, 5); // the slot was given to another one, on another instance
    expect(held.bytesOf(7, 1)).toBe(-1);
    expect(held.bytesOf(7, 2)).toBe(40);
    expect(held.expire(0, 100)).toBe(100); // and still goes in its time
    expect(held.bytesOf(7, 2)).toBe(40);
  });

  it('are lost by instance', () => {
    const held = new HeldContexts(2, 4);
    held.put(0, 0, 0, 1, 0);
    held.put(1, 1, 0, 2, 0);
    held.clear(0);
    expect([held.count[0], held.bytes[0], held.bytesOf(0, 0)]).toEqual([0, 0, -1]);
    expect([held.count[1], held.bytes[1], held.bytesOf(1, 0)]).toEqual([1, 2, 2]);
  });
});

describe('held conversations, at any use', () => {
  it('are those of a list that is searched from end to end', () => {
    const step = fc.record({
      subject: fc.nat(3000),
      bytes: fc.nat(1000),
      gapMs: fc.nat(50),
      forget: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const held = new HeldContexts(1, 10);
        const naive = new Map<number, { bytes: number; atMs: number }>();
        let now = 0;
        for (const { subject, bytes, gapMs, forget } of steps) {
          now += gapMs;
          held.put(0, subject, 0, bytes, now);
          naive.set(subject, { bytes, atMs: now });
          if (!forget) continue;
          let freed = 0;
          for (const [key, entry] of naive)
            if (entry.atMs < now - 100) {
              freed += entry.bytes;
              naive.delete(key);
            }
          expect(held.expire(0, now - 100)).toBe(freed);
        }
        expect(held.count[0]).toBe(naive.size);
        expect(held.bytes[0]).toBe([...naive.values()].reduce((sum, { bytes }) => sum + bytes, 0));
        for (const [subject, { bytes }] of naive) expect(held.bytesOf(subject, 0)).toBe(bytes);
      }),
    );
  });
});
