import * as v from 'valibot';
import { InputError } from '../../core/errors.ts';
import { exp } from '../../core/exact-math.ts';
import { parse } from '../../core/schema.ts';
import { finish, type Steps } from './steps.ts';

const number = v.pipe(v.number(), v.finite('a finite number'));
const weight = v.pipe(number, v.minValue(0, 'a number of 0 or more'));

export const relevanceSchema = v.pipe(
  v.strictObject({
    /** Weights of likeness to the query and of recency; only their proportion counts. */
    similarity: v.optional(weight, 0.7),
    recency: v.optional(weight, 0.3),
    /** Age at which recency has fallen to a half. */
    halfLifeMs: v.optional(v.pipe(number, v.gtValue(0, 'a number above 0')), 600_000),
    /** 1: relevance alone. Lower: the more a message is like one already chosen, the later it comes. */
    diversity: v.optional(
      v.pipe(number, v.minValue(0, 'a number from 0 to 1'), v.maxValue(1, 'a number from 0 to 1')),
      0.7,
    ),
  }),
  v.check((s) => s.similarity + s.recency > 0, 'weights of which at least one is above 0'),
);

export type RelevanceSettings = v.InferOutput<typeof relevanceSchema>;

/** Checked settings with defaults. @throws InputError naming the first that is wrong. */
export function relevanceSettings(input: unknown = {}): RelevanceSettings {
  return parse(relevanceSchema, input, 'relevance', ['similarity', 'recency', 'halfLifeMs', 'diversity']);
}

/** A message as the encoder sees it; null for one that has no vector yet. */
export interface Placed {
  readonly vector: Float32Array | null;
  readonly atMs: number;
}

/**
 * Cosine of the angle between two vectors, from −1 to 1; 0 when one of them is all zero and so points nowhere.
 * @throws InputError when their lengths differ: they come from two encoders.
 */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length)
    throw new InputError(
      'vector',
      `${a.length} numbers`,
      `${b.length}`,
      'Use one encoder for messages and query.',
    );
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  const length = Math.sqrt(aa) * Math.sqrt(bb);
  return length > 0 ? Math.max(-1, Math.min(1, dot / length)) : 0;
}

/**
 * How much each message matters to the query, from 0 to 1: likeness and recency by their weights (Park et al., "Generative Agents",
 * 2023, which adds importance as a third). Unlike and opposite are both 0. A message without vector counts by recency alone.
 */
export function relevance(
  messages: readonly Placed[],
  query: Float32Array,
  nowMs: number,
  settings: RelevanceSettings,
): number[] {
  const { similarity, recency, halfLifeMs } = settings;
  return messages.map(({ vector, atMs }) => {
    const fresh = exp((-Math.LN2 * Math.max(0, nowMs - atMs)) / halfLifeMs);
    if (!vector) return (recency * fresh) / (similarity + recency);
    return (similarity * Math.max(0, cosine(vector, query)) + recency * fresh) / (similarity + recency);
  });
}

/**
 * Order of choosing by maximal marginal relevance (Carbonell and Goldstein 1998): each time the message with the greatest
 * d × relevance − (1 − d) × likeness to the most alike one already chosen. So of two that say the same, the second comes late.
 * Ties go to the newer one.
 * @returns all indexes, first chosen first.
 */
export function byMarginalRelevance(
  messages: readonly Placed[],
  scores: readonly number[],
  diversity: number,
): number[] {
  return finish(marginalRelevanceSteps(messages, scores, diversity));
}

/** The same, a choice at a time. The work grows with the square of the messages, unless relevance alone counts. */
export function* marginalRelevanceSteps(
  messages: readonly Placed[],
  scores: readonly number[],
  diversity: number,
): Steps<number[]> {
  if (diversity === 1) {
    const newest = (a: number, b: number): number => messages[b]!.atMs - messages[a]!.atMs || b - a;
    return [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || newest(a, b));
  }
  const alike = messages.map(() => 0);
  const left = new Set(messages.keys());
  const chosen: number[] = [];
  while (left.size > 0) {
    yield;
    let best = -1;
    let bestScore = -Infinity;
    for (const i of left) {
      const score = diversity * scores[i]! - (1 - diversity) * alike[i]!;
      if (score > bestScore || (score === bestScore && messages[i]!.atMs >= messages[best]!.atMs)) {
        best = i;
        bestScore = score;
      }
    }
    left.delete(best);
    chosen.push(best);
    const { vector } = messages[best]!;
    if (!vector) continue;
    for (const i of left) {
      const other = messages[i]!.vector;
      if (other) alike[i] = Math.max(alike[i]!, cosine(vector, other));
    }
  }
  return chosen;
}

/**
 * Scores for pruning by relevance (`prune` with order `score`): 1 for the message chosen first, falling evenly to above 0 for the last.
 * @param ids of the messages, in the same order as `messages`.
 */
export function relevanceScores(
  ids: readonly string[],
  messages: readonly Placed[],
  query: Float32Array,
  nowMs: number,
  settings: RelevanceSettings,
): ReadonlyMap<string, number> {
  return finish(relevanceSteps(ids, messages, query, nowMs, settings));
}

export function* relevanceSteps(
  ids: readonly string[],
  messages: readonly Placed[],
  query: Float32Array,
  nowMs: number,
  settings: RelevanceSettings,
): Steps<ReadonlyMap<string, number>> {
  const scores = relevance(messages, query, nowMs, settings);
  const order = yield* marginalRelevanceSteps(messages, scores, settings.diversity);
  return new Map(order.map((index, place) => [ids[index]!, 1 - place / order.length]));
}
