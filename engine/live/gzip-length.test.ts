import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { gzipBytes } from '../latency/context/deflate-size.ts';
import { written } from '../latency/context/message.ts';
import { sampleConversation } from '../latency/context/samples.ts';
import { gzipLength } from './gzip-length.ts';

it('is the length of the whole under gzip, though the whole is never there', async () => {
  for (const exchanges of [0, 1, 40]) {
    const messages = sampleConversation({ kind: 'support', exchanges, seed: 2 });
    const whole = gzipSync(written(messages)).length;
    const pieces = await gzipLength(messages);
    // Pieces end where a block of the compressor would not.
    expect(Math.abs(pieces - whole)).toBeLessThanOrEqual(0.02 * whole + 10);
    // The simulator's reckoning agrees with the real one.
    expect(Math.abs(gzipBytes(written(messages)) - pieces)).toBeLessThan(0.05 * pieces + 20);
  }
  expect(await gzipLength([])).toBe(gzipSync('[]').length);
});

it('stops when nobody wants it any more', async () => {
  const messages = sampleConversation({ kind: 'research', exchanges: 10, seed: 2 });
  await expect(gzipLength(messages, AbortSignal.abort('late'))).rejects.toBe('late');
});
