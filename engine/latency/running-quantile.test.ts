import { describe, expect, it } from 'vitest';
import { RandomStream } from '../core/random.ts';
import { RunningQuantile } from './running-quantile.ts';

describe('RunningQuantile', () => {
  it('has none before it has enough samples, then the one asked for', () => {
    const p90 = new RunningQuantile(0.9, 1000, 10);
    for (let i = 1; i <= 9; i++) p90.add(i * 100, i);
    expect(p90.quantile(10)).toBeNaN();
    p90.add(1000, 10);
    expect(p90.quantile(10) / 900).toBeCloseTo(1, 1);
  });

  it('forgets within its window, and all of it after a pause', () => {
    const p50 = new RunningQuantile(0.5, 1000, 5);
    for (let i = 0; i < 100; i++) p50.add(10, i);
    for (let i = 0; i < 20; i++) p50.add(50, 600 + i);
    expect(p50.quantile(700) / 10).toBeCloseTo(1, 1);
    expect(p50.quantile(1000) / 50).toBeCloseTo(1, 1);
    expect(p50.quantile(1500)).toBeNaN();
    for (let i = 0; i < 100; i++) p50.add(10, 2000 + i);
    expect(p50.quantile(9000)).toBeNaN();
  });

  it('follows within 2 % what it is fed', () => {
    const random = new RandomStream(1, 'values');
    const p95 = new RunningQuantile(0.95, 1e9, 100);
    for (let i = 0; i < 50_000; i++) p95.add(1000 * random.uniform(), i);
    expect(Math.abs(p95.quantile(50_000) / 950 - 1)).toBeLessThan(0.02);
  });
});
