import * as v from 'valibot';
import { parse } from '../core/schema.ts';
import type { FlowPolicy } from './flow/policy.ts';

const number = (fits: (x: number) => boolean, words: string) => v.pipe(v.number(), v.check(fits, words));
const positive = number((x) => x > 0 && x < Infinity, 'a number above 0');
const notNegative = number((x) => x >= 0 && x < Infinity, 'a number, 0 or above');
const share = number((x) => x > 0 && x <= 1, 'a number above 0, at most 1');

/** How one kind of data is cached (C14): data that the learner edits. */
export const dataPolicySchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'a name in lower case, such as tool-result')),
  /** Time to live, seconds. */
  ttlS: positive,
  /** Levels to ask and to fill, in this order. */
  levels: v.pipe(
    v.array(v.picklist(['l1', 'l2', 'l3', 'l4'])),
    v.minLength(1, 'at least one level'),
    v.check((levels) => new Set(levels).size === levels.length, 'each level once'),
  ),
  /** Keep the value compressed where that makes it shorter. */
  compress: v.optional(v.boolean(), false),
  /** Similarity from which two values share one copy, 0 to 1; null: never. */
  deduplicateAt: v.optional(v.nullable(share), null),
  /** Of a conversation only the newest so many messages are kept; null: all. */
  keepMessages: v.optional(
    v.nullable(number((x) => Number.isInteger(x) && x > 0, 'a whole number above 0')),
    null,
  ),
  /** Make one key of parameters that mean the same. */
  normaliseParameters: v.optional(v.boolean(), false),
  /** Seconds past its freshness in which a value is served while it is renewed (RFC 5861). */
  staleWhileRevalidateS: v.optional(notNegative, 0),
  /** Seconds past its freshness in which a value is served when the origin fails (RFC 5861). */
  staleIfErrorS: v.optional(notNegative, 0),
  /** Seconds for which "there is nothing" is remembered; 0: not at all. */
  negativeTtlS: v.optional(notNegative, 0),
  /** Share by which times to live are shortened at random, against expiry in step. */
  ttlJitter: v.optional(
    number((x) => x >= 0 && x < 1, 'a number from 0, below 1'),
    0,
  ),
  /** β of the early refresh (XFetch); 0: none, 1: the optimum for exponential load times. */
  earlyRefreshBeta: v.optional(notNegative, 0),
});

export type DataPolicyInput = v.InferInput<typeof dataPolicySchema>;
export type DataPolicy = v.InferOutput<typeof dataPolicySchema>;

/** @throws InputError naming the field, what was expected and what was got. */
export function parseDataPolicy(input: unknown): DataPolicy {
  return parse(dataPolicySchema, input, 'policy', Object.keys(dataPolicySchema.entries));
}

/** The module's four (C14). */
export const DATA_POLICIES: readonly DataPolicy[] = [
  { name: 'response', ttlS: 3600, levels: ['l1', 'l2'], compress: true },
  { name: 'model-output', ttlS: 7200, levels: ['l2', 'l3'], deduplicateAt: 0.95 },
  { name: 'conversation-context', ttlS: 1800, levels: ['l1'], compress: true, keepMessages: 10 },
  { name: 'tool-result', ttlS: 600, levels: ['l1', 'l2'], normaliseParameters: true },
].map(parseDataPolicy);

/** The part of a policy that the flow decides by, in milliseconds. */
export function flowPolicy(policy: DataPolicy): FlowPolicy {
  return {
    name: policy.name,
    levels: policy.levels,
    ttlMs: policy.ttlS * 1000,
    staleWhileRevalidateMs: policy.staleWhileRevalidateS * 1000,
    staleIfErrorMs: policy.staleIfErrorS * 1000,
    negativeTtlMs: policy.negativeTtlS * 1000,
    ttlJitter: policy.ttlJitter,
    earlyRefreshBeta: policy.earlyRefreshBeta,
  };
}

/** The newest `keepMessages` of a conversation, in their order; a value that is no list stays as it is. */
export function keepNewest(value: unknown, keepMessages: number | null): unknown {
  if (keepMessages === null || !Array.isArray(value)) return value;
  return value.slice(-keepMessages);
}

/** Finds one copy for values that are nearly the same (C14 model output, C16 responses); the semantic room has one. */
export interface Deduplicator {
  /**
   * The value to keep: the copy that is there already when one is similar enough, otherwise `value`, which then becomes the copy
   * for others. It must not mix tenants or contexts, which it knows from the key.
   * @param threshold similarity, 0 to 1
   */
  canonical(key: string, value: unknown, threshold: number): { value: unknown; savedBytes: number };
}
