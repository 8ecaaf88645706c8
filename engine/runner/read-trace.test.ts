import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { chunksOf, readTrace, type ReadTrace } from './read-trace.ts';

const text = Array.from({ length: 20_000 }, (_, i) => `key ${(i * i) % 977}`).join('\n');

/** Reads content that comes in chunks of so many bytes. */
function read(name: string, content: Uint8Array, chunkBytes = 1000, seen: number[] = []): Promise<ReadTrace> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < content.length; from += chunkBytes)
      yield Promise.resolve(content.subarray(from, from + chunkBytes));
  }
  return readTrace(
    { name, sizeBytes: content.length, chunks: chunks() },
    { format: null, onProgress: (done) => seen.push(done) },
  );
}

const plain = new TextEncoder().encode(text);
const packed = gzipSync(plain);

describe('reading a file', () => {
  test('gzip is told by its content', async () => {
    const expected = await read('a.txt', plain);
    expect(expected).toMatchObject({ format: 'keys', trace: { requests: 20_000 } });
    expect(await read('a.txt.gz', packed)).toEqual(expected);
    expect(await read('a.txt', packed, 1)).toEqual(expected);
    // Two packed files one after the other are one file.
    const twice = Uint8Array.from([...gzipSync(`${text}\n`), ...gzipSync(text)]);
    expect((await read('a.txt.gz', twice)).trace.requests).toBe(40_000);
  });

  test('the name within .gz tells the format', async () => {
    const lis = gzipSync('10 3 0 0\n');
    expect(await read('OLTP.lis.gz', lis)).toMatchObject({ format: 'arc', trace: { requests: 3 } });
  });

  test('progress goes to 1', async () => {
    const seen: number[] = [];
    await read('a.txt', plain, 50_000, seen);
    expect(seen.length).toBe(Math.ceil(plain.length / 50_000));
    expect(seen.at(-1)).toBe(1);
  });

  test.each([
    ['cut off', packed.subarray(0, packed.length - 9)],
    ['damaged', packed.map((byte, i) => (i === 500 ? byte ^ 255 : byte))],
    ['only a beginning', packed.subarray(0, 2)],
  ])('a gzip file that is %s', async (_, content) => {
    await expect(read('a.gz', content)).rejects.toThrow(/^a\.gz: expected a file that gzip can unpack, got /);
  });

  test('a malformed line within gzip is named', async () => {
    await expect(read('a.txt.gz', gzipSync('1\n\n2\n'))).rejects.toThrow('a.txt, line 2');
  });

  test('an error of the disk is passed on as it is', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield packed.subarray(0, 100);
      await Promise.resolve();
      throw Object.assign(new Error('the disk'), { code: 'EIO' });
    }
    const file = { name: 'a.gz', sizeBytes: 10, chunks: broken() };
    await expect(readTrace(file, { format: null })).rejects.toThrow('the disk');
  });

  test('a signal stops it', async () => {
    const file = { name: 'a', sizeBytes: 10, chunks: chunksOf(new Blob([plain])) };
    await expect(readTrace(file, { format: null, signal: { aborted: true } })).rejects.toThrow('stopped');
  });

  test('a dropped file', async () => {
    const blob = new Blob([packed]);
    const file = { name: 'a.gz', sizeBytes: blob.size, chunks: chunksOf(blob) };
    expect(await readTrace(file, { format: null })).toEqual(await read('a.txt', plain));
  });
});
