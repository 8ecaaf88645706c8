import * as v from 'valibot';
import { parse } from '../../core/schema.ts';
import { deduplicateSteps, type Repeat } from './deduplicate.ts';
import { contextBytes, messageBytes, utf8Bytes, written, type Message } from './message.ts';
import { finish, type Steps } from './steps.ts';
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
  return finish(compactSteps(messages, settings));
}

/**
 * The same, a message at a time.
 * @param bytesOf remembers what a message takes, where the caller asks for it as well.
 */
export function* compactSteps(
  messages: readonly Message[],
  settings: CompactSettings,
  bytesOf = remembered(messageBytes),
): Steps<Compacted> {
  const { leastWords, nearFrom } = settings;
  const parts: Part[] = [];
  const repeats: Repeat[] = [];
  let now = [...messages];
  const measure = (name: Part['name'], lossless: boolean, next: Message[]): void => {
    const [bytesBefore, bytesAfter] = [contextBytes(now, bytesOf), contextBytes(next, bytesOf)];
    parts.push({ name, bytesBefore, bytesAfter, lossless });
    now = next;
  };
  const folds = settings.repeats ? [2, ...(nearFrom === null ? [] : [nearFrom])] : [];
  for (const from of folds) {
    const result = yield* deduplicateSteps(now, { nearFrom: from, leastWords });
    repeats.push(...result.repeats);
    measure(from > 1 ? 'repeats' : 'near repeats', from > 1, result.messages);
  }
  if (settings.minify) measure('indentation', true, yield* rewriteSteps(now, minifyJson));
  if (settings.tables) measure('tables', true, yield* rewriteSteps(now, foldTables));
  return { messages: now, parts, repeats };
}

/** A measure that is taken once of each message. */
export function remembered(measure: (message: Message) => number): (message: Message) => number {
  const known = new WeakMap<Message, number>();
  return (message) => {
    let value = known.get(message);
    if (value === undefined) known.set(message, (value = measure(message)));
    return value;
  };
}

function* rewriteSteps(
  messages: readonly Message[],
  rewrite: (text: string) => string | undefined,
): Steps<Message[]> {
  const rewritten: Message[] = [];
  for (const message of messages) {
    yield;
    const text = message.role === 'tool' ? rewrite(message.text) : undefined;
    rewritten.push(text !== undefined && text.length < message.text.length ? { ...message, text } : message);
  }
  return rewritten;
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
