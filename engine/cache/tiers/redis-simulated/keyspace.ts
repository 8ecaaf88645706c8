import { doubled, SlotAllocator } from '../../../core/growing.ts';
import type { RandomStream } from '../../../core/random.ts';
import { lruClock, newLfuField, touchedLfuField } from './access-age.ts';
import type { RedisConfig } from './config.ts';
import { Dict } from './dict.ts';
import { parseInteger } from './integers.ts';
import type { MemoryModel } from './memory-model.ts';
import { RedisSet } from './redis-set.ts';
import { hashText, utf8Length } from './text.ts';

export type RedisValue = string | RedisSet;

/** Integers from 0 to this are shared objects that cost nothing, unless a policy needs a field of their own (object.c). */
const SHARED_INTEGERS = 10_000;
const NEVER = -1;

export interface KeyspaceStats {
  hits: number;
  misses: number;
  expired: number;
  evicted: number;
}

/**
 * The one database: keys with value, expiry and age, in columns by slot, and two hash tables over the slots, one of all
 * keys and one of those that expire (db.c). It also knows what all this costs in memory. A slot is −1 when there is no key.
 */
export class Keyspace {
  readonly keys: string[] = [];
  hashes = new Uint32Array(16);
  readonly values: RedisValue[] = [];
  /** Unix time in ms after which the key is gone; −1: never. It lives *through* that millisecond. */
  expiresAtMs = new Float64Array(16);
  /** LRU clock, or minute and LFU counter: see access-age.ts. */
  ages = new Int32Array(16);
  /** Allocations of value and key. */
  private bytes = new Float64Array(16);
  private readonly slots = new SlotAllocator(16, () => this.grow());
  readonly all: Dict;
  readonly volatile: Dict;
  readonly stats: KeyspaceStats = { hits: 0, misses: 0, expired: 0, evicted: 0 };
  /** As of the last cron: the server doesn't ask the system's clock for each access. */
  clock = 0;
  /** No key expires before this time, ms; a lower bound, which deletions don't raise. */
  earliestExpiryMs = Infinity;
  /** What the command being executed occupies by its arguments. */
  transientBytes = 0;
  private valueBytesTotal = 0;
  private readonly hashSeed: number;

  constructor(
    readonly config: RedisConfig,
    readonly memory: MemoryModel,
    readonly random: RandomStream,
    /** What the server occupies before the first key. */
    private readonly baseBytes: number,
  ) {
    this.hashSeed = random.uint32();
    const mayGrow = (buckets: number): boolean =>
      config.maxmemory === 0 || this.usedBytes() + memory.tableBytes(buckets) <= config.maxmemory;
    this.all = new Dict(this, mayGrow);
    this.volatile = new Dict(this, mayGrow);
  }

  /** `used_memory`, bytes. */
  usedBytes(): number {
    const { all, volatile, memory } = this;
    let tables = 0;
    for (const dict of [all, volatile])
      tables += memory.tableBytes(dict.tableLength(0)) + memory.tableBytes(dict.tableLength(1));
    const entries = (all.size + volatile.size) * memory.entryBytes;
    return this.baseBytes + this.transientBytes + tables + entries + this.valueBytesTotal;
  }

  tick(nowMs: number): void {
    this.clock = lruClock(nowMs);
  }

  /** Slot of the key, expired or not; changes nothing. */
  find(key: string): number {
    return this.all.find(key, hashText(key, this.hashSeed));
  }

  isExpired(slot: number, nowMs: number): boolean {
    const at = this.expiresAtMs[slot]!;
    return at !== NEVER && nowMs > at;
  }

  /** Slot of a live key for a command that reads: counts a hit or a miss and, unless told otherwise, a use. */
  read(key: string, nowMs: number, touch = true): number {
    const slot = this.live(key, nowMs);
    if (slot < 0) {
      this.stats.misses++;
      return -1;
    }
    this.stats.hits++;
    if (touch) this.touch(slot, nowMs);
    return slot;
  }

  /** Slot of a live key for a command that writes: counts a use, no hit. */
  write(key: string, nowMs: number): number {
    const slot = this.live(key, nowMs);
    if (slot >= 0) this.touch(slot, nowMs);
    return slot;
  }

  /** Slot of a live key; an expired one is deleted on the way (lazy expiry). Counts nothing. */
  live(key: string, nowMs: number): number {
    const slot = this.find(key);
    if (slot < 0 || !this.isExpired(slot, nowMs)) return slot;
    this.expire(slot);
    return -1;
  }

  /** Gives a key a value, new or not; @param slot what `write` said of it. The expiry is dropped unless kept. */
  put(key: string, slot: number, value: RedisValue, nowMs: number, keepExpiry = false): number {
    if (slot < 0) slot = this.insert(key);
    else {
      this.valueBytesTotal -= this.bytes[slot]!;
      if (!keepExpiry) this.clearExpiry(slot);
      if (!this.config.tracksFrequency) this.ages[slot] = this.clock;
      this.values[slot] = value;
      this.account(slot);
      return slot;
    }
    this.ages[slot] = this.config.tracksFrequency ? newLfuField(nowMs) : this.clock;
    this.values[slot] = value;
    this.account(slot);
    return slot;
  }

  /** To be called after a set was changed in place. */
  recount(slot: number): void {
    this.valueBytesTotal -= this.bytes[slot]!;
    this.account(slot);
  }

  delete(slot: number): void {
    this.clearExpiry(slot);
    this.all.remove(slot);
    this.valueBytesTotal -= this.bytes[slot]!;
    this.keys[slot] = '';
    this.values[slot] = '';
    this.slots.give(slot);
  }

  expire(slot: number): void {
    this.delete(slot);
    this.stats.expired++;
  }

  setExpiry(slot: number, atMs: number): void {
    if (this.expiresAtMs[slot] === NEVER) this.volatile.add(slot);
    this.expiresAtMs[slot] = atMs;
    if (atMs < this.earliestExpiryMs) this.earliestExpiryMs = atMs;
  }

  /** True when it had one. */
  clearExpiry(slot: number): boolean {
    if (this.expiresAtMs[slot] === NEVER) return false;
    this.volatile.remove(slot);
    this.expiresAtMs[slot] = NEVER;
    if (this.volatile.size === 0) this.earliestExpiryMs = Infinity;
    return true;
  }

  clear(): void {
    const held: number[] = [];
    for (let bucket = 0; bucket < this.all.tableLength(0); bucket++) this.collect(0, bucket, held);
    for (let bucket = 0; bucket < this.all.tableLength(1); bucket++) this.collect(1, bucket, held);
    for (const slot of held) {
      this.keys[slot] = '';
      this.values[slot] = '';
      this.slots.give(slot);
    }
    this.all.clear();
    this.volatile.clear();
    this.valueBytesTotal = 0;
    this.earliestExpiryMs = Infinity;
  }

  /** Length of a string value, bytes, expired or not; 0 when there is none. Changes nothing. */
  valueLength(key: string): number {
    const value = this.values[this.find(key)];
    return typeof value === 'string' ? utf8Length(value) : 0;
  }

  /** What MEMORY USAGE says of it, bytes. */
  reportedUsage(slot: number): number {
    const keyLength = utf8Length(this.keys[slot]!);
    const value = this.values[slot]!;
    const bytes =
      value instanceof RedisSet ? value.reportedBytes(this.memory) : this.valueBytes(value, false);
    return this.memory.reportedUsage(keyLength, bytes);
  }

  encoding(slot: number): 'int' | 'embstr' | 'raw' | 'intset' | 'hashtable' {
    const value = this.values[slot]!;
    if (value instanceof RedisSet) return value.encoding;
    if (isInteger(value)) return 'int';
    return utf8Length(value) <= 44 ? 'embstr' : 'raw';
  }

  private insert(key: string): number {
    const slot = this.slots.take();
    this.keys[slot] = key;
    this.hashes[slot] = hashText(key, this.hashSeed);
    this.expiresAtMs[slot] = NEVER;
    this.all.add(slot);
    return slot;
  }

  private touch(slot: number, nowMs: number): void {
    const { config } = this;
    if (!config.tracksFrequency) {
      this.ages[slot] = this.clock;
      return;
    }
    const settings = { logFactor: config['lfu-log-factor'], decayMinutes: config['lfu-decay-time'] };
    this.ages[slot] = touchedLfuField(this.ages[slot]!, nowMs, settings, this.random.uniform());
  }

  private account(slot: number): void {
    const bytes =
      this.memory.stringBytes(utf8Length(this.keys[slot]!)) + this.valueBytes(this.values[slot]!, true);
    this.bytes[slot] = bytes;
    this.valueBytesTotal += bytes;
  }

  private valueBytes(value: RedisValue, shareIntegers: boolean): number {
    if (value instanceof RedisSet) return value.bytes(this.memory);
    if (!isInteger(value)) return this.memory.valueBytes(utf8Length(value));
    const { config } = this;
    const ownField = config.maxmemory > 0 && (config.tracksFrequency || config.tracksRecency);
    const shared = shareIntegers && !ownField && Number(value) >= 0 && Number(value) < SHARED_INTEGERS;
    return shared ? 0 : this.memory.integerBytes();
  }

  private collect(table: 0 | 1, bucket: number, into: number[]): void {
    for (let slot = this.all.head(table, bucket); slot >= 0; slot = this.all.nextInBucket(slot))
      into.push(slot);
  }

  private grow(): void {
    const hashes = new Uint32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
    this.expiresAtMs = doubled(this.expiresAtMs);
    this.ages = doubled(this.ages);
    this.bytes = doubled(this.bytes);
  }
}

const isInteger = (text: string): boolean => text.length <= 20 && parseInteger(text) !== undefined;
