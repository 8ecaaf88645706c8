import type { Keyspace } from './keyspace.ts';

/** Baseline at `active-expire-effort` 1 (expire.c); each further step of the effort adds a quarter to the first two. */
const KEYS_PER_LOOP = 20;
const FAST_LIMIT_US = 1000;
const SLOW_CPU_PERCENT = 25;
const ACCEPTABLE_STALE_PERCENT = 10;
const EMPTY_BUCKETS_PER_KEY = 20;

export interface ExpiryCosts {
  /** CPU time to look at a key, µs. */
  readonly lookUs: number;
  /** CPU time to delete an expired key, µs. */
  readonly deleteUs: number;
}

/**
 * Active expiry (expire.c; Redis docs, EXPIRE, "How Redis expires keys"): with each cron, look at 20 keys that have an
 * expiry, delete those that are past it, and go on while more than a tenth of what was looked at had expired. It walks the
 * buckets of the table from where it stopped. The real one stops after a share of the CPU's time; here the time is
 * counted from `costs`, so that a run is the same everywhere.
 */
export class ActiveExpiry {
  enabled = true;
  /** Estimated share of keys that are expired and still there, 0 to 1 (`expired_stale_perc` is the percentage). */
  staleShare = 0;
  /** How often a cycle stopped for lack of time. */
  timeCapReached = 0;
  private cursor = 0;
  private stoppedForTime = false;
  private lastFastMs = -Infinity;

  constructor(
    private readonly keyspace: Keyspace,
    private readonly costs: ExpiryCosts,
  ) {}

  /** The cycle of the cron: at most a quarter of the time between two crons. */
  slow(nowMs: number): void {
    if (!this.enabled) return;
    const { hz } = this.keyspace.config;
    this.run(nowMs, ((SLOW_CPU_PERCENT + 2 * this.effort) * 10_000) / hz);
  }

  /**
   * The cycle after a command: only when the last one ran out of time, and not more often than every 2 ms. (A share of
   * stale keys above the acceptable should start it, too, but Redis 7.0 compares the share, 0 to 1, with a percentage.)
   */
  fast(nowMs: number): void {
    if (!this.enabled) return;
    if (!this.stoppedForTime && this.staleShare < ACCEPTABLE_STALE_PERCENT - this.effort) return;
    const limitUs = FAST_LIMIT_US + (FAST_LIMIT_US / 4) * this.effort;
    if (nowMs < this.lastFastMs + (limitUs * 2) / 1000) return;
    this.lastFastMs = nowMs;
    this.run(nowMs, limitUs);
  }

  private get effort(): number {
    return this.keyspace.config['active-expire-effort'] - 1;
  }

  private run(nowMs: number, limitUs: number): void {
    const { volatile: dict } = this.keyspace;
    const perLoop = KEYS_PER_LOOP + (KEYS_PER_LOOP / 4) * this.effort;
    const acceptable = ACCEPTABLE_STALE_PERCENT - this.effort;
    let looked = 0;
    let expired = 0;
    this.stoppedForTime = false;
    for (let loop = 1; dict.size > 0; loop++) {
      if (dict.buckets > 4 && Math.floor((dict.size * 100) / dict.buckets) < 1) break; // too sparse to search
      const found = this.look(Math.min(dict.size, perLoop), nowMs);
      looked += found.looked;
      expired += found.expired;
      if (loop % 16 === 0 && looked * this.costs.lookUs + expired * this.costs.deleteUs > limitUs) {
        this.stoppedForTime = true;
        this.timeCapReached++;
        break;
      }
      if (found.looked > 0 && Math.floor((found.expired * 100) / found.looked) <= acceptable) break;
    }
    const share = looked === 0 ? 0 : expired / looked;
    this.staleShare = share * 0.05 + this.staleShare * 0.95;
  }

  /** Walks buckets until `wanted` keys were looked at or too many buckets were empty. */
  private look(wanted: number, nowMs: number): { looked: number; expired: number } {
    const { keyspace } = this;
    const { volatile: dict } = keyspace;
    let looked = 0;
    let expired = 0;
    for (let buckets = wanted * EMPTY_BUCKETS_PER_KEY; looked < wanted && buckets > 0; this.cursor++) {
      for (const table of [0, 1] as const) {
        const length = dict.tableLength(table);
        if (length === 0) break;
        buckets--;
        let slot = dict.head(table, this.cursor & (length - 1));
        while (slot >= 0) {
          const after = dict.nextInBucket(slot);
          looked++;
          if (keyspace.isExpired(slot, nowMs)) {
            keyspace.expire(slot);
            expired++;
          }
          slot = after;
        }
      }
    }
    this.cursor = this.cursor >>> 0;
    return { looked, expired };
  }
}
