import * as v from 'valibot';
import { memorySchema as processSchema } from '../latency/memory-model.ts';

const number = v.pipe(v.number(), v.finite('a finite number'));
const nonNegative = v.pipe(number, v.minValue(0, 'a number of 0 or more'));
const positive = v.pipe(number, v.gtValue(0, 'a number above 0'));
const count = v.pipe(number, v.integer('a whole number'), v.minValue(1, 'a whole number of 1 or more'));

/** What may be done to a conversation before it is held. */
export const PRUNING = ['off', 'printed', 'tokens', 'relevance'] as const;

export const contextsSchema = v.strictObject({
  /**
   * Off: everything that was said stays. Printed: the module's rule, which counts messages. Tokens: the mended rule. Relevance: the same
   * window, filled with what is most like the newest question.
   */
  prune: v.optional(v.picklist(PRUNING), 'off'),
  windowTokens: v.optional(v.pipe(count, v.minValue(64, 'a window of at least 64 tokens')), 4096),
  /** Equal messages of a conversation are held once. */
  deduplicate: v.optional(v.boolean(), false),
  /** Tool results lose their indentation, and lists of like objects become tables. */
  compact: v.optional(v.boolean(), false),
  /** Held under gzip between two requests. */
  compress: v.optional(v.boolean(), false),
  /** The conversations whose bytes are counted; each one that is held has the size of one of them. */
  sample: v.optional(
    v.strictObject({
      conversations: v.optional(v.pipe(count, v.maxValue(1000, 'at most 1000 conversations')), 48),
      seed: v.optional(v.pipe(number, v.integer('a whole number')), 1),
    }),
    {},
  ),
});

/** Memory of the agent instances (L1). */
export const memorySchema = v.strictObject({
  /** One process for each instance. */
  process: v.optional(processSchema, {}),
  /** Whose conversations the instances of a cell hold; with traffic its conversations are held instead. */
  users: v.optional(v.pipe(count, v.maxValue(4_000_000, 'at most 4 million users'))),
  /** A conversation is forgotten this long after its last request; the module's policy for contexts says 1800 (C14). */
  keepS: v.optional(positive, 1800),
  contexts: v.optional(contextsSchema, {}),
  /** Answers go out in chunks instead of being held whole. */
  streamed: v.optional(v.boolean(), false),
  requestBytes: v.optional(nonNegative, 2048),
  answerBytes: v.optional(nonNegative, 16_384),
  /** Until a process that ran out of memory is back. */
  restartS: v.optional(positive, 20),
});

export type MemorySettings = v.InferOutput<typeof memorySchema>;
export type ContextSettings = v.InferOutput<typeof contextsSchema>;
