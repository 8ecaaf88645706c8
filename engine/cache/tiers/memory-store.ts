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
 * L1 (C6): string key → slot, an entry's fields in columns by slot. Bounds on entries and on bytes both bind. Every operation is
 * O(1) but for those by prefix, which look at every key, and for a write that evicts several small entries for a large one.
 */
export class MemoryStore implements SyncStore {
  private readonly slots = new Map<string, number>();
  private readonly tagged = new TagIndex();
  private readonly policy: EvictionPolicy;
  private readonly keys: (string | undefined)[];
  private readonly values: unknown[];
  private readonly tags: (readonly string[])[];
  private readonly metadata: CacheEntry['metadata'][];
  private readonly createdAtMs: Float64Array;
  private readonly lastAccessedAtMs: Float64Array;
  private readonly freshUntilMs: Float64Array;
  private readonly staleUntilMs: Float64Array;
  private readonly sizes: Float64Array;
  private readonly accessCounts: Float64Array;
  private readonly free: Int32Array;
  private freeCount: number;
  private bytes = 0;
  private hand = 0;
  private readonly sweep: number;
  private readonly counts = { hits: 0, misses: 0, evictions: 0, expirations: 0 };

  constructor(private readonly options: MemoryStoreOptions) {
    const { maxEntries, maxBytes, policy } = options;
    if (!Number.isInteger(maxEntries) || maxEntries < 1)
      throw new InputError('maxEntries', 'a whole number above 0', show(maxEntries));
    if (!(maxBytes > 0)) throw new InputError('maxBytes', 'a number above 0', show(maxBytes));
    this.sweep = options.sweep ?? 2;
    this.policy = createPolicy(policy, maxEntries);
    this.keys = new Array<string | undefined>(maxEntries).fill(undefined);
    this.values = new Array<unknown>(maxEntries).fill(undefined);
    this.tags = new Array<readonly string[]>(maxEntries).fill([]);
    this.metadata = new Array<CacheEntry['metadata']>(maxEntries).fill({});
    this.createdAtMs = new Float64Array(maxEntries);
    this.lastAccessedAtMs = new Float64Array(maxEntries);
    this.freshUntilMs = new Float64Array(maxEntries);
    this.staleUntilMs = new Float64Array(maxEntries);
    this.sizes = new Float64Array(maxEntries);
    this.accessCounts = new Float64Array(maxEntries);
    this.free = Int32Array.from({ length: maxEntries }, (_, i) => maxEntries - 1 - i);
    this.freeCount = maxEntries;
  }

  /** A copy of the entry, which counts as used; undefined when it is missing or past `staleUntilMs`. */
  get(key: string, nowMs: number): CacheEntry | undefined {
    this.expireSome(nowMs);
    const slot = this.liveSlot(key, nowMs);
    if (slot === undefined) {
      this.counts.misses++;
      return undefined;
    }
    this.counts.hits++;
    this.lastAccessedAtMs[slot] = nowMs;
    this.accessCounts[slot]++;
    this.policy.onHit(slot);
    return this.entryAt(slot);
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
    this.expireSome(nowMs);
    const present = this.liveSlot(key, nowMs);
    const { maxBytes } = this.options;
    if (sizeBytes > maxBytes || nowMs >= entry.staleUntilMs) {
      if (present !== undefined) this.removeSlot(present);
      return { kept: false, evicted: NOTHING };
    }
    if (present !== undefined && this.bytes - this.sizes[present] + sizeBytes <= maxBytes) {
      this.forgetContent(present);
      this.store(present, entry, nowMs);
      this.policy.onHit(present);
      return { kept: true, evicted: NOTHING };
    }
    if (present !== undefined) this.removeSlot(present); // lest it be chosen as its own victim
    const hash = keyHash(key);
    this.policy.onMiss(hash);
    const evicted: CacheEntry[] = [];
    while (this.freeCount === 0 || this.bytes + sizeBytes > maxBytes) {
      const victim = this.policy.victim();
      if (victim === DECLINE) return { kept: false, evicted };
      if (nowMs < this.staleUntilMs[victim]) {
        evicted.push(this.entryAt(victim));
        this.counts.evictions++;
      } else this.counts.expirations++;
      this.removeSlot(victim);
    }
    const slot = this.free[--this.freeCount];
    this.slots.set(key, slot);
    this.keys[slot] = key;
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
      .sort((a, b) => this.lastAccessedAtMs[b] - this.lastAccessedAtMs[a])
      .slice(0, limit)
      .map((slot) => this.entryAt(slot));
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
      this.hand = slot + 1 === maxEntries ? 0 : slot + 1;
      if (this.keys[slot] === undefined || nowMs < this.staleUntilMs[slot]) continue;
      this.counts.expirations++;
      this.removeSlot(slot);
    }
  }

  private store(slot: number, entry: CacheEntry, nowMs: number): void {
    this.values[slot] = entry.value;
    this.tags[slot] = entry.tags;
    this.metadata[slot] = entry.metadata;
    this.createdAtMs[slot] = entry.createdAtMs;
    this.lastAccessedAtMs[slot] = nowMs; // being written counts as a use
    this.freshUntilMs[slot] = entry.freshUntilMs;
    this.staleUntilMs[slot] = entry.staleUntilMs;
    this.accessCounts[slot] = entry.accessCount;
    this.sizes[slot] = entry.sizeBytes;
    this.bytes += entry.sizeBytes;
    this.tagged.add(slot, entry.tags);
  }

  private forgetContent(slot: number): void {
    this.bytes -= this.sizes[slot];
    this.tagged.remove(slot, this.tags[slot]);
  }

  private entryAt(slot: number): CacheEntry {
    return {
      key: this.keys[slot] as string,
      value: this.values[slot],
      createdAtMs: this.createdAtMs[slot],
      lastAccessedAtMs: this.lastAccessedAtMs[slot],
      accessCount: this.accessCounts[slot],
      freshUntilMs: this.freshUntilMs[slot],
      staleUntilMs: this.staleUntilMs[slot],
      sizeBytes: this.sizes[slot],
      tags: this.tags[slot],
      metadata: this.metadata[slot],
    };
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
    this.slots.delete(this.keys[slot] as string);
    this.keys[slot] = undefined;
    this.values[slot] = undefined; // lets the value be collected
    this.policy.onRemove(slot);
    this.free[this.freeCount++] = slot;
  }
}
