/** The settings of a station: servers, a queue, and what protects them. */
import * as v from 'valibot';
import { balancerSchema } from '../latency/balancer.ts';
import { codelSchema } from '../latency/codel.ts';
import { aimdSchema, gradient2Schema } from '../latency/concurrency-limit.ts';
import { count, nonNegative, positive, share, within } from '../latency/fields.ts';
import { shedderSchema } from '../latency/shedder.ts';
import { connectionsSchema, stationBatchSchema } from './guard-schema.ts';
import { lawSchema } from './law-schema.ts';

const places = v.pipe(v.number(), v.integer('a whole number'), v.minValue(0, 'a whole number of 0 or more'));

/** CoDel: drops calls at the head of a queue that has been standing. */
export const stationCodelSchema = v.strictObject({
  on: v.optional(v.boolean(), true),
  ...codelSchema.entries,
  /** Refused: the caller is told at once. Silent: it learns by its time-out, or at once if it has none. */
  dropped: v.optional(v.picklist(['refused', 'silent']), 'refused'),
});
export type StationCodelSettings = v.InferOutput<typeof stationCodelSchema>;

/** A limit on the calls that are in the station, waiting or in service; the settings of all kinds, as the kind may change. */
export const stationLimitSchema = v.pipe(
  v.strictObject({
    ...aimdSchema.entries,
    ...gradient2Schema.entries,
    on: v.optional(v.boolean(), true),
    /** `fixed` stays at `initial`; the others learn from response times, with fields of their own. */
    kind: v.picklist(['fixed', 'aimd', 'gradient2']),
    /** Places for calls over the limit, before the balancer; 0: they are refused at once. */
    queue: v.optional(places, 0),
  }),
  v.check((s) => s.min <= s.initial && s.initial <= s.max, 'min, initial and max in rising order'),
);
export type StationLimitSettings = v.InferOutput<typeof stationLimitSchema>;

/** Shedding at the door by criticality, as soon as calls wait for too long. */
export const stationShedSchema = v.pipe(
  v.strictObject({ on: v.optional(v.boolean(), true), ...shedderSchema.entries }),
  v.check((s) => s.relaxDelayMs <= s.delayMs, 'a relaxDelayMs of delayMs or less'),
);
export type StationShedSettings = v.InferOutput<typeof stationShedSchema>;

const replicaNumber = v.pipe(count, v.maxValue(200, 'a replica from 1 to 200'));

/** The station is made of equal parts, each with servers and a queue of its own. */
export const stationReplicasSchema = v.pipe(
  v.strictObject({
    ...balancerSchema.entries,
    count: within(1, 200),
    /** Multiplies the service times of one replica. */
    slow: v.optional(v.array(v.strictObject({ replica: replicaNumber, factor: positive })), []),
    /** Share of its calls that a replica fails at once. */
    fail: v.optional(v.array(v.strictObject({ replica: replicaNumber, share })), []),
  }),
  v.check(
    (s) => [...s.slow, ...s.fail].every((x) => x.replica <= s.count),
    'replicas from 1 to count in slow and fail',
  ),
);
export type StationReplicasSettings = v.InferOutput<typeof stationReplicasSchema>;

export const stationSchema = v.strictObject({
  title: v.optional(v.string()),
  /** Null: as many as are needed. With replicas: of each. */
  servers: v.optional(v.nullable(v.pipe(count, v.maxValue(1_000_000, 'at most a million servers'))), 1),
  service: lawSchema,
  /** Time on the way, before the queue; nothing queues for it. */
  delay: v.optional(lawSchema, { law: 'constant', meanMs: 0 }),
  discipline: v.optional(v.picklist(['fifo', 'lifo', 'priority', 'adaptive-lifo']), 'fifo'),
  /** Adaptive LIFO serves the newest first while the queue has not been empty for this long. */
  standingMs: v.optional(nonNegative, 100),
  /** Places to wait, beside those in service; null: no bound. With replicas: of each. */
  maxQueue: v.optional(v.nullable(places), null),
  /** Time a call waits before it leaves the queue by itself; null: for ever. */
  patience: v.optional(v.nullable(lawSchema), null),
  /** Null: off. Otherwise a call is dropped, when its turn comes, if its caller's time runs out within this margin (0: only if it has run out). */
  deadlineMarginMs: v.optional(v.nullable(nonNegative), null),
  /** Identical keys in flight share one call. */
  coalesce: v.optional(v.boolean(), false),
  /** Tokens that a call costs at the price of the station's model. */
  tokensPerCall: v.optional(nonNegative, 0),
  /** Name in `models`: sets mean service time and price. */
  model: v.optional(v.nullable(v.string()), null),
  // Without a default: a scenario that does not name them is the scenario it was before there were any.
  codel: v.optional(stationCodelSchema),
  limit: v.optional(stationLimitSchema),
  shed: v.optional(stationShedSchema),
  replicas: v.optional(stationReplicasSchema),
  connections: v.optional(connectionsSchema),
  batch: v.optional(stationBatchSchema),
});
export type StationSettings = v.InferOutput<typeof stationSchema>;
