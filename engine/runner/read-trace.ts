import { InputError } from '../core/errors.ts';
import type { CsvColumns } from '../cache/replay/formats/format.ts';
import { createDecoder, type FormatName } from '../cache/replay/trace-formats.ts';
import type { Trace } from '../cache/replay/trace.ts';

export interface TraceFile {
  /** For messages, and for telling the format by its ending. */
  name: string;
  sizeBytes: number;
  chunks: AsyncIterable<Uint8Array>;
}

export interface ReadOptions {
  /** Null: told from name and content. */
  format: FormatName | null;
  columns?: CsvColumns;
  /** Share of the file that was read, 0 to 1. */
  onProgress?: (done: number) => void;
  signal?: { readonly aborted: boolean };
}

export interface ReadTrace {
  trace: Trace;
  format: FormatName;
}

/**
 * Reads a trace, packed by gzip or not, in Node and in a browser.
 * @throws InputError naming the line or record that is malformed, or an `Error` when `signal` said to stop.
 */
export async function readTrace(file: TraceFile, options: ReadOptions): Promise<ReadTrace> {
  const { name } = file;
  const counted = progress(file, options);
  const first = await firstBytes(counted);
  const packed = first.bytes[0] === 0x1f && first.bytes[1] === 0x8b;
  const decoder = createDecoder(options.format, {
    name: name.replace(/\.gz$/i, ''),
    columns: options.columns,
  });
  const whole = joined(first.bytes, first.rest);
  for await (const chunk of packed ? gunzipped(name, whole) : whole) decoder.push(chunk);
  const trace = decoder.end();
  return { trace, format: decoder.format as FormatName };
}

/** The chunks of a browser's file. */
export async function* chunksOf(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

async function* progress(file: TraceFile, { onProgress, signal }: ReadOptions): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of file.chunks) {
    if (signal?.aborted === true) throw new Error('stopped');
    yield chunk;
    read += chunk.length;
    onProgress?.(file.sizeBytes > 0 ? Math.min(1, read / file.sizeBytes) : 1);
  }
}

interface Begun {
  bytes: Uint8Array;
  rest: AsyncGenerator<Uint8Array>;
}

/** At least the two bytes that tell gzip, where there are so many. */
async function firstBytes(chunks: AsyncGenerator<Uint8Array>): Promise<Begun> {
  let bytes = new Uint8Array(0);
  while (bytes.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    const longer = new Uint8Array(bytes.length + next.value.length);
    longer.set(bytes);
    longer.set(next.value, bytes.length);
    bytes = longer;
  }
  return { bytes, rest: chunks };
}

async function* joined(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* rest;
}

async function* gunzipped(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  let sourceError: unknown;
  const pump = (async () => {
    try {
      for await (const chunk of chunks) await writer.write(chunk as Uint8Array<ArrayBuffer>);
    } catch (error) {
      sourceError = error;
      await writer.abort(error).catch(() => undefined);
      return;
    }
    await writer.close();
  })();
  pump.catch(() => undefined); // the reader meets the same error
  const reader = stream.readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        if (sourceError !== undefined && !isUnpacking(sourceError)) throw sourceError;
        throw new InputError(
          name,
          'a file that gzip can unpack',
          error instanceof Error ? error.message : String(error),
          'It is damaged or cut off; fetch it anew.',
        );
      });
      if (done) break;
      yield value;
    }
    await pump;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** An error of the unpacking itself, which a write can be the first to meet. */
const isUnpacking = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'));
