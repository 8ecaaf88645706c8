import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gzipCodec } from '../live/gzip-codec.ts';
import { isPacked, pack, sizeInBytes, unpack, utf8Length } from './compression.ts';

describe('compression', () => {
  it('packs what gets shorter, leaves the rest', async () => {
    const long = { text: 'the same words again and again, '.repeat(50) };
    const packed = await pack(long, gzipCodec);
    expect(isPacked(packed)).toBe(true);
    expect(sizeInBytes('', packed)).toBeLessThan(sizeInBytes('', long) / 5);
    expect(await unpack(packed, gzipCodec, 'l1')).toEqual(long);
    expect(await pack({ short: 1 }, gzipCodec)).toEqual({ short: 1 });
  });

  it('gives back what JSON carries, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const json = JSON.parse(JSON.stringify(value)) as unknown;
        for (const wrapped of [json, new Array(20).fill(json)])
          expect(await unpack(await pack(wrapped, gzipCodec), gzipCodec, 'l1')).toEqual(wrapped);
      }),
      { numRuns: 50 },
    );
  });

  it('leaves values alone that JSON does not carry, and one that only looks packed comes back as it was', async () => {
    expect(await pack(undefined, gzipCodec)).toBeUndefined();
    expect(await pack(10n, gzipCodec)).toBe(10n);
    const impostor = { packed: 'gzip', text: 'x', plainBytes: 1 };
    expect(await unpack(await pack(impostor, gzipCodec), gzipCodec, 'l1')).toEqual(impostor);
  });

  it('a packed value that cannot be read is corrupt, not a crash', async () => {
    const packed = { packed: 'gzip', text: 'H4sIAAAA', plainBytes: 100 };
    await expect(unpack(packed, gzipCodec, 'l2')).rejects.toMatchObject({
      name: 'TierError',
      reason: 'corrupt',
    });
    await expect(unpack({ ...packed, packed: 'zip' }, gzipCodec, 'l2')).rejects.toMatchObject({
      reason: 'corrupt',
    });
  });

  it('counts bytes as UTF-8 does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
    expect(utf8Length('\ud800x')).toBe(4);
  });
});
