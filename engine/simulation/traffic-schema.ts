import * as v from 'valibot';
import { CRITICALITIES } from '../cost/task.ts';
import { lawSchema } from './law-schema.ts';

const number = v.pipe(v.number(), v.finite('a finite number'));
const nonNegative = v.pipe(number, v.minValue(0, 'a number of 0 or more'));
const positive = v.pipe(number, v.gtValue(0, 'a number above 0'));
const share = v.pipe(number, v.minValue(0, 'a share from 0 to 1'), v.maxValue(1, 'a share from 0 to 1'));
const tokens = v.pipe(
  number,
  v.integer('a whole number of tokens'),
  v.minValue(0, 'a whole number of tokens'),
  v.maxValue(10_000_000, 'at most 10 million tokens'),
);
const name = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]*$/, 'a name in lower case letters, digits and hyphens, beginning with a letter'),
);

/** Tokens of one request, lognormal, rounded; `sigma` is the standard deviation of the logarithm. */
const tokenLaw = v.strictObject({
  mean: v.pipe(nonNegative, v.maxValue(1_000_000, 'at most a million tokens')),
  sigma: v.optional(v.pipe(nonNegative, v.maxValue(3, 'a sigma from 0 to 3')), 0.5),
});

/** One kind of agent: what its requests look like to whoever pays for them. */
const agentSchema = v.strictObject({
  name,
  title: v.optional(v.string()),
  /** Share of the conversations that are begun. */
  share,
  criticality: v.optional(v.picklist(CRITICALITIES), 'normal'),
  /** Multiplies the rate at which conversations begin. */
  factor: v.optional(v.pipe(nonNegative, v.maxValue(1000, 'a factor from 0 to 1000')), 1),
  /** System prompt and tool descriptions, the same at the beginning of every request. */
  prefixTokens: v.optional(tokens, 0),
  /** What a request adds to the conversation. */
  inputTokens: tokenLaw,
  outputTokens: tokenLaw,
  /** Answers are cut here. */
  maxOutputTokens: v.optional(v.pipe(tokens, v.minValue(1, 'at least one token')), 1000),
  /** Requests are drawn evenly between these; 0 trivial, 1 hard. */
  complexity: v.optional(v.tuple([share, share]), [0, 1]),
  minAccuracy: v.optional(share, 0),
  /** Longest typical response of a model that will do. */
  maxLatencyMs: v.optional(positive, 60_000),
  /** What a model may cost for one request. */
  budgetUsd: v.optional(v.nullable(positive), null),
  /** Nobody waits for the answer: it may run later, but within `deadlineS`. */
  deferrable: v.optional(v.boolean(), false),
  deadlineS: v.optional(v.nullable(positive), null),
  /** Mean number of requests in a conversation (geometric). Each carries all that was said before. */
  turns: v.optional(
    v.pipe(
      number,
      v.minValue(1, 'at least 1 request'),
      v.maxValue(10_000, 'at most 10000 requests to a conversation'),
    ),
    1,
  ),
  /** From an answer to the next request of the conversation. */
  think: v.optional(lawSchema, { law: 'exponential', meanMs: 20_000 }),
  /** The conversation is cut to this when it grows longer. */
  contextTokens: v.optional(v.pipe(tokens, v.minValue(1, 'at least one token')), 8000),
  /** Share of its first requests that ask for a key of the population, which a cache may hold; the rest asks what nobody asks again. */
  repeatShare: v.optional(share, 1),
});

export const trafficSchema = v.strictObject({
  tenants: v.optional(
    v.pipe(
      v.array(v.strictObject({ name, share })),
      v.minLength(1, 'at least one tenant'),
      v.maxLength(64, 'at most 64 tenants'),
      v.check((list) => addsUpToOne(list), 'tenants whose shares add up to 1'),
      v.check((list) => namesDiffer(list), 'tenants with different names'),
    ),
    [{ name: 'all', share: 1 }],
  ),
  agents: v.pipe(
    v.array(agentSchema),
    v.minLength(1, 'at least one agent type'),
    v.maxLength(32, 'at most 32 agent types'),
    v.check((list) => addsUpToOne(list), 'agent types whose shares add up to 1'),
    v.check((list) => namesDiffer(list), 'agent types with different names'),
    v.check((list) => list.every((a) => a.complexity[0] <= a.complexity[1]), 'complexity as [least, most]'),
    v.check(
      (list) => list.every((a) => a.deferrable || a.deadlineS === null),
      'deadlines on deferrable agent types only',
    ),
  ),
});

export type TrafficSettings = v.InferOutput<typeof trafficSchema>;
export type AgentSettings = TrafficSettings['agents'][number];

function addsUpToOne(list: { share: number }[]): boolean {
  return Math.abs(list.reduce((sum, x) => sum + x.share, 0) - 1) < 1e-9;
}

function namesDiffer(list: { name: string }[]): boolean {
  return new Set(list.map((x) => x.name)).size === list.length;
}
