import { InputError, show } from '../../core/errors.ts';
import type { CacheEntry } from '../entry.ts';
import { DECLINE, type EvictionPolicy } from '../eviction/policy.ts';
import { createPolicy, type PolicyName } from '../eviction/registry.ts';
import type { SetResult, SyncStore } from './sync-store.ts';
import { keyHash } from './memory-key.ts';
import { TagIndex } from './memory-tags.ts';
import type { TierStats } from './tier.ts';

export interface MemoryStoreOptions {
  /** Most entries held; at least 1. */
  maxEntries: number;
  /** Most bytes held, by the entries' `sizeBytes`; Infinity for no bound. */
  maxBytes: number;
  policy: PolicyName;
  /**
   * Active expiry: slots examined by each get and set, so that expired entries go within maxEntries / sweep calls even
   * if nobody asks for them. 0: lazy expiry only, as in the simulator's caches. Default 2.
   */
  sweep?: number;
}

const NOTHING: readonly CacheEntry[] = [];

/**
 * L1 (C6): string key → slot, entries by slot. Bounds on entries and on bytes both bind. Every operation is O(1) but for those by
 * prefix, which look at every key, and for a write that evicts several small entries for a large one.
 *
 * What is written is copied once, and a read hands out the store's own entry, its use noted in it: a hit allocates nothing. Its reader
 * must not change it.
 */
export class MemoryStore implements SyncStore {
  private readonly slots = new Map<string, number>();
  private readonly tagged = new TagIndex();
  private readonly policy: EvictionPolicy;
  private readonly entries: (CacheEntry | undefined)[];
  /** Of the entries, for the sweep; Infinity where there is none. */
  private readonly staleUntilMs: Float64Array;
  private readonly free: Int32Array;
  private freeCount: number;
  private bytes = 0;
  private hand = 0;
  /** Nothing expires before: until then there is nothing to sweep. Found anew in each lap of the hand. */
  private firstEndMs = Infinity;
  private firstEndOfLapMs = Infinity;
  private readonly sweep: number;
  private readonly counts = { hits: 0, misses: 0, evictions: 0, expirations: 0 };

  constructor(private readonly options: MemoryStoreOptions) {
    const { maxEntries, maxBytes, policy } = options;
    if (!Number.isInteger(maxEntries) || maxEntries < 1)
      throw new InputError('maxEntries', 'a whole number above 0', show(maxEntries));
    if (!(maxBytes > 0)) throw new InputError('maxBytes', 'a number above 0', show(maxBytes));
    this.sweep = options.sweep ?? 2;
    this.policy = createPolicy(policy, maxEntries);
    this.entries = new Array<CacheEntry | undefined>(maxEntries).fill(undefined);
    this.staleUntilMs = new Float64Array(maxEntries).fill(Infinity);
    this.free = Int32Array.from({ length: maxEntries }, (_, i) => maxEntries - 1 - i);
    this.freeCount = maxEntries;
  }

  /** The entry, which counts as used; undefined when it is missing or past `staleUntilMs`. */
  get(key: string, nowMs: number): CacheEntry | undefined {
    if (nowMs >= this.firstEndMs) this.expireSome(nowMs);
    const slot = this.liveSlot(key, nowMs);
    if (slot === undefined) {
      this.counts.misses++;
      return undefined;
    }
    this.counts.hits++;
    const entry = this.entries[slot]!;
    entry.lastAccessedAtMs = nowMs;
    entry.accessCount++;
    this.policy.onHit(slot);
    return entry;
  }

  /**
   * Adds the entry or renews it, evicting by the policy until it fits. Declined is one that is larger than the whole store,
   * expired already, or not wanted by the policy; an older one of the same key goes then, for it would be outdated.
   * @throws InputError when `sizeBytes` is no number of bytes.
   */
  set(entry: CacheEntry, nowMs: number): SetResult {
    const { key, sizeBytes } = entry;
    if (!(sizeBytes >= 0 && sizeBytes < Infinity))
      throw new InputError('sizeBytes', 'a number of bytes', show(sizeBytes));
    if (nowMs >= this.firstEndMs) this.expireSome(nowMs);
    const present = this.liveSlot(key, nowMs);
    const { maxBytes } = this.options;
    if (sizeBytes > maxBytes || nowMs >= entry.staleUntilMs) {
      if (present !== undefined) this.removeSlot(present);
      return { kept: false, evicted: NOTHING };
    }
    if (present !== undefined && this.bytes - this.entries[present]!.sizeBytes + sizeBytes <= maxBytes) {
      this.forgetContent(present);
      this.store(present, entry, nowMs);
      this.policy.onHit(present);
      return { kept: true, evicted: NOTHING };
    }
    if (present !== undefined) this.removeSlot(present); // lest it be chosen as its own victim
    const hash = this.policy.ignoresKeys ? 0 : keyHash(key);
    this.policy.onMiss(hash);
    const evicted: CacheEntry[] = [];
    while (this.freeCount === 0 || this.bytes + sizeBytes > maxBytes) {
      const victim = this.policy.victim();
      if (victim === DECLINE) return { kept: false, evicted };
      if (nowMs < this.staleUntilMs[victim]) {
        evicted.push(this.entries[victim]!);
        this.counts.evictions++;
      } else this.counts.expirations++;
      this.removeSlot(victim);
    }
    const slot = this.free[--this.freeCount];
    this.slots.set(key, slot);
    this.store(slot, entry, nowMs);
    this.policy.onInsert(slot, hash, sizeBytes > 0 ? sizeBytes : 1, 1);
    return { kept: true, evicted };
  }

  delete(key: string, nowMs: number): boolean {
    const slot = this.liveSlot(key, nowMs);
    if (slot === undefined) return false;
    this.removeSlot(slot);
    return true;
  }

  touch(key: string, nowMs: number): void {
    const slot = this.liveSlot(key, nowMs);
    if (slot !== undefined) this.policy.onHit(slot);
  }

  deleteByTag(tag: string, nowMs: number): number {
    return this.removeAll(this.tagged.slotsOf(tag), nowMs);
  }

  deleteByPrefix(prefix: string, nowMs: number): number {
    const found: number[] = [];
    for (const [key, slot] of this.slots) if (key.startsWith(prefix)) found.push(slot);
    return this.removeAll(found, nowMs);
  }

  clear(): void {
    for (const slot of [...this.slots.values()]) this.removeSlot(slot);
  }

  inspect(limit: number, nowMs: number): CacheEntry[] {
    return [...this.slots.values()]
      .filter((slot) => nowMs < this.staleUntilMs[slot])
      .map((slot) => this.entries[slot]!)
      .sort((a, b) => b.lastAccessedAtMs - a.lastAccessedAtMs)
      .slice(0, limit);
  }

  stats(): TierStats {
    return { entries: this.slots.size, sizeBytes: this.bytes, ...this.counts, failures: 0 };
  }

  /** Removes an expired entry on the way (lazy expiry). */
  private liveSlot(key: string, nowMs: number): number | undefined {
    const slot = this.slots.get(key);
    if (slot === undefined || nowMs < this.staleUntilMs[slot]) return slot;
    this.counts.expirations++;
    this.removeSlot(slot);
    return undefined;
  }

  private expireSome(nowMs: number): void {
    const { maxEntries } = this.options;
    for (let i = 0; i < this.sweep; i++) {
      const slot = this.hand;
      const endMs = this.staleUntilMs[slot];
      if (nowMs >= endMs) {
        this.counts.expirations++;
        this.removeSlot(slot);
      } else if (endMs < this.firstEndOfLapMs) this.firstEndOfLapMs = endMs;
      this.hand = slot + 1;
      if (this.hand < maxEntries) continue;
      this.hand = 0;
      this.firstEndMs = this.firstEndOfLapMs;
      this.firstEndOfLapMs = Infinity;
    }
  }

  private store(slot: number, entry: CacheEntry, nowMs: number): void {
    const { key, value, createdAtMs, freshUntilMs, staleUntilMs, sizeBytes, accessCount, tags, metadata } =
      entry;
    // Being written counts as a use.
    const lastAccessedAtMs = nowMs;
    this.entries[slot] = {
      key,
      value,
      createdAtMs,
      lastAccessedAtMs,
      accessCount,
      freshUntilMs,
      staleUntilMs,
      sizeBytes,
      tags,
      metadata,
    };
    this.staleUntilMs[slot] = staleUntilMs;
    // The lap under way may have passed this slot already.
    if (staleUntilMs < this.firstEndMs) this.firstEndMs = staleUntilMs;
    if (staleUntilMs < this.firstEndOfLapMs) this.firstEndOfLapMs = staleUntilMs;
    this.bytes += sizeBytes;
    this.tagged.add(slot, tags);
  }

  private forgetContent(slot: number): void {
    const { sizeBytes, tags } = this.entries[slot]!;
    this.bytes -= sizeBytes;
    this.tagged.remove(slot, tags);
  }

  private removeAll(slots: Iterable<number>, nowMs: number): number {
    let live = 0;
    for (const slot of [...slots]) {
      if (nowMs < this.staleUntilMs[slot]) live++;
      else this.counts.expirations++;
      this.removeSlot(slot);
    }
    return live;
  }

  private removeSlot(slot: number): void {
    this.forgetContent(slot);
    this.slots.delete(this.entries[slot]!.key);
    this.entries[slot] = undefined; // lets it be collected
    this.staleUntilMs[slot] = Infinity;
    this.policy.onRemove(slot);
    this.free[this.freeCount++] = slot;
  }
}
