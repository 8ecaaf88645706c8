import * as v from 'valibot';
import { RandomStream } from '../../engine/core/random.ts';

const whole = (least: number, most: number) => {
  const words = `a whole number from ${least} to ${most}`;
  return v.pipe(v.number(), v.integer(words), v.minValue(least, words), v.maxValue(most, words));
};
const between = (least: number, most: number) => {
  const words = `a number from ${least} to ${most}`;
  return v.pipe(v.number(), v.minValue(least, words), v.maxValue(most, words));
};

/** What is asked, and when: the same for both experiments. */
const load = {
  requests: v.optional(whole(1, 300), 40),
  /** Mean time from one request to the next; 0: all at once. */
  spacingMs: v.optional(between(0, 1000), 10),
  /** Share of requests that ask again what one shortly before them has asked. */
  duplicates: v.optional(between(0, 1), 0.25),
  coalesce: v.optional(v.boolean(), true),
};

/** Batches (L6): the module's size and window to begin with. */
export const batchPlanSchema = v.strictObject({
  ...load,
  spacingMs: v.optional(between(0, 1000), 50),
  size: v.optional(whole(1, 100), 5),
  windowMs: v.optional(between(0, 5000), 100),
  /** Put in by this page: what happens when a service fails. */
  fault: v.optional(v.picklist(['none', 'short', 'fails']), 'none'),
});

/** Connections (L4): the module's limits to begin with. */
export const fetchPlanSchema = v.strictObject({
  ...load,
  maxTotal: v.optional(whole(1, 100), 20),
  maxPerHost: v.optional(whole(1, 100), 10),
});

export type BatchPlan = v.InferOutput<typeof batchPlanSchema>;
export type FetchPlan = v.InferOutput<typeof fetchPlanSchema>;

export interface Arrival {
  /** From the start of the run. */
  readonly atMs: number;
  /** Equal ones ask the same. */
  readonly key: number;
}

/** One repeats one of so many before it. */
const RECENT = 4;

/** Requests of a Poisson stream, as the formulas assume; the same seed gives the same ones. */
export function arrivals(
  { requests, spacingMs, duplicates }: Pick<BatchPlan, 'requests' | 'spacingMs' | 'duplicates'>,
  seed = 8,
): Arrival[] {
  const random = new RandomStream(seed, 'requests');
  const made: Arrival[] = [];
  let atMs = 0;
  let last = -1;
  for (let i = 0; i < requests; i++) {
    const again = random.uniform() < duplicates && i > 0;
    const back = 1 + random.below(Math.min(RECENT, Math.max(1, i)));
    made.push({ atMs, key: again ? made[i - back].key : ++last });
    atMs += -Math.log(1 - random.uniform()) * spacingMs;
  }
  return made;
}

/** Rate of the stream that came, per ms; Infinity when all came at once. */
export const rateOf = (came: readonly Arrival[]): number => {
  const spanMs = came.at(-1)!.atMs - came[0].atMs;
  return spanMs > 0 ? (came.length - 1) / spanMs : Infinity;
};
