import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerPeakBytes, BYTES_PER_MB as MB, memorySettings, ProcessMemory } from './memory-model.ts';

const memory = (settings: object = {}): ProcessMemory => new ProcessMemory(memorySettings(settings));
/** A heap of 100 MB, collected at 80; 1 ms a live MB and 10 ms, on a core of its own. */
const small = (settings: object = {}): ProcessMemory =>
  memory({ heapMb: 100, markMsPerMb: 1, coreShare: 1, ...settings });

describe('memory of a process, by hand', () => {
  it('has the figures of the module', () => {
    expect(memorySettings()).toMatchObject({ heapMb: 2048, collectAt: 0.8 });
  });

  it('stands still for 12 s when 94 % of 2048 MB are live, and for a quarter of that after 75 % less', () => {
    const m = memory();
    m.hold(0.94 * 2048 * MB, 0);
    expect(m.nextPauseMs).toBeCloseTo((10 + 1.2 * 1925.12) / 0.2, 6);
    expect(m.nextPauseMs).toBeGreaterThan(11_500);
    expect(m.nextPauseMs).toBeLessThan(12_000);
    m.free(0.75 * 0.94 * 2048 * MB);
    expect(m.nextPauseMs).toBeCloseTo((10 + 1.2 * 481.28) / 0.2, 6);
  });

  it('collects when the threshold is passed, and gives all garbage back', () => {
    const m = small();
    expect(m.hold(30 * MB, 0)).toBe(0);
    expect(m.allocate(50 * MB, 0)).toBe(0); // 80 MB: at the threshold, not above it
    expect(m.share).toBe(0.8);
    expect(m.bytesToNextCollection).toBe(0);
    expect(m.allocate(1 * MB, 1000)).toBe(40); // 10 + 30
    expect(m.garbageBytes).toBe(1 * MB);
    expect(m.share).toBeCloseTo(0.31, 12);
    expect(m.stats).toMatchObject({ collections: 1, pausedMs: 40, longestPauseMs: 40, freedBytes: 50 * MB });
  });

  it('collects by new settings once it is told of them', () => {
    const settings = memorySettings({ heapMb: 100, markMsPerMb: 1, coreShare: 1 });
    const m = new ProcessMemory(settings);
    m.allocate(50 * MB, 0);
    settings.collectAt = 0.4;
    m.retune();
    expect(m.bytesToNextCollection).toBe(0);
    expect(m.allocate(1, 0)).toBe(10);
    settings.heapMb = 200;
    m.retune();
    // Half of 200 MB, as 80 would be less than half of what is free.
    expect(m.bytesToNextCollection).toBe(100 * MB - 1);
  });

  it('lets everything wait for the end of a pause', () => {
    const m = small();
    m.hold(30 * MB, 0);
    m.allocate(50 * MB, 0);
    m.allocate(1 * MB, 1000); // until 1040
    expect(m.allocate(1, 1015)).toBe(25);
    expect(m.hold(1, 1040)).toBe(0);
    // A second collection begun during a pause comes after it.
    m.collect(2000);
    expect(m.allocate(60 * MB, 2010)).toBeCloseTo(30 + 40, 3);
    expect(m.hold(0, 2060)).toBeCloseTo(20 + 40, 3); // until 2080, and 90 MB are above the threshold
  });

  it('frees held bytes only with the next collection', () => {
    const m = small();
    m.hold(40 * MB, 0);
    m.free(30 * MB);
    expect(m.share).toBe(0.4);
    expect(m.liveShare).toBe(0.1);
    m.collect(0);
    expect(m.share).toBe(0.1);
  });

  it('holds less of an answer that is streamed', () => {
    expect(answerPeakBytes(10 * MB, { streamed: false })).toBe(10 * MB);
    expect(answerPeakBytes(10 * MB, { streamed: true, chunkBytes: 4096, chunksInFlight: 2 })).toBe(8192);
    expect(answerPeakBytes(100, { streamed: true, chunkBytes: 4096, chunksInFlight: 2 })).toBe(100);
  });
});

describe('failure modes of memory', () => {
  /** Collections and time paused while 300 MB of garbage pass through, a tenth of a MB at a time. */
  const load = (liveMb: number) => {
    const m = small();
    m.hold(liveMb * MB, 0);
    let now = 0;
    for (let i = 0; i < 3000; i++) now += 10 + m.allocate(0.1 * MB, now);
    return { ...m.stats, share: m.stats.pausedMs / now };
  };

  it('thrashes when live data fills the heap: longer collections, and ever more of them', () => {
    const [low, high, full] = [load(25), load(79), load(96)];
    expect(low.collections).toBe(5); // every 55 MB
    expect(high.collections).toBeGreaterThan(4 * low.collections);
    expect(full.collections).toBeGreaterThan(5 * high.collections);
    expect(low.share).toBeLessThan(0.01);
    expect(full.share).toBeGreaterThan(0.3);
  });

  it('after 75 % less live data, has pauses of a quarter that come rarely', () => {
    const [before, after] = [load(94), load(94 / 4)];
    expect(after.longestPauseMs / before.longestPauseMs).toBeCloseTo((10 + 23.5) / (10 + 94), 6);
    expect(after.collections).toBeLessThan(before.collections / 10);
  });

  it('runs out of memory when something does not fit even after a collection', () => {
    const m = small();
    m.hold(90 * MB, 0);
    expect(m.hold(11 * MB, 1000)).toBeGreaterThan(0);
    expect(m.outOfMemory).toBe(true);
    expect(m.liveBytes).toBe(90 * MB);
    expect(() => m.allocate(1, 2000)).toThrow('memory: expected a running process');
    m.restart();
    expect(m.allocate(1, 2000)).toBe(0);
    expect(m.stats.outOfMemory).toBe(1);
  });

  it('refuses bytes that are none, and freeing what is not held', () => {
    const m = small();
    expect(() => m.hold(-1, 0)).toThrow('bytes: expected a number of 0 or more, got -1.');
    expect(() => m.allocate(NaN, 0)).toThrow('bytes');
    expect(() => m.free(1)).toThrow('bytes: expected a number from 0 to the 0 held, got 1.');
    expect(() => memorySettings({ collectAt: 1.2 })).toThrow('a share above 0, up to 1');
    expect(() => memorySettings({ heapMB: 5 })).toThrow('Did you mean "heapMb"?');
  });
});

describe('memory under any load', () => {
  it('stays within the heap, pauses only above the threshold, and loses no byte', () => {
    const step = fc.record({
      action: fc.constantFrom('allocate', 'hold', 'free'),
      mb: fc.double({ min: 0, max: 40, noNaN: true }),
      gapMs: fc.integer({ min: 0, max: 200 }),
    });
    const law = {
      collectAt: fc.double({ min: 0.1, max: 1, noNaN: true }),
      stepShare: fc.constantFrom(0.1, 0.5, 1),
    };
    fc.assert(
      fc.property(fc.record(law), fc.array(step, { maxLength: 100 }), (settings, steps) => {
        const m = small(settings);
        let now = 0;
        for (const { action, mb, gapMs } of steps) {
          now += gapMs;
          if (m.outOfMemory) m.restart();
          const [share, freed, live] = [m.share, m.stats.freedBytes, m.liveBytes];
          const bytes = action === 'free' ? Math.min(mb * MB, live) : mb * MB;
          if (action === 'free') m.free(bytes);
          else {
            const before = m.stats.collections;
            const pauseMs = action === 'hold' ? m.hold(bytes, now) : m.allocate(bytes, now);
            if (share + bytes / (100 * MB) < settings.collectAt) expect(m.stats.collections).toBe(before);
            if (m.stats.collections > before) expect(pauseMs).toBeGreaterThanOrEqual(10 + live / MB - 1e-6);
            now += pauseMs;
          }
          expect(m.share).toBeLessThanOrEqual(1 + 1e-12);
          expect(m.liveBytes).toBeGreaterThanOrEqual(0);
          if (m.outOfMemory) continue;
          const added = action === 'free' ? 0 : bytes;
          const taken = m.share * 100 * MB + (m.stats.freedBytes - freed);
          expect(Math.abs(taken - share * 100 * MB - added)).toBeLessThan(1);
        }
      }),
    );
  });
});
