import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../core/random.ts';
import { refreshesEarly } from './early-refresh.ts';
import { jitteredTtlMs } from './ttl-jitter.ts';

describe('early refresh', () => {
  it('now − Δ·β·ln(U) >= expiry, by hand: Δ = 2 s, U = e⁻¹ reaches 2 s ahead', () => {
    const u = Math.exp(-1);
    expect(refreshesEarly(8000, 10_000, 2000, 1, u)).toBe(true);
    expect(refreshesEarly(7999, 10_000, 2000, 1, u)).toBe(false);
    expect(refreshesEarly(6000, 10_000, 2000, 2, u)).toBe(true);
    expect(refreshesEarly(9999, 10_000, 2000, 0, u)).toBe(false);
  });

  it.each([
    [100, 500, 1],
    [1000, 500, 1],
    [1000, 500, 3],
    [50, 2000, 0.5],
  ])('%s ms before expiry, Δ = %s ms, β = %s: with probability e^(−r/(Δβ))', (leftMs, loadMs, beta) => {
    const random = new RandomStream(1, 'early');
    const draws = 100_000;
    let early = 0;
    for (let i = 0; i < draws; i++) if (refreshesEarly(0, leftMs, loadMs, beta, random.uniform())) early++;
    const p = Math.exp(-leftMs / (loadMs * beta));
    expect(Math.abs(early / draws - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / draws));
  });
});

describe('jitter', () => {
  it('only shortens, by at most its share', () => {
    expect(jitteredTtlMs(1000, 0.2, 0)).toBe(1000);
    expect(jitteredTtlMs(1000, 0.2, 0.5)).toBe(900);
    expect(jitteredTtlMs(1000, 0.2, 1)).toBe(800);
    expect(jitteredTtlMs(1000, 0, 0.9)).toBe(1000);
    expect(jitteredTtlMs(Infinity, 0.2, 0.9)).toBe(Infinity);
  });
});
