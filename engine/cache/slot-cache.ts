import { createPolicy, type PolicyName } from './eviction/registry.ts';
import type { EvictionPolicy } from './eviction/policy.ts';
import { SlotIndex } from './slot-index.ts';

/**
 * A cache of integer keys with a bound on entries and a time to live, all in typed arrays: what the simulator runs
 * millions of times a second. It holds no values; presence is the value. Expiry is lazy: an entry that is found expired
 * is removed by the lookup that found it.
 */
export class SlotCache {
  private index: SlotIndex;
  private policy: EvictionPolicy;
  private keys: Int32Array;
  private expiry: Float64Array;
  /** Stack of free slots. */
  private free: Int32Array;
  private freeCount: number;
  private bound: number;

  constructor(
    capacity: number,
    private readonly policyName: PolicyName,
  ) {
    this.bound = capacity;
    this.index = new SlotIndex(capacity);
    this.policy = createPolicy(policyName, capacity);
    this.keys = new Int32Array(capacity);
    this.expiry = new Float64Array(capacity);
    this.free = Int32Array.from({ length: capacity }, (_, i) => capacity - 1 - i);
    this.freeCount = capacity;
  }

  get capacity(): number {
    return this.bound;
  }

  /** Entries held, expired ones that nobody asked for included. */
  get size(): number {
    return this.bound - this.freeCount;
  }

  /** Slot of a fresh entry, which counts as used; −1 when there is none. */
  lookup(key: number, nowMs: number): number {
    const slot = this.index.find(key);
    if (slot < 0) return -1;
    if (this.expiry[slot]! <= nowMs) {
      this.removeSlot(slot);
      return -1;
    }
    this.policy.onHit(slot);
    return slot;
  }

  expiresAtMs(slot: number): number {
    return this.expiry[slot]!;
  }

  /** For a sliding time to live. */
  setExpiry(slot: number, expiresAtMs: number): void {
    this.expiry[slot] = expiresAtMs;
  }

  /** Adds the key or renews it, evicting one entry when full. `expiresAtMs` may be Infinity. */
  insert(key: number, expiresAtMs: number): void {
    const present = this.index.find(key);
    if (present >= 0) {
      this.expiry[present] = expiresAtMs;
      this.policy.onHit(present);
      return;
    }
    if (this.freeCount === 0) this.removeSlot(this.policy.victim());
    const slot = this.free[--this.freeCount]!;
    this.keys[slot] = key;
    this.expiry[slot] = expiresAtMs;
    this.index.add(key, slot);
    this.policy.onInsert(slot);
  }

  clear(): void {
    this.index.clear();
    this.policy.clear();
    for (let i = 0; i < this.bound; i++) this.free[i] = this.bound - 1 - i;
    this.freeCount = this.bound;
  }

  /** Removes the entries for which `lost` says so; it is asked once for each, in the order the policy would evict them. */
  lose(lost: () => boolean): void {
    const kept = this.drain().filter(() => !lost());
    for (const [key, expiresAtMs] of kept) this.insert(key, expiresAtMs);
  }

  /** Changes the bound; when it shrinks, the entries that the policy would evict first go. */
  resize(capacity: number): void {
    const entries = this.drain();
    const fresh = new SlotCache(capacity, this.policyName);
    this.index = fresh.index;
    this.policy = fresh.policy;
    this.keys = fresh.keys;
    this.expiry = fresh.expiry;
    this.free = fresh.free;
    this.freeCount = fresh.freeCount;
    this.bound = capacity;
    for (const [key, expiresAtMs] of entries.slice(-capacity)) this.insert(key, expiresAtMs);
  }

  /** Empties the cache; the entries come in eviction order, so that inserting them again restores it. */
  private drain(): [key: number, expiresAtMs: number][] {
    const entries: [number, number][] = [];
    while (this.size > 0) {
      const slot = this.policy.victim();
      entries.push([this.keys[slot]!, this.expiry[slot]!]);
      this.removeSlot(slot);
    }
    return entries;
  }

  private removeSlot(slot: number): void {
    this.index.remove(this.keys[slot]!);
    this.policy.onRemove(slot);
    this.free[this.freeCount++] = slot;
  }
}
