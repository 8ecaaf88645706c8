import * as v from 'valibot';
import type { SampleKind } from '../../engine/latency/context/samples.ts';

const count = (most: number) =>
  v.pipe(
    v.number(),
    v.integer('a whole number'),
    v.minValue(1, `a whole number from 1 to ${most}`),
    v.maxValue(most, `a whole number from 1 to ${most}`),
  );

export const RULES = ['printed', 'budget', 'relevance'] as const;
export type Rule = (typeof RULES)[number];

/** What the learner can set on the page about contexts. The first three are the module's (L1, L2). */
export const contextSettingsSchema = v.strictObject({
  windowTokens: v.optional(count(1_000_000), 4096),
  keepLast: v.optional(count(20_000), 50),
  importanceAbove: v.optional(
    v.pipe(v.number(), v.minValue(0, 'a number from 0 to 1'), v.maxValue(1, 'a number from 0 to 1')),
    0.7,
  ),
  /** Whose footprint is shown, and what is downloaded. */
  rule: v.optional(v.picklist(RULES), 'budget'),
  repeats: v.optional(v.boolean(), true),
  json: v.optional(v.boolean(), true),
  compress: v.optional(v.boolean(), true),
  /** What relevance is measured by. */
  vectors: v.optional(v.picklist(['words', 'sentences']), 'words'),
  /** What messages should be relevant to; empty: the newest message of the user. */
  query: v.optional(v.string(), ''),
});

export type ContextSettings = v.InferOutput<typeof contextSettingsSchema>;
export const DEFAULT_SETTINGS: ContextSettings = v.parse(contextSettingsSchema, {});

/** Conversations to begin with; the last one shows that the page stays live. */
export const SAMPLES = [
  { name: 'Support', kind: 'support', exchanges: 40 },
  { name: 'Research', kind: 'research', exchanges: 20 },
  { name: 'Small talk', kind: 'smallTalk', exchanges: 60 },
  { name: '10,000 messages', kind: 'smallTalk', exchanges: 3900 },
] as const satisfies readonly { name: string; kind: SampleKind; exchanges: number }[];
export type Sample = (typeof SAMPLES)[number];
