import { describe, expect, it } from 'vitest';
import { PlacedStream, RandomStream } from './random.ts';

const first = (seed: number, purpose: string, n: number): number[] => {
  const stream = new RandomStream(seed, purpose);
  return Array.from({ length: n }, () => stream.uint32());
};

/** Pearson's statistic of counts that should be equal. */
const chiSquare = (counts: ArrayLike<number>): number => {
  const list = Array.from(counts);
  const expected = list.reduce((a, b) => a + b, 0) / list.length;
  return list.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
};
/** Upper 0.01 % point of chi-square for many degrees of freedom (Wilson and Hilferty). */
const limit = (degrees: number): number =>
  degrees * (1 - 2 / (9 * degrees) + 3.719 * Math.sqrt(2 / (9 * degrees))) ** 3;

describe('RandomStream', () => {
  it('gives the numbers it always gave: every fingerprint hangs on them', () => {
    expect(first(1, 'arrivals', 4)).toEqual([2042978469, 931008999, 4280164951, 540574599]);
    expect(first(2, 'arrivals', 4)).toEqual([3269792294, 3503201029, 3097811959, 704052051]);
    expect(first(1, 'service:pool', 4)).toEqual([2419876434, 1183439771, 2619204718, 359150479]);
    expect(first(0, '', 4)).toEqual([2387653340, 939339902, 2348937240, 1027539279]);
  });

  it('is another stream for another purpose, another seed, and a seed beyond 32 bits', () => {
    const streams = [
      first(1, 'arrivals', 8),
      first(1, 'arrivals:thinning', 8),
      first(1, 'arrival', 8),
      first(2, 'arrivals', 8),
      first(1 + 2 ** 32, 'arrivals', 8),
      first(Number.MAX_SAFE_INTEGER, 'arrivals', 8),
    ];
    expect(new Set(streams.map(String)).size).toBe(streams.length);
  });

  it('is uniform in its high and its low bits', () => {
    const stream = new RandomStream(3, 'uniformity');
    const high = new Float64Array(1024);
    const low = new Float64Array(1024);
    for (let i = 0; i < 1_000_000; i++) {
      const x = stream.uint32();
      high[x >>> 22]!++;
      low[x & 1023]!++;
    }
    expect(chiSquare(high)).toBeLessThan(limit(1023));
    expect(chiSquare(low)).toBeLessThan(limit(1023));
  });

  it('has no relation between successive numbers, nor between the streams of two purposes or seeds', () => {
    const pairs: [() => number, () => number][] = [];
    const one = new RandomStream(1, 'a');
    pairs.push([() => one.uniform(), () => one.uniform()]);
    const [a, b] = [new RandomStream(1, 'service:pool'), new RandomStream(1, 'service:redis')];
    pairs.push([() => a.uniform(), () => b.uniform()]);
    const [c, d] = [new RandomStream(1, 'arrivals'), new RandomStream(2, 'arrivals')];
    pairs.push([() => c.uniform(), () => d.uniform()]);
    for (const [x, y] of pairs) {
      const cells = new Float64Array(32 * 32);
      for (let i = 0; i < 500_000; i++) cells[Math.floor(x() * 32) * 32 + Math.floor(y() * 32)]!++;
      expect(chiSquare(cells)).toBeLessThan(limit(1023));
    }
  });

  it('has first numbers of successive seeds that are uniform, too', () => {
    const cells = new Float64Array(64);
    for (let seed = 0; seed < 64_000; seed++) cells[new RandomStream(seed, 'arrivals').uint32() >>> 26]!++;
    expect(chiSquare(cells)).toBeLessThan(limit(63));
  });

  it('keeps uniform() within the open interval and below() within its bound', () => {
    const stream = new RandomStream(5, 'range');
    const drawn = Array.from({ length: 100_000 }, () => stream.uniform());
    expect(drawn.every((u) => u > 0 && u < 1)).toBe(true);
    const counts = new Float64Array(7);
    for (let i = 0; i < 70_000; i++) counts[stream.below(7)]!++;
    expect(counts).toHaveLength(7);
    expect(chiSquare(counts)).toBeLessThan(27.9); // 6 degrees of freedom, 0.01 %
    expect(stream.below(1)).toBe(0);
  });
});

describe('numbers by place', () => {
  it('are the same whenever the place is come to', () => {
    const stream = new PlacedStream(7, 'test');
    const first = [stream.at(3, 1).uint32(), stream.uint32(), stream.at(4, 1).uint32()];
    const again = new PlacedStream(7, 'test');
    again.at(99, 5).uint32();
    expect([again.at(3, 1).uint32(), again.uint32(), again.at(4, 1).uint32()]).toEqual(first);
    expect(new Set(first).size).toBe(3);
    expect(new PlacedStream(8, 'test').at(3, 1).uint32()).not.toBe(first[0]);
  });

  it('are uniform over neighbouring places, and places do not depend on each other', () => {
    const stream = new PlacedStream(1, 'test');
    const cells = new Float64Array(256);
    let product = 0;
    let before = 0.5;
    const n = 200_000;
    for (let subject = 0; subject < n / 4; subject++)
      for (let step = 0; step < 4; step++) {
        const u = stream.at(subject, step).uniform();
        cells[Math.floor(u * 256)]!++;
        product += (u - 0.5) * (before - 0.5);
        before = u;
      }
    const chi2 = cells.reduce((sum, count) => sum + (count - n / 256) ** 2 / (n / 256), 0);
    expect(chi2).toBeLessThan(350); // 255 degrees of freedom: 99.99 % below 347
    expect(Math.abs(product / n) * 12).toBeLessThan(0.01); // correlation of neighbours
  });
});

it('draws many numbers at once as it draws them one by one', () => {
  const [some, one] = [new RandomStream(3, 'many'), new RandomStream(3, 'many')];
  for (const length of [7, 0, 1, 300]) {
    const block = new Float64Array(length);
    some.uniforms(block);
    expect([...block]).toEqual(Array.from({ length }, () => one.uniform()));
  }
  expect(some.uint32()).toBe(one.uint32());
});
