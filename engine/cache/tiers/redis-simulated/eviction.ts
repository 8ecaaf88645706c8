import { idleMs, lfuCounter } from './access-age.ts';
import type { Keyspace } from './keyspace.ts';

/** Candidates that survive from one eviction to the next (evict.c). */
const POOL_SIZE = 16;
/** Larger than any time, so that volatile-ttl's score falls with the expiry and stays exact to the millisecond. */
const TTL_SCORE_BASE = Number.MAX_SAFE_INTEGER;

export type EvictionResult =
  /** Memory is within the limit. */
  | 'ok'
  /** The time limit struck first; the rest follows between the commands. */
  | 'running'
  /** Over the limit, and there is nothing that the policy lets go. */
  | 'exhausted';

/**
 * Eviction under maxmemory: a few keys are sampled, the best candidates of all samples so far wait in a pool, and the
 * best of the pool goes. So the choice is *approximately* the least recently or least frequently used key. Sources:
 * evict.c; Redis docs, "Key eviction". The pool holds names, not slots: a key in it may have been deleted or used since.
 */
export class Evictor {
  /** Ascending by score; the last is the best candidate. */
  private readonly pool: { key: string; score: number }[] = [];
  private samples = new Int32Array(5);

  constructor(
    private readonly keyspace: Keyspace,
    /** CPU time of one eviction, µs, for the limit `maxmemory-eviction-tenacity`. */
    private readonly evictionUs: number,
  ) {}

  /** Deletes keys until memory is within the limit, nothing is left to delete, or the time limit strikes. */
  evict(nowMs: number): EvictionResult {
    const { keyspace } = this;
    const { config } = keyspace;
    if (config.maxmemory === 0) return 'ok';
    const used = keyspace.usedBytes();
    if (used <= config.maxmemory) return 'ok';
    if (config['maxmemory-policy'] === 'noeviction') return 'exhausted';
    const limitUs = timeLimitUs(config['maxmemory-eviction-tenacity']);
    let toFree = used - config.maxmemory;
    let evicted = 0;
    while (toFree > 0) {
      const slot = this.choose(nowMs);
      if (slot < 0) return 'exhausted';
      const before = keyspace.usedBytes();
      keyspace.delete(slot);
      keyspace.stats.evicted++;
      toFree -= before - keyspace.usedBytes();
      if (++evicted % 16 === 0 && evicted * this.evictionUs > limitUs) return 'running';
    }
    return 'ok';
  }

  private choose(nowMs: number): number {
    const { keyspace } = this;
    const { config } = keyspace;
    const dict = config.evictsVolatileOnly ? keyspace.volatile : keyspace.all;
    if (config['maxmemory-policy'].endsWith('-random')) return dict.randomSlot(keyspace.random);
    while (dict.size > 0) {
      this.fill(nowMs);
      for (let best = this.pool.pop(); best; best = this.pool.pop()) {
        const slot = keyspace.find(best.key);
        if (slot >= 0 && (dict === keyspace.all || keyspace.expiresAtMs[slot]! >= 0)) return slot;
      }
    }
    return -1;
  }

  /** Offers one sample of keys to the pool. */
  private fill(nowMs: number): void {
    const { keyspace, pool } = this;
    const { config } = keyspace;
    const wanted = Math.min(config['maxmemory-samples'], keyspace.all.size);
    if (this.samples.length < wanted) this.samples = new Int32Array(wanted);
    const dict = config.evictsVolatileOnly ? keyspace.volatile : keyspace.all;
    const count = dict.sample(wanted, keyspace.random, this.samples);
    for (let i = 0; i < count; i++) {
      const slot = this.samples[i]!;
      const score = this.score(slot, nowMs);
      let place = 0;
      while (place < pool.length && pool[place]!.score < score) place++;
      if (pool.length === POOL_SIZE) {
        if (place === 0) continue; // worse than all that are waiting
        pool.shift();
        place--;
      }
      pool.splice(place, 0, { key: keyspace.keys[slot]!, score });
    }
  }

  /** The higher, the sooner it goes. */
  private score(slot: number, nowMs: number): number {
    const { keyspace } = this;
    const { config } = keyspace;
    if (config.tracksRecency) return idleMs(keyspace.ages[slot]!, keyspace.clock);
    if (config.tracksFrequency) {
      const settings = { logFactor: config['lfu-log-factor'], decayMinutes: config['lfu-decay-time'] };
      return 255 - lfuCounter(keyspace.ages[slot]!, nowMs, settings);
    }
    return TTL_SCORE_BASE - keyspace.expiresAtMs[slot]!;
  }
}

/** 0 to 500 µs up to a tenacity of 10, then 15 % more for each step; 100 is without limit (evict.c). */
function timeLimitUs(tenacity: number): number {
  if (tenacity <= 10) return 50 * tenacity;
  if (tenacity === 100) return Infinity;
  let limit = 500;
  for (let step = 10; step < tenacity; step++) limit *= 1.15;
  return Math.floor(limit);
}
