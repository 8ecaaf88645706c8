import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gzipBytes } from './deflate-size.ts';
import { written } from './message.ts';
import { sampleConversation, SAMPLE_KINDS } from './samples.ts';

const real = (text: string): number => gzipSync(text).length;

describe('the length of a text under gzip, without zlib', () => {
  it('is that of an empty file for no text: header, three bits and the end of the block, check sum', () => {
    expect(gzipBytes('')).toBe(20);
    expect(real('')).toBe(20);
  });

  it('by hand: one letter takes 8 bits of the fixed code, beside the 10 of an empty block', () => {
    expect(gzipBytes('a')).toBe(18 + Math.ceil((3 + 8 + 7) / 8));
  });

  it('by hand: a repeat takes one letter and one match', () => {
    // 3 + 8 (a) + 8 (length 258, fixed code) + 5 (distance 1) + 7 (end) = 31 bits.
    expect(gzipBytes('a'.repeat(259))).toBe(18 + 4);
  });

  it.each(SAMPLE_KINDS)('is zlib’s, to within 3 %, for conversations of %s', (kind) => {
    for (const exchanges of [1, 5, 12]) {
      const text = written(sampleConversation({ kind, exchanges, seed: 9 }));
      expect(Math.abs(gzipBytes(text) / real(text) - 1)).toBeLessThan(0.03);
    }
  });

  it('is zlib’s for what hardly compresses, repeats endlessly, or lies beyond the window', () => {
    const noise = Array.from({ length: 60_000 }, (_, i) =>
      String.fromCharCode(33 + ((Math.imul(i, 0x9e3779b1) >>> 9) % 90)),
    ).join('');
    for (const text of [noise, 'x'.repeat(100_000), noise.slice(0, 40_000) + noise.slice(0, 40_000)])
      expect(Math.abs(gzipBytes(text) / real(text) - 1)).toBeLessThan(0.04);
  });

  it('is within a few bytes or 3 % of zlib’s for any text', () => {
    const word = fc.constantFrom('order', 'parcel', 'refund', 'the', 'ä', '字', '{"a":1}', '\n', '  ', '🙂');
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 6 })), { maxLength: 400 }), (words) => {
        const text = words.join(' ');
        expect(Math.abs(gzipBytes(text) - real(text))).toBeLessThan(6 + 0.03 * real(text));
      }),
    );
  });
});
