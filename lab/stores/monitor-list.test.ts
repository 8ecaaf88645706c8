import { describe, expect, it } from 'vitest';
import type { Recommendation } from '../../engine/tuning/recommend.ts';
import { followAdvice, LINGER_MS, type Advice } from './monitor-list.ts';

const one = (id: string, weight: number): Recommendation => ({
  ...{ id, weight, title: `Do ${id}`, why: '', lever: id, value: true },
  predicted: { figure: 'meanMs', now: 2, then: 1, by: '', with: '' },
});
const shown = (list: readonly Advice[]): string =>
  list.map(({ recommendation: { id }, goneSinceMs }) => (goneSinceMs === null ? id : `(${id})`)).join(' ');

describe('a list of advice that holds still', () => {
  const first = followAdvice([], [one('a', 9), one('b', 5)], 0, false);

  it('keeps places, whatever becomes of the weights, and takes over new figures', () => {
    const next = followAdvice(first, [one('b', 8), one('a', 2)], 100, false);
    expect(shown(next)).toBe('a b');
    expect(next[1].recommendation.weight).toBe(8);
  });

  it('puts what is new where its weight belongs, or last while somebody points at the list', () => {
    const with7 = [one('a', 9), one('c', 7), one('b', 5)];
    expect(shown(followAdvice(first, with7, 100, false))).toBe('a c b');
    expect(shown(followAdvice(first, with7, 100, true))).toBe('a b c');
  });

  it('leaves what is gone for a while, and for as long as somebody points at it', () => {
    const gone = followAdvice(first, [one('b', 5)], 1000, false);
    expect(shown(gone)).toBe('(a) b');
    expect(shown(followAdvice(gone, [one('b', 5)], 1000 + LINGER_MS - 1, false))).toBe('(a) b');
    expect(shown(followAdvice(gone, [one('b', 5)], 1000 + LINGER_MS, false))).toBe('b');
    expect(shown(followAdvice(gone, [one('b', 5)], 99_000, true))).toBe('(a) b');
  });

  it('takes back what comes again, in its old place', () => {
    const gone = followAdvice(first, [one('b', 5)], 1000, false);
    expect(shown(followAdvice(gone, [one('a', 9), one('b', 5)], 1500, false))).toBe('a b');
  });
});
