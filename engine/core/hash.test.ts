import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContentHash } from './hash.ts';

const hash = (feed: (h: ContentHash) => void): string => {
  const h = new ContentHash();
  feed(h);
  return h.digest();
};

describe('ContentHash', () => {
  it('gives the digests it always gave', () => {
    expect(hash(() => undefined)).toBe('92ca2f0ecb72770f');
    expect(
      hash((h) => {
        h.text('surge');
        h.doubles([0.1, NaN, -0]);
      }),
    ).toBe('d1f726c3913acf4c');
  });

  it('tells parts from each other, whatever their borders', () => {
    const digests = [
      hash((h) => h.text('ab')),
      hash((h) => (h.text('a'), h.text('b'))),
      hash((h) => (h.text(''), h.text('ab'))),
      hash((h) => h.doubles([1, 2])),
      hash((h) => (h.doubles([1]), h.doubles([2]))),
      hash((h) => h.doubles([2, 1])),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('sees the last bit of a double, but takes all NaN for one and −0 for 0', () => {
    expect(hash((h) => h.doubles([1]))).not.toBe(hash((h) => h.doubles([1 + Number.EPSILON])));
    expect(hash((h) => h.doubles([-0]))).toBe(hash((h) => h.doubles([0])));
    const other = new Float64Array(new BigUint64Array([0xfff8000000000123n]).buffer);
    expect(hash((h) => h.doubles(other))).toBe(hash((h) => h.doubles([NaN])));
  });

  it('has sixteen hexadecimal digits, equal for equal input and no other', () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(fc.string(), (text) => {
        const digest = hash((h) => h.text(text));
        expect(digest).toMatch(/^[0-9a-f]{16}$/);
        expect(seen.get(digest) ?? text).toBe(text);
        seen.set(digest, text);
      }),
      { numRuns: 2000 },
    );
  });
});
