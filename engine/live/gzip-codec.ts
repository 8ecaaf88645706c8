import type { TextCodec } from '../cache/compression.ts';

/** The platform's gzip, as base64 text. Browsers, workers and Node 18 have it. */
export const gzipCodec: TextCodec = {
  name: 'gzip',
  async compress(text) {
    return toBase64(await through(new TextEncoder().encode(text), new CompressionStream('gzip')));
  },
  async decompress(text) {
    const bytes = await through(fromBase64(text), new DecompressionStream('gzip'));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  },
};

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const result = new Response(new Blob([bytes]).stream().pipeThrough(stream));
  return new Uint8Array(await result.arrayBuffer());
}

/** In pieces, since a call takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
