import { createPolicy, type PolicyName } from './eviction/registry.ts';
import { DECLINE, type EvictionPolicy } from './eviction/policy.ts';
import { SlotIndex } from './slot-index.ts';

/** Keys with a place of their own in the index for each entry of the cache: with 8, they take no more memory than the hash beside them. */
const TABLE_PER_ENTRY = 8;

/**
 * A cache of integer keys with a bound on entries, optionally one on bytes, and a time to live, all in typed arrays: what the
 * simulator runs millions of times a second. It holds no values; presence is the value. Expiry is lazy: an entry that is found
 * expired is removed by the lookup that found it.
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
  /** Bytes of each slot; empty where bytes don't bind. */
  private sizes: Float64Array;
  private bytes = 0;

  /**
   * @param chosen a policy by its name, or what makes one of a number of slots.
   * @param maxBytes bound on the sum of the sizes, beside the one on entries.
   * @param knownKeys keys run from 0 up to here, the popular first, as far as they are known beforehand; others are as welcome.
   */
  constructor(
    capacity: number,
    private readonly chosen: PolicyName | ((capacity: number) => EvictionPolicy),
    readonly maxBytes = Infinity,
    private readonly knownKeys = 0,
  ) {
    this.bound = capacity;
    this.sizes = new Float64Array(maxBytes === Infinity ? 0 : capacity);
    this.index = new SlotIndex(capacity, Math.min(knownKeys, TABLE_PER_ENTRY * capacity));
    this.policy = typeof chosen === 'string' ? createPolicy(chosen, capacity) : chosen(capacity);
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

  /** Sum of the sizes of the entries held; 0 where bytes don't bind. */
  get sizeBytes(): number {
    return this.bytes;
  }

  /** Entries given up for another one, living or expired. */
  evictions = 0;
  /** Entries found expired by a lookup. */
  expirations = 0;

  /** Slot of a fresh entry, which counts as used; −1 when there is none. */
  lookup(key: number, nowMs: number): number {
    const slot = this.index.find(key);
    if (slot < 0) return -1;
    if (this.expiry[slot]! <= nowMs) {
      this.expirations++;
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

  /**
   * Adds the key or renews it, evicting as many entries as it takes. An entry larger than `maxBytes` isn't stored, and what was
   * there under its key goes.
   * @param expiresAtMs may be Infinity. @param cost of a miss, for policies that weigh it.
   */
  insert(key: number, expiresAtMs: number, sizeBytes = 1, cost = 1): void {
    const present = this.index.find(key);
    if (present >= 0) {
      if (this.maxBytes === Infinity || this.sizes[present] === sizeBytes) {
        this.expiry[present] = expiresAtMs;
        this.policy.onHit(present);
        return;
      }
      this.removeSlot(present); // the policy learns of a size at insertion
    }
    if (sizeBytes > this.maxBytes) return;
    this.policy.onMiss(key);
    while (this.freeCount === 0 || this.bytes + sizeBytes > this.maxBytes) {
      const victim = this.policy.victim();
      if (victim === DECLINE) return;
      this.evictions++;
      this.removeSlot(victim);
    }
    const slot = this.free[--this.freeCount];
    this.keys[slot] = key;
    this.expiry[slot] = expiresAtMs;
    if (this.maxBytes !== Infinity) {
      this.sizes[slot] = sizeBytes;
      this.bytes += sizeBytes;
    }
    this.index.add(key, slot);
    this.policy.onInsert(slot, key, sizeBytes, cost);
  }

  /** No entry lives beyond this time. */
  endBy(expiresAtMs: number): void {
    for (let slot = 0; slot < this.bound; slot++)
      if (this.expiry[slot]! > expiresAtMs) this.expiry[slot] = expiresAtMs;
  }

  clear(): void {
    this.index.clear();
    this.policy.clear();
    for (let i = 0; i < this.bound; i++) this.free[i] = this.bound - 1 - i;
    this.freeCount = this.bound;
    this.bytes = 0;
  }

  /**
   * Removes the entries for which `lost` says so; it is asked once for each. Where the policy is a plain list it is asked in the order
   * of eviction, else slot by slot, since what the policy knows of the others must stay.
   */
  lose(lost: () => boolean): void {
    if (this.chosen === 'lru' || this.chosen === 'fifo') {
      for (const entry of this.drain()) if (!lost()) this.insert(...entry);
      return;
    }
    const held = new Uint8Array(this.bound).fill(1);
    for (let i = 0; i < this.freeCount; i++) held[this.free[i]] = 0;
    for (let slot = 0; slot < this.bound; slot++) if (held[slot] === 1 && lost()) this.removeSlot(slot);
  }

  /**
   * Changes the bound; when it shrinks, the entries that the policy would evict first go. The policy begins anew with those that
   * stay, in the order of eviction: counts and ghosts are lost.
   */
  resize(capacity: number): void {
    const entries = this.drain();
    const fresh = new SlotCache(capacity, this.chosen, this.maxBytes, this.knownKeys);
    this.index = fresh.index;
    this.policy = fresh.policy;
    this.keys = fresh.keys;
    this.expiry = fresh.expiry;
    this.sizes = fresh.sizes;
    this.free = fresh.free;
    this.freeCount = fresh.freeCount;
    this.bound = capacity;
    for (const entry of entries.slice(-capacity)) this.insert(...entry);
  }

  /** Empties the cache; the entries come in eviction order, so that inserting them again restores it. */
  private drain(): [key: number, expiresAtMs: number, sizeBytes: number][] {
    const entries: [number, number, number][] = [];
    while (this.size > 0) {
      const slot = this.policy.victim();
      entries.push([this.keys[slot], this.expiry[slot], this.maxBytes === Infinity ? 1 : this.sizes[slot]]);
      this.removeSlot(slot);
    }
    return entries;
  }

  private removeSlot(slot: number): void {
    this.index.remove(this.keys[slot]);
    this.policy.onRemove(slot);
    if (this.maxBytes !== Infinity) this.bytes -= this.sizes[slot];
    this.free[this.freeCount++] = slot;
  }
}
