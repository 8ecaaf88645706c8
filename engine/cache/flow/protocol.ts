/**
 * What goes into the TieredCache and what comes out of it. Times are milliseconds of the caller's clock; `request`, `op` and
 * `load` are numbers by which an answer finds its question.
 */
import type { CacheEntry, Freshness } from '../entry.ts';
import type { TierError, TierLevel } from '../tiers/tier.ts';

export type FailureReason = TierError['reason'] | 'cancelled' | 'error';

/** What to invalidate (C13). */
export type Target =
  | { kind: 'key'; key: string }
  | { kind: 'tag'; tag: string }
  | { kind: 'prefix'; prefix: string }
  | { kind: 'all' };

/** What instances tell each other. */
export interface BusMessage {
  target: Target;
  /** When, by the sender's clock. */
  atMs: number;
  /** A newer value was written to the shared tiers; otherwise they are empty of it. */
  write: boolean;
  /** Shared levels where it failed: what they still hold of it is not to be served. */
  failedAt: readonly TierLevel[];
}

/** A value as the origin gave it. `stored` is the form that tiers keep (compressed, say), `value` the one that callers get. */
export interface Loaded {
  value: unknown;
  stored: unknown;
  /** Length of key and stored value in bytes. */
  sizeBytes: number;
  /** The origin knows that there is nothing under this key: cached for the policy's `negativeTtlMs`. */
  absent?: boolean;
  /** False: not to be cached. */
  cacheable?: boolean;
  tags?: readonly string[];
  /** Instead of the policy's time to live. */
  ttlMs?: number;
  metadata?: CacheEntry['metadata'];
}

export interface ReadOptions {
  /** Name of the data policy; `default` when left out. */
  policy?: string;
  tags?: readonly string[];
  /** `cached-only`: never ask the origin. `reload`: ask no tier. */
  mode?: 'normal' | 'cached-only' | 'reload';
  /** Handed through to the load effect; the machine never looks at it. */
  context?: unknown;
}

export interface WriteOptions {
  policy?: string;
  tags?: readonly string[];
  ttlMs?: number;
  metadata?: CacheEntry['metadata'];
  /** Size of key and value in bytes, if known better than by their JSON. */
  sizeBytes?: number;
}

/** What a tier is asked to do. */
export type TierAction =
  | { do: 'get'; key: string }
  | { do: 'set'; entry: CacheEntry }
  | { do: 'set-many'; entries: readonly CacheEntry[] }
  | { do: 'delete'; key: string }
  | { do: 'delete-tag'; tag: string }
  | { do: 'delete-prefix'; prefix: string }
  | { do: 'clear' }
  /** Counts as a use for eviction; no answer is read. */
  | { do: 'touch'; key: string };

/** How it went. A tier that answers anything else has lied; what is read here is checked first. */
export type TierResult =
  | {
      ok: true;
      /** After `get`: what was found, and its value in the form for callers. */
      entry?: CacheEntry | undefined;
      value?: unknown;
      /** After `set`. */
      kept?: boolean;
      evicted?: readonly CacheEntry[];
      /** After `set-many`, by position; undefined for one that failed. */
      keptEach?: readonly (boolean | undefined)[];
      /** After deletions: how many entries. */
      count?: number;
    }
  | { ok: false; reason: FailureReason; message: string };

export type FlowEvent =
  | { kind: 'read'; request: number; key: string; options: ReadOptions }
  | {
      kind: 'write';
      request: number;
      key: string;
      value: unknown;
      stored: unknown;
      sizeBytes: number;
      options: WriteOptions;
    }
  /** `levels`: only there (C13); everywhere when left out. */
  | { kind: 'invalidate'; request: number; target: Target; levels?: readonly TierLevel[] }
  /** Write out what waits. */
  | { kind: 'flush'; request: number }
  /** The caller of a read waits no longer. */
  | { kind: 'abandon'; request: number }
  | { kind: 'tier-done'; op: number; result: TierResult }
  | { kind: 'loaded'; load: number; loaded: Loaded }
  | { kind: 'load-failed'; load: number; message: string; error?: unknown }
  /** Another instance changed something. */
  | { kind: 'heard'; change: BusMessage }
  | { kind: 'timer' };

export type Effect =
  /** Ask a tier; `tier` is its index in the settings. No answer is expected past `deadlineMs`. */
  | { kind: 'tier'; op: number; tier: number; action: TierAction; deadlineMs: number }
  /** Nobody waits for this operation any more; it should stop if it can. */
  | { kind: 'cancel'; op: number }
  | { kind: 'load'; load: number; key: string; policy: string; context: unknown }
  | { kind: 'cancel-load'; load: number }
  | { kind: 'answer'; request: number; outcome: ReadOutcome }
  | { kind: 'written'; request: number; outcome: WriteOutcome }
  | { kind: 'invalidated'; request: number; outcome: InvalidationOutcome }
  | { kind: 'flushed'; request: number; outcome: FlushOutcome }
  /** Tell the other instances. */
  | { kind: 'publish'; change: BusMessage }
  /** Something that nobody waits for, but that must not go unsaid. */
  | { kind: 'notice'; notice: Notice }
  /** Send `timer` at this time, instead of at the time named before. */
  | { kind: 'timer'; atMs: number };

export type StepResult =
  | 'fresh'
  | 'stale'
  | 'miss'
  /** The tier returned an entry past its end: it was not served. */
  | 'expired'
  /** A refresh found the same entry as before. */
  | 'not-newer'
  /** Deleted while it was on its way, or by a deletion that had failed in this tier. */
  | 'invalidated'
  /** Not an entry, or not the one asked for. */
  | 'garbage'
  | 'failed'
  | 'timeout'
  | 'circuit-open'
  /** Found among the writes that wait for this tier. */
  | 'queued-write'
  /** Origin only. */
  | 'loaded'
  | 'joined'
  | 'cancelled';

/** One station of a request's walk. */
export interface Step {
  /** Name of the tier, or `origin`. */
  tier: string;
  level: TierLevel | 'origin';
  startedMs: number;
  tookMs: number;
  result: StepResult;
  note?: string;
}

/** What a reader gets. It never rejects: `failed` is for when the origin failed and nothing servable was found. */
export interface ReadOutcome {
  key: string;
  status: 'value' | 'absent' | 'not-cached' | 'failed';
  value: unknown;
  /** Where the answer came from; null when there is none. */
  level: TierLevel | 'origin' | null;
  tier: string | null;
  freshness: Exclude<Freshness, 'expired'> | null;
  reason:
    | 'hit'
    | 'loaded'
    | 'joined-load'
    | 'stale-while-revalidate'
    | 'stale-if-error'
    | 'not-cached'
    | 'origin-failed'
    | 'abandoned';
  /** Since the origin gave it; null without an answer. */
  ageMs: number | null;
  /** How long it stays fresh; below 0 when it is stale. */
  freshForMs: number | null;
  tookMs: number;
  steps: readonly Step[];
  /** Names of the faster tiers that were asked to keep a copy. */
  promotedTo: readonly string[];
  /** Shared another request's load. */
  coalesced: boolean;
  /** A renewal goes on in the background. */
  renewing: 'stale' | 'early' | null;
  error?: string;
}

export interface LevelWrite {
  tier: string;
  level: TierLevel;
  result: 'kept' | 'declined' | 'queued' | 'failed';
  error?: string;
}

/** One level's failure does not stop the others; only all failing is `failed` (C12). */
export interface WriteOutcome {
  key: string;
  status: 'stored' | 'declined' | 'failed';
  levels: readonly LevelWrite[];
}

export interface InvalidationOutcome {
  target: Target;
  levels: readonly {
    tier: string;
    level: TierLevel;
    deleted: number;
    /** Why it could not be done there. What that tier still holds of it is not served any more. */
    error?: string;
  }[];
}

export interface FlushOutcome {
  /** True when nothing waits any more and nothing was lost by this flush. */
  ok: boolean;
  waiting: number;
}

export type Notice =
  | { kind: 'write-lost'; tier: string; keys: readonly string[]; error: string }
  | { kind: 'circuit'; tier: string; state: 'closed' | 'open' | 'half-open' }
  | { kind: 'renewal-failed'; key: string; error: string }
  | { kind: 'bus-failed'; error: string };
