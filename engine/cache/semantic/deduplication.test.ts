import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deduplicator } from './deduplication.ts';
import type { Scope } from './semantic-index.ts';

const here: Scope = { tenant: 'ada', context: 'c1' };
const numbered = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => `w${from + i}`).join(' ');

describe('deduplication', () => {
  it('keeps one copy of two texts with nine words of ten in common', () => {
    const copies = new Deduplicator();
    // 19 of 20 words in common: 19 / 21 = 0.905
    expect(copies.add(here, 'first', numbered(1, 20))).toEqual({
      canonical: 'first',
      similarity: 1,
      savedBytes: 0,
    });
    const placed = copies.add(here, 'second', numbered(2, 21));
    expect(placed.canonical).toBe('first');
    expect(placed.similarity).toBeCloseTo(19 / 21);
    expect(placed.savedBytes).toBe(numbered(2, 21).length);
    expect(copies.text(here, 'second')).toBe(numbered(1, 20));
    // 18 of 22
    expect(copies.add(here, 'third', numbered(3, 22)).canonical).toBe('third');
    expect(copies.stats()).toMatchObject({ responses: 3, copies: 2, savedBytes: placed.savedBytes });
  });

  it('counts letters of any script as bytes of UTF-8', () => {
    const copies = new Deduplicator();
    const text = 'naïve Straße 東京 🎉';
    copies.add(here, 'a', text);
    expect(copies.add(here, 'b', text).savedBytes).toBe(new TextEncoder().encode(text).length);
  });

  it('keeps a copy for as long as anyone stands for it', () => {
    const copies = new Deduplicator();
    copies.add(here, 'a', 'one two three');
    copies.add(here, 'b', 'Three, two: one!');
    expect(copies.remove(here, 'a')).toBe(true);
    expect(copies.text(here, 'b')).toBe('one two three');
    expect(copies.add(here, 'c', 'two one three').canonical).toBe('a');
    copies.remove(here, 'b');
    copies.remove(here, 'c');
    expect(copies.remove(here, 'c')).toBe(false);
    expect(copies.stats()).toEqual({ responses: 0, copies: 0, logicalBytes: 0, savedBytes: 0 });
  });

  it('takes texts without words for equal only when they are', () => {
    const copies = new Deduplicator();
    copies.add(here, 'a', '+');
    expect(copies.add(here, 'b', '-').canonical).toBe('b');
    expect(copies.add(here, 'c', '+').canonical).toBe('a');
    expect(copies.add(here, 'd', '').canonical).toBe('d');
    expect(copies.add(here, 'e', '').canonical).toBe('d');
  });

  it('never looks into another tenant or context', () => {
    const copies = new Deduplicator();
    copies.add(here, 'a', 'one two three');
    for (const scope of [
      { ...here, tenant: 'bob' },
      { ...here, context: 'c2' },
    ]) {
      expect(copies.add(scope, 'b', 'one two three').canonical).toBe('b');
      expect(copies.text(scope, 'a')).toBe(undefined);
    }
    expect(copies.stats(here).responses).toBe(1);
    expect(copies.stats()).toMatchObject({ responses: 3, copies: 3 });
  });

  it('does what comparing with every copy would do', () => {
    const words = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']);
    const jaccard = (a: string, b: string): number => {
      const [x, y] = [words(a), words(b)];
      const common = [...x].filter((word) => y.has(word)).length;
      return common / (x.size + y.size - common);
    };
    const text = fc
      .tuple(
        fc.subarray(numbered(1, 12).split(' '), { minLength: 8 }),
        fc.constantFrom('', 'the', 'extraordinary'),
      )
      .map(([some, more]) => [...some, more].join(' '));
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 25 }),
        fc.constantFrom(0.5, 0.75, 0.8, 0.9, 1),
        (texts, threshold) => {
          const copies = new Deduplicator({ threshold });
          const kept: { key: string; text: string }[] = [];
          texts.forEach((response, i) => {
            const best = kept
              .map((copy) => ({ ...copy, similarity: jaccard(copy.text, response) }))
              .filter(({ similarity }) => similarity >= threshold)
              .reduce((a, b) => (b.similarity > a.similarity ? b : a), {
                key: `${i}`,
                text: '',
                similarity: 0,
              });
            const placed = copies.add(here, `${i}`, response);
            if (best.similarity === 0) kept.push({ key: `${i}`, text: response });
            expect(placed.similarity).toBe(best.similarity || 1);
            if (best.similarity > 0)
              expect(jaccard(kept.find(({ key }) => key === placed.canonical)!.text, response)).toBe(
                best.similarity,
              );
          });
          expect(copies.stats()).toMatchObject({ responses: texts.length, copies: kept.length });
        },
      ),
    );
  });

  it('refuses a threshold that means nothing', () => {
    expect(() => new Deduplicator({ threshold: 0 })).toThrow('above 0 and up to 1, got 0');
    expect(() => new Deduplicator({ threshold: NaN })).toThrow();
  });
});
