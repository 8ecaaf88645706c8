import { nextUsesOf } from '../eviction/opt.ts';
import { DECLINE, type EvictionPolicy } from '../eviction/policy.ts';
import {
  createOracle,
  createPolicy,
  ORACLE_NAMES,
  type OracleName,
  type PolicyName,
} from '../eviction/registry.ts';
import { denseLoopOf, type DenseLoop } from './dense-loops.ts';
import type { Trace } from './trace.ts';

export type ReplayPolicy = PolicyName | OracleName;

/** What bounds the cache: entries, or the sum of sizes. */
export type ReplayCapacity = { entries: number } | { bytes: number };

export interface ReplayResult {
  requests: number;
  misses: number;
  /** Share of the requests that were hits. */
  hitRatio: number;
  /** Bytes asked for and not held; null where the trace has no sizes. */
  missedBytes: number | null;
  /** Share of the bytes asked for that were hits. */
  byteHitRatio: number | null;
}

/**
 * One policy with one capacity over one trace, from a cold start; every request counts. `advance` works off a stretch, so that a worker
 * can tell how far it is in between.
 *
 * Ids are dense, so a table takes the place of the hash index of SlotCache; a test holds the two equal.
 */
export class Replay {
  private readonly policy: EvictionPolicy;
  /** Takes the place of policy and table where all entries have one size and the policy is a plain one. */
  private readonly loop: DenseLoop | null;
  /** Slot + 1 of each id; 0: not held. */
  private readonly slotOf: Int32Array;
  private readonly idOf: Int32Array;
  private readonly free: Int32Array;
  private freeCount: number;
  private readonly maxBytes: number;
  private heldBytes = 0;
  /** Size of what each slot holds; where bytes don't bind, none. */
  private readonly heldSizes: Float64Array;
  private next = 0;
  private misses = 0;
  private missedBytes = 0;

  constructor(
    private readonly trace: Trace,
    name: ReplayPolicy,
    capacity: ReplayCapacity,
    seed = 1,
  ) {
    const boundByBytes = 'bytes' in capacity;
    this.maxBytes = boundByBytes ? capacity.bytes : Infinity;
    // With room for every key nothing is ever evicted, so more slots make no difference.
    const slots = boundByBytes ? slotsFor(trace, capacity.bytes) : Math.min(capacity.entries, trace.unique);
    this.policy = isOracle(name)
      ? createOracle(name, slots, nextUsesOfTrace(trace))
      : createPolicy(name, slots, seed);
    this.loop = boundByBytes || trace.sizes !== null ? null : denseLoopOf(name, slots, trace.unique);
    this.slotOf = new Int32Array(this.loop === null ? trace.unique : 0);
    this.idOf = new Int32Array(slots);
    this.free = new Int32Array(slots);
    for (let i = 0; i < slots; i++) this.free[i] = slots - 1 - i;
    this.freeCount = slots;
    this.heldSizes = new Float64Array(boundByBytes ? slots : 0);
  }

  get done(): boolean {
    return this.next === this.trace.requests;
  }

  /** Requests worked off so far. */
  get replayed(): number {
    return this.next;
  }

  /** Works off at most so many more requests. */
  advance(requests: number): void {
    const end = Math.min(this.trace.requests, this.next + requests);
    if (this.loop !== null) this.misses += this.loop.advance(this.trace.ids, this.next, end);
    else if (this.trace.sizes === null) this.replayCounted(end);
    else this.replaySized(end, this.trace.sizes);
    this.next = end;
  }

  result(): ReplayResult {
    const { trace, next: requests, misses } = this;
    const sized = trace.sizes !== null;
    let bytes = 0;
    if (trace.sizes !== null) for (let i = 0; i < requests; i++) bytes += trace.sizes[i];
    return {
      requests,
      misses,
      hitRatio: requests === 0 ? 0 : (requests - misses) / requests,
      missedBytes: sized ? this.missedBytes : null,
      byteHitRatio: sized && bytes > 0 ? (bytes - this.missedBytes) / bytes : null,
    };
  }

  /** The hot loop where all entries have one size. */
  private replayCounted(end: number): void {
    const { policy, slotOf, idOf, free } = this;
    const { ids } = this.trace;
    let { freeCount, misses } = this;
    for (let i = this.next; i < end; i++) {
      const id = ids[i];
      const found = slotOf[id];
      if (found !== 0) {
        policy.onHit(found - 1);
        continue;
      }
      misses++;
      policy.onMiss(id);
      if (freeCount === 0) {
        const victim = policy.victim();
        if (victim === DECLINE) continue;
        policy.onRemove(victim);
        slotOf[idOf[victim]] = 0;
        free[freeCount++] = victim;
      }
      const slot = free[--freeCount];
      slotOf[id] = slot + 1;
      idOf[slot] = id;
      policy.onInsert(slot, id, 1, 1);
    }
    this.freeCount = freeCount;
    this.misses = misses;
  }

  /** The same with sizes. What is larger than the cache isn't stored; an entry counts with the size it had when it came in. */
  private replaySized(end: number, sizes: Float64Array): void {
    const { policy, slotOf, idOf, heldSizes, maxBytes } = this;
    const { ids } = this.trace;
    for (let i = this.next; i < end; i++) {
      const id = ids[i];
      const size = sizes[i];
      const found = slotOf[id];
      if (found !== 0) {
        policy.onHit(found - 1);
        continue;
      }
      this.misses++;
      this.missedBytes += size;
      policy.onMiss(id);
      if (size > maxBytes) continue;
      let declined = false;
      while (this.freeCount === 0 || this.heldBytes + size > maxBytes) {
        const victim = policy.victim();
        if (victim === DECLINE) {
          declined = true;
          break;
        }
        policy.onRemove(victim);
        slotOf[idOf[victim]] = 0;
        if (maxBytes !== Infinity) this.heldBytes -= heldSizes[victim];
        this.free[this.freeCount++] = victim;
      }
      if (declined) continue;
      const slot = this.free[--this.freeCount];
      slotOf[id] = slot + 1;
      idOf[slot] = id;
      if (maxBytes !== Infinity) {
        heldSizes[slot] = size;
        this.heldBytes += size;
      }
      policy.onInsert(slot, id, size, 1);
    }
  }
}

function isOracle(name: ReplayPolicy): name is OracleName {
  return (ORACLE_NAMES as readonly string[]).includes(name);
}

/** As many entries as can ever fit: a byte bound must be what binds. */
function slotsFor(trace: Trace, bytes: number): number {
  let smallest = Infinity;
  if (trace.sizes !== null) for (const size of trace.sizes) if (size < smallest) smallest = size;
  return Math.max(1, Math.min(trace.unique, Math.floor(bytes / Math.max(1, smallest))));
}

const nextUses = new WeakMap<Trace, Int32Array>();

function nextUsesOfTrace(trace: Trace): Int32Array {
  let found = nextUses.get(trace);
  if (found === undefined) nextUses.set(trace, (found = nextUsesOf(trace.ids, trace.unique)));
  return found;
}
