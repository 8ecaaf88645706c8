import type { CacheEntry } from '../entry.ts';
import { isAbsent } from './make-entry.ts';
import type { FlowPolicy } from './policy.ts';
import type { ReadOptions, ReadOutcome, Step, StepResult } from './protocol.ts';
import type { FlowTier } from './settings.ts';

/** An entry with its value in the form for callers, and the tier that had it. */
export interface Found {
  readonly entry: CacheEntry;
  readonly value: unknown;
  readonly tier: number;
}

/** One read on its way from tier to tier. A renewal is a walk that nobody waits for: its `request` is null. */
export interface Walk {
  readonly request: number | null;
  readonly key: string;
  readonly policy: FlowPolicy;
  readonly options: ReadOptions;
  /** The tiers to ask, fastest first, as indices. */
  readonly tiers: readonly number[];
  readonly startedMs: number;
  /** Invalidations after this mark concern what the walk finds. */
  readonly mark: number;
  /** Only what is fresh for longer than this is worth finding; −Infinity unless it is a renewal. */
  readonly newerThanMs: number;
  readonly steps: Step[];
  /** Position in `tiers`. */
  at: number;
  /** The operation under way; 0 when none is. */
  op: number;
  /** What may stand in should the origin fail. */
  spare: Found | null;
  over: boolean;
}

export function openStep(walk: Walk, tier: FlowTier | null, nowMs: number): Step {
  const step: Step = {
    tier: tier?.name ?? 'origin',
    level: tier?.level ?? 'origin',
    startedMs: nowMs,
    tookMs: 0,
    result: 'miss',
  };
  walk.steps.push(step);
  return step;
}

export function closeStep(step: Step, result: StepResult, nowMs: number, note?: string): void {
  step.result = result;
  step.tookMs = nowMs - step.startedMs;
  if (note !== undefined) step.note = note;
}

/** The outcome of a walk without an answer; the parts of one with an answer replace its fields. */
function blank(walk: Walk, nowMs: number): ReadOutcome {
  return {
    key: walk.key,
    status: 'failed',
    value: undefined,
    level: null,
    tier: null,
    freshness: null,
    reason: 'origin-failed',
    ageMs: null,
    freshForMs: null,
    tookMs: nowMs - walk.startedMs,
    steps: walk.steps,
    promotedTo: [],
    coalesced: false,
    renewing: null,
  };
}

export function outcomeWithout(
  walk: Walk,
  reason: 'not-cached' | 'origin-failed' | 'abandoned',
  nowMs: number,
  error?: string,
): ReadOutcome {
  return {
    ...blank(walk, nowMs),
    status: reason === 'not-cached' ? 'not-cached' : 'failed',
    reason,
    ...(error === undefined ? {} : { error }),
  };
}

export function outcomeFromTier(
  walk: Walk,
  { entry, value }: Found,
  tier: FlowTier,
  reason: 'hit' | 'stale-while-revalidate' | 'stale-if-error',
  nowMs: number,
  more: Partial<ReadOutcome> = {},
): ReadOutcome {
  const absent = isAbsent(entry);
  return {
    ...blank(walk, nowMs),
    status: absent ? 'absent' : 'value',
    value: absent ? undefined : value,
    level: tier.level,
    tier: tier.name,
    freshness: nowMs < entry.freshUntilMs ? 'fresh' : 'stale',
    reason,
    ageMs: Math.max(0, nowMs - entry.createdAtMs),
    freshForMs: entry.freshUntilMs - nowMs,
    ...more,
  };
}

export function outcomeFromOrigin(
  walk: Walk,
  loaded: { value: unknown; absent: boolean; freshForMs: number; coalesced: boolean },
  nowMs: number,
): ReadOutcome {
  return {
    ...blank(walk, nowMs),
    status: loaded.absent ? 'absent' : 'value',
    value: loaded.absent ? undefined : loaded.value,
    level: 'origin',
    tier: 'origin',
    freshness: 'fresh',
    reason: loaded.coalesced ? 'joined-load' : 'loaded',
    ageMs: 0,
    freshForMs: loaded.freshForMs,
    coalesced: loaded.coalesced,
  };
}
