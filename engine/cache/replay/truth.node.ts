/** The shared truth file and its traces, beside the repository; tests that need them are skipped where they are absent. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDecoder } from './trace-formats.ts';
import type { Trace } from './trace.ts';
import { createGunzip } from 'node:zlib';

const folder = fileURLToPath(new URL('../../../../shared/truth/', import.meta.url));

export interface TruthTrace {
  file: string;
  requests: number;
  unique: number;
  /** Policy → capacity in entries → misses. */
  misses: Record<string, Record<string, number>>;
}

export interface Truth {
  traces: Record<string, TruthTrace>;
  published: Record<string, Record<string, Record<string, number[]>>>;
}

/** Null where the file is absent. */
export function readTruth(): Truth | null {
  const file = `${folder}hit-ratios.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Truth) : null;
}

export const hasTrace = (trace: TruthTrace): boolean => existsSync(folder + trace.file);

export async function readTruthTrace({ file }: TruthTrace): Promise<Trace> {
  const decoder = createDecoder('keys', { name: file });
  for await (const chunk of createReadStream(folder + file).pipe(createGunzip()))
    decoder.push(chunk as Uint8Array);
  return decoder.end();
}
