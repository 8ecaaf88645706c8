import * as v from 'valibot';

const number = v.pipe(v.number(), v.finite('a finite number'));
const nonNegative = v.pipe(number, v.minValue(0, 'a number of 0 or more'));
const positive = v.pipe(number, v.gtValue(0, 'a number above 0'));
const share = v.pipe(number, v.minValue(0, 'a share from 0 to 1'), v.maxValue(1, 'a share from 0 to 1'));
const agents = v.pipe(
  number,
  v.integer('a whole number'),
  v.minValue(1, 'a whole number of 1 or more'),
  v.maxValue(1000, 'at most 1000 agents'),
);

/**
 * A pool of agents that grows and shrinks with its load (M14). The module's figures (Session 8 C): 2–20
 * agents, 3 warm, 30 minutes idle, up at 80 % by 2, down at 30 % by 1, 5 minutes of cooldown, 70 % spot, $10
 * an hour; M15: $0.50 for an agent's hour. The rest is what those need to be simulated.
 */
export const agentPoolSchema = v.pipe(
  v.strictObject({
    /** Never fewer, whatever it costs. */
    min: v.optional(agents, 2),
    max: v.optional(agents, 20),
    /** Neither idleness nor a low load takes the pool below this, unless it costs more than its target. */
    warm: v.optional(
      v.pipe(number, v.integer('a whole number'), v.minValue(0, 'a whole number of 0 or more')),
      3,
    ),
    /** Pieces of work that an agent does at a time. */
    slotsPerAgent: v.optional(agents, 10),
    /** From the launch, which is paid from then on, to the first work. */
    coldStartS: v.optional(nonNegative, 45),
    /** An agent without work for this long goes. */
    idleS: v.optional(positive, 1800),
    /** Shares of the slots in use at which the pool grows and shrinks. */
    upAt: v.optional(share, 0.8),
    upBy: v.optional(agents, 2),
    downAt: v.optional(share, 0.3),
    downBy: v.optional(agents, 1),
    /** Least time from one growth to the next. */
    upCooldownS: v.optional(nonNegative, 300),
    /** Least time from the last change, either way, to shrinking. */
    downCooldownS: v.optional(nonNegative, 300),
    /**
     * "separate": growth waits only for growth, so that shrinking never keeps the pool from following a
     * surge. "shared": the module's one cooldown; growth waits for shrinking, too.
     */
    cooldown: v.optional(v.picklist(['separate', 'shared']), 'separate'),
    /**
     * Agents that are still starting count as capacity. Without it, a pool launches for the same surge again
     * until the first are ready.
     */
    countStarting: v.optional(v.boolean(), true),
    usdPerHour: v.optional(v.pipe(positive, v.maxValue(1000, 'at most $1,000 an hour')), 0.5),
    /** Growth stops where the pool would cost more than this. */
    targetUsdPerHour: v.optional(v.pipe(positive, v.maxValue(1000, 'at most $1,000 an hour')), 10),
    /** Share of the agents that are launched as spot capacity. */
    spotShare: v.optional(share, 0.7),
    /** Parts per million off the hourly price. */
    spotDiscountPpm: v.optional(
      v.pipe(
        number,
        v.integer('a whole number'),
        v.minValue(0, 'parts per million below 1,000,000'),
        v.maxValue(999_999, 'parts per million below 1,000,000'),
      ),
      700_000,
    ),
    /** Mean number of times that a spot agent would be reclaimed in an hour. */
    interruptionsPerHour: v.optional(nonNegative, 0.05),
    /** From the notice to the end. 120 s with the largest provider; 0 shows a reclaim without notice. */
    noticeS: v.optional(nonNegative, 120),
    /** Mean time that a piece of work still takes when its agent is told to go. */
    taskS: v.optional(nonNegative, 10),
  }),
  v.check((s) => s.min <= s.max, 'a min that is not above max'),
  v.check((s) => s.warm <= s.max, 'no more warm agents than max'),
  v.check((s) => s.downAt < s.upAt, 'a downAt below upAt'),
);

export type AgentPoolSettings = v.InferOutput<typeof agentPoolSchema>;
