import * as v from 'valibot';
import { circuitBreakerSchema } from '../latency/circuit-breaker.ts';
import { finite, nonNegative, positive } from '../latency/fields.ts';
import { hedgeSchema } from '../latency/hedge.ts';

const places = v.pipe(finite, v.integer('a whole number'), v.minValue(0, 'a whole number of 0 or more'));

const backoffSchema = v.strictObject({
  kind: v.optional(v.picklist(['none', 'fixed', 'exponential']), 'none'),
  baseMs: v.optional(nonNegative, 100),
  capMs: v.optional(nonNegative, 10_000),
  /** Full: uniform between 0 and the backoff (exponential only). */
  jitter: v.optional(v.picklist(['full', 'none']), 'full'),
  /** Least wait after a refusal, so that a full queue is not asked again in the same instant. */
  refusedMs: v.optional(positive, 50),
});

/** What both kinds of protection have: a switch, and the stations that they are for. */
const guarded = {
  on: v.optional(v.boolean(), true),
  /** Names of stations; null: every station of the path and of its tiers. */
  stations: v.optional(v.nullable(v.array(v.string())), null),
};

/** A breaker for each station. While it is open a try fails at once, and is not tried again. */
export const breakerSettingsSchema = v.strictObject({
  ...guarded,
  ...circuitBreakerSchema.pipe[0].entries,
  /** Unreported: a time-out tells the breaker nothing (the defect that leaves probes without an end). */
  timeouts: v.optional(v.picklist(['count', 'unreported']), 'count'),
});
const breakerSchema = v.pipe(
  breakerSettingsSchema,
  v.check((s) => s.failures !== null || s.failureRate !== null, 'failures or failureRate, or both'),
);

/** A second call of the same try to the same station; see hedge.ts. */
export const callerHedgeSchema = v.strictObject({ ...guarded, ...hedgeSchema.entries });

export const callerSchema = v.strictObject({
  /** Per try; null: waits for ever. */
  timeoutMs: v.optional(v.nullable(positive), null),
  /** For the request with all its tries; a call carries it along. Absent or null: none. */
  deadlineMs: v.optional(v.nullable(positive)),
  /** Leave: the work stays queued and is done for nobody. Cancel: waiting work is taken out (work in service goes on). */
  onTimeout: v.optional(v.picklist(['leave', 'cancel']), 'leave'),
  /** Tries after the first. */
  retries: v.optional(v.pipe(places, v.maxValue(20, 'at most 20 retries')), 0),
  backoff: v.optional(backoffSchema, {}),
  /** Token bucket: each first try adds `ratio`, time adds `minPerS`, each retry takes 1; `burst` is the most it holds. */
  retryBudget: v.optional(
    v.strictObject({
      on: v.optional(v.boolean(), false),
      ratio: v.optional(v.pipe(nonNegative, v.maxValue(10, 'a ratio from 0 to 10')), 0.1),
      minPerS: v.optional(nonNegative, 0),
      burst: v.optional(positive, 100),
    }),
    {},
  ),
  breaker: v.optional(breakerSchema),
  hedge: v.optional(callerHedgeSchema),
  /** An answer that comes after its caller has left still fills the caches. */
  lateFill: v.optional(v.boolean(), false),
});

export type CallerSettings = v.InferOutput<typeof callerSchema>;
export type BreakerSettings = NonNullable<CallerSettings['breaker']>;
export type CallerHedgeSettings = NonNullable<CallerSettings['hedge']>;
