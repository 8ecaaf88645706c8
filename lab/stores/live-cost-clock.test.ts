import { describe, expect, it } from 'vitest';
import { SteppedClock } from './live-cost-clock.ts';

describe('the stepped clock', () => {
  it('runs what falls due in a step at its own time and in order, also what that asks for', async () => {
    const clock = new SteppedClock(() => 1000);
    const seen: [string, number][] = [];
    const see = (name: string) => () => seen.push([name, clock.nowMs()]);
    clock.set(500, see('b'));
    clock.set(200, () => {
      see('a')();
      clock.set(100, see('a, then'));
    });
    clock.set(2000, see('too late'))();
    const late = clock.set(5000, see('never'));
    await clock.step(1000);
    expect(seen).toEqual([
      ['a', 1200],
      ['a, then', 1300],
      ['b', 1500],
    ]);
    expect(clock.nowMs()).toBe(2000);
    expect(clock.steppedMs).toBe(1000);
    late();
  });

  it('lets promises settle between two times', async () => {
    const clock = new SteppedClock(() => 0);
    const seen: number[] = [];
    void (async () => {
      await clock.wait(10);
      seen.push(clock.nowMs());
      await clock.wait(10);
      seen.push(clock.nowMs());
    })();
    await clock.step(100);
    expect(seen).toEqual([10, 20]);
  });

  it('by itself it follows the wall clock, and its timers come', async () => {
    const clock = new SteppedClock(() => performance.now());
    await clock.step(60_000);
    const before = clock.nowMs();
    expect(before).toBeGreaterThanOrEqual(60_000);
    await clock.wait(5);
    expect(clock.nowMs()).toBeGreaterThanOrEqual(before + 5);
  });
});
