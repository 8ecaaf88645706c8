import type { TextCodec } from '../cache/compression.ts';
import type { DataPolicyInput, Deduplicator } from '../cache/data-policies.ts';
import type { InvalidationBus } from '../cache/flow/bus.ts';
import type { Effect, Loaded, Notice, ReadOptions } from '../cache/flow/protocol.ts';
import type { FlowSettingsInput, FlowTierInput } from '../cache/flow/settings.ts';
import type { Tier } from '../cache/tiers/tier.ts';
import type { Clock } from './clock.ts';

/** What an origin gives. */
export interface LoadedValue {
  value: unknown;
  /** There is nothing under this key; `value` does not matter. */
  absent?: boolean;
  cacheable?: boolean;
  tags?: readonly string[];
  ttlMs?: number;
  metadata?: Loaded['metadata'];
  /** Size of key and value in bytes, if known better than by their JSON. */
  sizeBytes?: number;
}

export type Loader = (key: string, options: { policy: string; signal: AbortSignal }) => Promise<LoadedValue>;

export interface LiveTier extends Pick<FlowTierInput, 'timeoutMs' | 'maxTtlMs' | 'writes' | 'breaker'> {
  tier: Tier;
}

export interface LiveCacheOptions {
  tiers: readonly LiveTier[];
  /** Asked when no tier has the key, unless a request brings its own. */
  load?: Loader;
  /** Beside the module's four (C14) and `default`; one of the same name replaces it. */
  policies?: readonly DataPolicyInput[];
  settings?: FlowSettingsInput;
  bus?: InvalidationBus;
  /** For policies that compress; the platform's gzip when left out. */
  codec?: TextCodec;
  deduplicator?: Deduplicator;
  clock?: Clock;
  /** For jitter and early refresh; the time when left out. */
  seed?: number;
  onNotice?: (notice: Notice) => void;
  /** Sees every effect before it is carried out: for a page that shows the walk as it happens. Must not throw. */
  onEffect?: (effect: Effect, nowMs: number) => void;
}

export interface GetOptions extends Omit<ReadOptions, 'context'> {
  load?: Loader;
  signal?: AbortSignal;
}
