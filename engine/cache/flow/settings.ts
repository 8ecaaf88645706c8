import * as v from 'valibot';
import { parse } from '../../core/schema.ts';
import { InputError } from '../../core/errors.ts';
import type { TierCapabilities, TierLevel } from '../tiers/tier.ts';
import { BREAKER_DEFAULTS } from './circuit-breaker.ts';

const positive = v.pipe(
  v.number(),
  v.check((x) => x > 0, 'a number above 0'),
);
const finite = v.pipe(
  v.number(),
  v.check((x) => x > 0 && x < Infinity, 'a finite number above 0'),
);
const whole = v.pipe(
  v.number(),
  v.check((x) => Number.isInteger(x) && x > 0, 'a whole number above 0'),
);

/**
 * What a level does with entries that it did not fetch itself:
 * - `independent`: each level keeps what passes through it and evicts by itself; the simulator's and the default;
 * - `inclusive`: what a level evicts, faster levels give up, too (back-invalidation);
 * - `inclusive-synced`: as independent, and slower levels are told of every hit in a faster one, so that they know what is popular;
 * - `exclusive`: an entry is in one level only; a hit moves it to the fastest, which demotes what it evicts.
 */
export const HIERARCHIES = ['independent', 'inclusive', 'inclusive-synced', 'exclusive'] as const;

const flowSchema = v.strictObject({
  hierarchy: v.optional(v.picklist(HIERARCHIES), 'independent'),
  /** Requests for a key whose load is under way wait for that load (Go's singleflight). */
  coalesceLoads: v.optional(v.boolean(), true),
  /** Without coalescing: whether a load that lands after another of the same key renews the entry, or leaves it as it is. */
  lateDuplicates: v.optional(v.picklist(['renew', 'ignore']), 'renew'),
  /** A load that takes longer has failed. */
  loadTimeoutMs: v.optional(positive, 30_000),
  /** What becomes of a load that nobody waits for any more: finished and cached, or cancelled. */
  onAbandon: v.optional(v.picklist(['finish', 'cancel']), 'finish'),
  /** A found entry is promoted from its n-th use in its tier on; 1: always (C11, admission). */
  promoteOnUse: v.optional(whole, 1),
  /** Tell the other instances of writes, not only of invalidations, so that they drop their older copies. */
  publishWrites: v.optional(v.boolean(), true),
  writeBehind: v.optional(
    v.strictObject({
      /** Entries that may wait for one tier. What comes beyond is written through. */
      maxQueued: v.optional(whole, 1000),
      /** Entries in one write to the tier. */
      batch: v.optional(whole, 50),
      /** How long an entry waits for company. */
      flushAfterMs: v.optional(finite, 50),
      /** Failed tries after which an entry is given up, with a notice. */
      attempts: v.optional(whole, 5),
      /** Wait before the second try; it doubles for each further one, up to a minute. */
      retryMs: v.optional(finite, 500),
    }),
    {},
  ),
});

export type FlowSettingsInput = v.InferInput<typeof flowSchema>;
export type FlowSettings = v.InferOutput<typeof flowSchema>;
export type Hierarchy = FlowSettings['hierarchy'];

const NAMES = [
  ...Object.keys(flowSchema.entries),
  ...Object.keys(flowSchema.entries.writeBehind.wrapped.entries),
];

/** @throws InputError naming the field, what was expected and what was got. */
export function parseFlowSettings(input: unknown = {}): FlowSettings {
  return parse(flowSchema, input, 'flow', NAMES);
}

/** What the machine has to know of a tier; the driver holds the tier itself. */
export interface FlowTierInput {
  name: string;
  level: TierLevel;
  capabilities: TierCapabilities;
  /** Answers within the call that asks it, so that it can't be late. */
  synchronous?: boolean;
  /** Tells what it evicts. */
  reportsEvictions?: boolean;
  /** An operation that takes longer has failed. Default 250 ms; 1000 ms for L3 and L4. */
  timeoutMs?: number;
  /** Longest time that an entry stays fresh in this tier, whatever its policy says. */
  maxTtlMs?: number;
  writes?: 'through' | 'behind';
  breaker?: { failures?: number; openMs?: number };
}

export interface FlowTier {
  name: string;
  level: TierLevel;
  capabilities: TierCapabilities;
  synchronous: boolean;
  reportsEvictions: boolean;
  timeoutMs: number;
  maxTtlMs: number;
  writes: 'through' | 'behind';
  breaker: { failures: number; openMs: number };
}

const tierSchema = v.object({
  name: v.pipe(v.string(), v.minLength(1, 'a name')),
  timeoutMs: v.optional(positive),
  maxTtlMs: v.optional(positive, Infinity),
  writes: v.optional(v.picklist(['through', 'behind']), 'through'),
  breaker: v.optional(
    v.strictObject({
      failures: v.optional(whole, BREAKER_DEFAULTS.failures),
      openMs: v.optional(finite, BREAKER_DEFAULTS.openMs),
    }),
    {},
  ),
});

/** @throws InputError for a setting out of range, two tiers of one level, or a hierarchy that the tiers cannot keep. */
export function parseFlowTiers(inputs: readonly FlowTierInput[], hierarchy: Hierarchy): FlowTier[] {
  if (inputs.length === 0) throw new InputError('tiers', 'at least one tier', 'none');
  const tiers = inputs.map((input, i): FlowTier => {
    const { name, timeoutMs, maxTtlMs, writes, breaker } = parse(tierSchema, input, `tiers.${i}`);
    const { level, capabilities } = input;
    const synchronous = input.synchronous ?? false;
    const usual = level === 'l1' || level === 'l2' ? 250 : 1000;
    return {
      name,
      level,
      capabilities,
      synchronous,
      reportsEvictions: input.reportsEvictions ?? false,
      timeoutMs: synchronous ? Infinity : (timeoutMs ?? usual),
      maxTtlMs,
      writes,
      breaker,
    };
  });
  for (const [i, { level, name }] of tiers.entries()) {
    const twin = tiers.findIndex((t) => t.level === level);
    if (twin !== i) throw new InputError('tiers', 'one tier a level', `${tiers[twin].name} and ${name}`);
  }
  if (hierarchy === 'inclusive' || hierarchy === 'exclusive') {
    const mute = tiers.slice(hierarchy === 'inclusive' ? 1 : 0, hierarchy === 'inclusive' ? undefined : -1);
    const tier = mute.find((t) => !t.reportsEvictions);
    if (tier)
      throw new InputError(
        'hierarchy',
        `tiers that tell what they evict for "${hierarchy}"`,
        tier.name,
        'Use "independent", or memory tiers.',
      );
  }
  return tiers;
}
