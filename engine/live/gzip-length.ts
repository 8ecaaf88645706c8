import type { Message } from '../latency/context/message.ts';

/** Characters that go to the compressor at once. */
const PIECE = 32_768;

/**
 * Bytes of a conversation under the platform's gzip, written as `written` does. It goes to the compressor in pieces and only the
 * length of what comes out is kept, so neither its text nor its compressed form is ever there as a whole.
 * @throws the signal's reason (as a rejection) when it aborts.
 */
export async function gzipLength(messages: readonly Message[], signal?: AbortSignal): Promise<number> {
  const { readable, writable } = new CompressionStream('gzip');
  const [counted] = await Promise.all([lengthOf(readable), write(messages, writable, signal)]);
  return counted;
}

async function write(
  messages: readonly Message[],
  writable: WritableStream<BufferSource>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  try {
    let piece = '[';
    for (const [i, message] of messages.entries()) {
      piece += `${i > 0 ? ',' : ''}${JSON.stringify(message)}`;
      if (piece.length < PIECE) continue;
      signal?.throwIfAborted();
      await writer.write(encoder.encode(piece));
      piece = '';
    }
    signal?.throwIfAborted();
    await writer.write(encoder.encode(`${piece}]`));
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
    throw error;
  }
}

async function lengthOf(readable: ReadableStream<Uint8Array>): Promise<number> {
  const reader = readable.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    bytes += value.length;
  }
}
