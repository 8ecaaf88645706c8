import { describe, expect, it } from 'vitest';
import { cosine } from './relevance.ts';
import { wordVector } from './word-vector.ts';

const alike = (a: string, b: string): number => cosine(wordVector(a), wordVector(b));

describe('words as a vector', () => {
  it('points the same way for the same words, whatever their order and case', () => {
    expect(alike('Where is my parcel?', 'my PARCEL, where is')).toBeCloseTo(1, 6);
    expect(alike('parcel', 'parcel parcel')).toBeCloseTo(1, 6);
  });

  it('points elsewhere for other words, and half-way for half of them', () => {
    expect(Math.abs(alike('where is my parcel', 'quarterly revenue grew again'))).toBeLessThan(0.3);
    expect(alike('blue parcel', 'blue invoice')).toBeCloseTo(0.5, 6);
  });

  it('is nowhere for a text without words', () => {
    expect(alike('?!', 'parcel')).toBe(0);
    expect(wordVector('').every((n) => n === 0)).toBe(true);
  });
});
