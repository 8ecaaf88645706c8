import * as v from 'valibot';
import { agentPoolSchema } from '../cost/agent-pool-settings.ts';
import { ttlTunerSchema } from '../cost/ttl-tuner.ts';

const positive = v.pipe(v.number(), v.finite('a finite number'), v.gtValue(0, 'a number above 0'));

const servers = v.pipe(
  v.number(),
  v.integer('a whole number'),
  v.minValue(1, 'a whole number of 1 or more'),
  v.maxValue(100_000, 'at most 100000 servers'),
);

/** What looks at the system from time to time and changes it. */
export const controlsSchema = v.strictObject({
  /** The TTL of these tiers, from their hit rate. */
  ttl: v.optional(
    v.strictObject({
      tiers: v.pipe(v.array(v.string()), v.minLength(1, 'at least one tier')),
      tuner: v.optional(ttlTunerSchema, {}),
    }),
  ),
  /** The servers of a station, so that the mean response stays at its objective. */
  keeper: v.optional(
    v.strictObject({
      station: v.string(),
      on: v.optional(v.boolean(), false),
      targetMs: positive,
      /** Time between two looks. */
      everyS: v.optional(positive, 120),
      minServers: v.optional(servers, 1),
      maxServers: servers,
    }),
  ),
  /** The servers of a station, from its load. */
  agents: v.optional(
    v.strictObject({
      station: v.string(),
      /** Time between two looks. */
      everyS: v.optional(positive, 10),
      pool: v.optional(agentPoolSchema, {}),
      /** Agents are started ahead of the load that is expected from yesterday's. */
      forecast: v.optional(
        v.strictObject({
          on: v.optional(v.boolean(), false),
          /** What one agent is planned to do. The module's: 10 requests a second. */
          rpsPerAgent: v.optional(positive, 10),
          /** Planned beyond the forecast. */
          headroom: v.optional(
            v.pipe(v.number(), v.minValue(0, 'a share from 0 to 10'), v.maxValue(10, 'a share from 0 to 10')),
            0.1,
          ),
          /** How long before a need the agents are started. */
          leadS: v.optional(positive, 300),
          /** Days before that the forecast knows. */
          days: v.optional(
            v.pipe(
              v.number(),
              v.integer('a whole number of days'),
              v.minValue(1, 'from 1 to 7 days'),
              v.maxValue(7, 'from 1 to 7 days'),
            ),
            3,
          ),
        }),
        {},
      ),
    }),
  ),
});

export type ControlsSettings = v.InferOutput<typeof controlsSchema>;
