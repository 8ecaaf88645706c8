import type { ReplayPolicy } from './replay.ts';

/**
 * Hot loops of the replay for the plain policies. Ids are dense, so what is known of a key sits at its id, without slots between; and
 * one loop that holds its policy spares three calls a request, which the compiler cannot inline once it has seen several policies.
 * The readable policies in ../eviction are the oracle: a property test holds the misses of both equal.
 */
export interface DenseLoop {
  /** Works off the requests from `from` up to `end`. @returns misses among them. */
  advance(ids: Int32Array, from: number, end: number): number;
}

/** The loop of a policy, where there is one. @param slots at least 1. @param unique ids are below it. */
export function denseLoopOf(policy: ReplayPolicy, slots: number, unique: number): DenseLoop | null {
  if (policy === 'fifo') return new DenseFifo(slots, unique);
  if (policy === 'lru') return new DenseLru(slots, unique);
  if (policy === 'sieve') return new DenseSieve(slots, unique);
  return null;
}

class DenseFifo implements DenseLoop {
  private readonly held: Uint8Array;
  private readonly ring: Int32Array;
  private next = 0;
  private size = 0;

  constructor(slots: number, unique: number) {
    this.held = new Uint8Array(unique);
    this.ring = new Int32Array(slots);
  }

  advance(ids: Int32Array, from: number, end: number): number {
    const { held, ring } = this;
    const slots = ring.length;
    let { next, size } = this;
    let misses = 0;
    for (let i = from; i < end; i++) {
      const id = ids[i];
      if (held[id] !== 0) continue;
      misses++;
      if (size === slots) held[ring[next]] = 0;
      else size++;
      ring[next] = id;
      held[id] = 1;
      if (++next === slots) next = 0;
    }
    this.next = next;
    this.size = size;
    return misses;
  }
}

/** A list of the nodes id + 1: [newer, older] of each. Node 0 is the sentinel, whose newer one is the oldest, its older one the newest. */
class DenseLru implements DenseLoop {
  /** Newer: −1 where the id is not held. */
  private readonly links: Int32Array;
  private size = 0;

  constructor(
    private readonly slots: number,
    unique: number,
  ) {
    this.links = new Int32Array(2 * (unique + 1)).fill(-1);
    this.links[0] = 0;
    this.links[1] = 0;
  }

  advance(ids: Int32Array, from: number, end: number): number {
    const { links, slots } = this;
    let { size } = this;
    let misses = 0;
    for (let i = from; i < end; i++) {
      const node = ids[i] + 1;
      const newer = links[2 * node];
      if (newer === 0) continue;
      if (newer > 0) {
        const older = links[2 * node + 1];
        links[2 * older] = newer;
        links[2 * newer + 1] = older;
      } else {
        misses++;
        if (size === slots) {
          const oldest = links[0];
          const second = links[2 * oldest];
          links[0] = second;
          links[2 * second + 1] = 0;
          links[2 * oldest] = -1;
        } else size++;
      }
      const newest = links[1];
      links[2 * node] = 0;
      links[2 * node + 1] = newest;
      links[2 * newest] = node;
      links[1] = node;
    }
    this.size = size;
    return misses;
  }
}

const HELD = 1;
const VISITED = 2;

/** Nodes and links as in DenseLru. */
class DenseSieve implements DenseLoop {
  private readonly links: Int32Array;
  /** 0, HELD or VISITED of each node. */
  private readonly states: Uint8Array;
  /** 0: at the oldest. */
  private hand = 0;
  private size = 0;

  constructor(
    private readonly slots: number,
    unique: number,
  ) {
    this.links = new Int32Array(2 * (unique + 1));
    this.states = new Uint8Array(unique + 1);
  }

  advance(ids: Int32Array, from: number, end: number): number {
    const { links, states, slots } = this;
    let { hand, size } = this;
    let misses = 0;
    for (let i = from; i < end; i++) {
      const node = ids[i] + 1;
      if (states[node] !== 0) {
        states[node] = VISITED;
        continue;
      }
      misses++;
      if (size === slots) {
        if (hand === 0) hand = links[0];
        while (states[hand] === VISITED) {
          states[hand] = HELD;
          hand = links[2 * hand];
          if (hand === 0) hand = links[0];
        }
        states[hand] = 0;
        const newer = links[2 * hand];
        const older = links[2 * hand + 1];
        links[2 * older] = newer;
        links[2 * newer + 1] = older;
        hand = newer;
      } else size++;
      const newest = links[1];
      links[2 * node] = 0;
      links[2 * node + 1] = newest;
      links[2 * newest] = node;
      links[1] = node;
      states[node] = HELD;
    }
    this.hand = hand;
    this.size = size;
    return misses;
  }
}
