import * as v from 'valibot';
import { parse } from '../../core/schema.ts';
import { deduplicate, type Repeat } from './deduplicate.ts';
import { contextBytes, utf8Bytes, written, type Message } from './message.ts';
import { foldTables, minifyJson } from './tables.ts';

export const compactSchema = v.strictObject({
  /** Equal messages are kept once. */
  repeats: v.optional(v.boolean(), true),
  /** So are those that share this part of their words. Null: only equal ones. */
  nearFrom: v.optional(
    v.nullable(
      v.pipe(v.number(), v.minValue(0.5, 'a share from 0.5 to 1'), v.maxValue(1, 'a share from 0.5 to 1')),
    ),
    0.9,
  ),
  leastWords: v.optional(
    v.pipe(v.number(), v.integer('a whole number'), v.minValue(1, 'a whole number of 1 or more')),
    5,
  ),
  /** Tool results that are JSON lose their indentation. */
  minify: v.optional(v.boolean(), true),
  /** And lists of like objects become tables. */
  tables: v.optional(v.boolean(), true),
});

export type CompactSettings = v.InferOutput<typeof compactSchema>;

/** Checked settings with defaults. @throws InputError naming the first that is wrong. */
export function compactSettings(input: unknown = {}): CompactSettings {
  return parse(compactSchema, input, 'compaction', Object.keys(compactSchema.entries));
}

/** One step of making a conversation smaller, measured in bytes of its written form. */
export interface Part {
  readonly name: 'repeats' | 'near repeats' | 'indentation' | 'tables' | 'pruning' | 'compression';
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** What was there can be had again. */
  readonly lossless: boolean;
}

export interface Compacted {
  messages: Message[];
  parts: Part[];
  repeats: Repeat[];
}

/** Says the same in fewer bytes. Every part is measured on what the parts before it have left. */
export function compact(messages: readonly Message[], settings: CompactSettings): Compacted {
  const { leastWords, nearFrom } = settings;
  const parts: Part[] = [];
  const repeats: Repeat[] = [];
  let now = [...messages];
  const measure = (name: Part['name'], lossless: boolean, next: Message[]): void => {
    parts.push({ name, bytesBefore: contextBytes(now), bytesAfter: contextBytes(next), lossless });
    now = next;
  };
  const fold = (name: Part['name'], nearFrom: number): void => {
    const result = deduplicate(now, { nearFrom, leastWords });
    repeats.push(...result.repeats);
    measure(name, nearFrom > 1, result.messages);
  };
  if (settings.repeats) fold('repeats', 2);
  if (settings.repeats && nearFrom !== null) fold('near repeats', nearFrom);
  if (settings.minify) measure('indentation', true, rewriteResults(now, minifyJson));
  if (settings.tables) measure('tables', true, rewriteResults(now, foldTables));
  return { messages: now, parts, repeats };
}

function rewriteResults(
  messages: readonly Message[],
  rewrite: (text: string) => string | undefined,
): Message[] {
  return messages.map((message) => {
    const text = message.role === 'tool' ? rewrite(message.text) : undefined;
    return text !== undefined && text.length < message.text.length ? { ...message, text } : message;
  });
}

/** Text to bytes, such as gzip or deflate of the platform; `gzipBytes` where the length alone is wanted. */
export type Compress = (text: string) => { readonly length: number };

/** Compresses a conversation at rest. It has to be taken out again before it is sent. One that would grow stays as it is. */
export function compressed(messages: readonly Message[], compress: Compress): Part {
  const text = written(messages);
  const bytesBefore = utf8Bytes(text);
  const bytesAfter = Math.min(bytesBefore, compress(text).length);
  return { name: 'compression', bytesBefore, bytesAfter, lossless: true };
}
