import type { TierLevel } from '../tiers/tier.ts';

/** How long and where values of one kind are kept: what the flow reads of a data policy (C14). Times in ms. */
export interface FlowPolicy {
  readonly name: string;
  /** Levels to ask, in this order (C10); levels that do not exist are passed over. */
  readonly levels: readonly TierLevel[];
  /** How long a value is fresh; Infinity: for ever. */
  readonly ttlMs: number;
  /** For so long past its freshness a value is served at once while it is renewed (RFC 5861). */
  readonly staleWhileRevalidateMs: number;
  /** For so long past its freshness a value is served when the origin fails (RFC 5861). */
  readonly staleIfErrorMs: number;
  /** How long "there is nothing" is kept; 0: not at all. */
  readonly negativeTtlMs: number;
  /** Share by which times to live are shortened at random, 0 to 1. */
  readonly ttlJitter: number;
  /** β of the early refresh; 0: none. */
  readonly earlyRefreshBeta: number;
}

/** The module's defaults: L1, then L2, an hour (C4, C10). */
export const DEFAULT_POLICY: FlowPolicy = {
  name: 'default',
  levels: ['l1', 'l2'],
  ttlMs: 3_600_000,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
  negativeTtlMs: 0,
  ttlJitter: 0,
  earlyRefreshBeta: 0,
};
