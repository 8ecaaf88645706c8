import { doubled } from '../../../core/growing.ts';
import type { RandomStream } from '../../../core/random.ts';

/** What a table needs to know of the slots that it holds. */
export interface DictColumns {
  /** Key of each slot. */
  readonly keys: string[];
  /** Hash of the key of each slot, unsigned 32 bits. */
  hashes: Uint32Array;
}

const INITIAL_BUCKETS = 4;
/** Past this load a table grows even when its new array would exceed maxmemory (server.c). */
const FORCED_LOAD = 1.618;
/** Below this share of used buckets, percent, a table shrinks (server.h). */
const MINIMAL_FILL = 10;
const NONE = new Int32Array(0);

/**
 * Redis's hash table over slots (dict.c): chains, a power of two of buckets, and growth by moving one bucket with each
 * operation. It is modelled and not replaced by a Map, since eviction samples *neighbouring buckets* and active expiry
 * walks them: which keys are looked at, and how many tables are paid for, follow from the layout.
 */
export class Dict {
  /** First slot of each bucket, −1 when empty. The second table exists while keys are being moved. */
  private tables: [Int32Array, Int32Array] = [NONE, NONE];
  private used: [number, number] = [0, 0];
  /** Next slot in the chain. */
  private next = new Int32Array(16);
  /** Next bucket of the first table to move; −1: nothing is being moved. */
  private moveAt = -1;

  constructor(
    private readonly columns: DictColumns,
    /** Whether an array of so many buckets may be added under maxmemory. */
    private readonly mayGrow: (buckets: number) => boolean,
  ) {}

  get size(): number {
    return this.used[0] + this.used[1];
  }

  /** Buckets of both tables. */
  get buckets(): number {
    return this.tables[0].length + this.tables[1].length;
  }

  get moving(): boolean {
    return this.moveAt >= 0;
  }

  /** Buckets of each table; the second has 0 unless keys are being moved. */
  tableLength(table: 0 | 1): number {
    return this.tables[table].length;
  }

  /** First slot of a bucket, −1 when empty. */
  head(table: 0 | 1, bucket: number): number {
    return this.tables[table][bucket]!;
  }

  nextInBucket(slot: number): number {
    return this.next[slot]!;
  }

  /** Slot of the key, or −1. */
  find(key: string, hash: number): number {
    if (this.size === 0) return -1;
    if (this.moving) this.move(1);
    for (const table of this.tables) {
      if (table.length === 0) break;
      let slot = table[hash & (table.length - 1)]!;
      while (slot >= 0) {
        if (this.columns.hashes[slot] === hash && this.columns.keys[slot] === key) return slot;
        slot = this.next[slot]!;
      }
    }
    return -1;
  }

  /** Adds a slot whose key is not in the table. */
  add(slot: number): void {
    if (this.moving) this.move(1);
    this.growIfNeeded();
    while (slot >= this.next.length) this.next = doubled(this.next);
    const side = this.moving ? 1 : 0;
    this.link(side, slot);
  }

  /** Removes a slot that is in the table. */
  remove(slot: number): void {
    if (this.moving) this.move(1);
    const hash = this.columns.hashes[slot]!;
    for (const side of [0, 1] as const) {
      const table = this.tables[side];
      if (table.length === 0) break;
      const bucket = hash & (table.length - 1);
      let before = -1;
      for (let at = table[bucket]!; at >= 0; before = at, at = this.next[at]!) {
        if (at !== slot) continue;
        if (before < 0) table[bucket] = this.next[slot]!;
        else this.next[before] = this.next[slot]!;
        this.used[side]--;
        return;
      }
    }
  }

  clear(): void {
    this.tables = [NONE, NONE];
    this.used = [0, 0];
    this.moveAt = -1;
  }

  /** Shrinks a table that is nearly empty to the least power of two that holds its keys; part of the server's cron. */
  shrinkIfSparse(): void {
    const buckets = this.buckets;
    if (this.moving || buckets <= INITIAL_BUCKETS || Math.floor((this.size * 100) / buckets) >= MINIMAL_FILL)
      return;
    this.resizeTo(this.size);
  }

  /** Moves up to `steps` buckets of the old table to the new one; false when nothing is left to move. */
  move(steps: number): boolean {
    if (!this.moving) return false;
    const [from, to] = this.tables;
    let emptyVisits = steps * 10;
    while (steps-- > 0 && this.used[0] > 0) {
      while (from[this.moveAt]! < 0) {
        this.moveAt++;
        if (--emptyVisits === 0) return true;
      }
      let slot = from[this.moveAt]!;
      while (slot >= 0) {
        const after = this.next[slot]!;
        const bucket = this.columns.hashes[slot]! & (to.length - 1);
        this.next[slot] = to[bucket]!;
        to[bucket] = slot;
        this.used[0]--;
        this.used[1]++;
        slot = after;
      }
      from[this.moveAt++] = -1;
    }
    if (this.used[0] > 0) return true;
    this.tables = [to, NONE];
    this.used = [this.used[1], 0];
    this.moveAt = -1;
    return false;
  }

  /**
   * Some keys from neighbouring buckets behind one random point, as eviction samples them: cheap, and not quite uniform.
   * Chains are taken whole, with reservoir sampling over what does not fit. It may give fewer than asked for.
   * @param out filled from 0 on; @returns how many
   */
  sample(count: number, random: RandomStream, out: Int32Array): number {
    count = Math.min(count, this.size);
    for (let i = 0; i < count && this.moving; i++) this.move(1);
    const [first, second] = this.tables;
    const mask = Math.max(first.length, second.length) - 1;
    let steps = count * 10;
    let bucket = random.uint32() & mask;
    let empty = 0;
    let seen = 0;
    while (seen < count && steps-- > 0) {
      for (const side of [0, 1] as const) {
        if (side === 1 && !this.moving) break;
        if (side === 0 && this.moving && bucket < this.moveAt) {
          if (bucket >= second.length) bucket = this.moveAt;
          else continue; // already moved
        }
        const table = this.tables[side];
        if (bucket >= table.length) continue;
        let slot = table[bucket]!;
        if (slot < 0) {
          if (++empty >= 5 && empty > count) {
            bucket = random.uint32() & mask;
            empty = 0;
          }
          continue;
        }
        empty = 0;
        for (; slot >= 0; slot = this.next[slot]!, seen++) {
          if (seen < count) out[seen] = slot;
          else {
            const place = random.below(seen + 1);
            if (place < count) out[place] = slot;
          }
        }
        if (seen >= count) return count;
      }
      bucket = (bucket + 1) & mask;
    }
    return Math.min(seen, count);
  }

  /** One key: a random bucket that holds any, then a random key of its chain. −1 when the table is empty. */
  randomSlot(random: RandomStream): number {
    if (this.size === 0) return -1;
    if (this.moving) this.move(1);
    const from = Math.max(this.moveAt, 0);
    const firstLength = this.tables[0].length;
    let head: number;
    do {
      const at = from + random.below(this.buckets - from);
      head = at < firstLength ? this.tables[0][at]! : this.tables[1][at - firstLength]!;
    } while (head < 0);
    let length = 0;
    for (let slot = head; slot >= 0; slot = this.next[slot]!) length++;
    let skip = random.below(length);
    while (skip-- > 0) head = this.next[head]!;
    return head;
  }

  /**
   * One step of SCAN: visits the keys of one bucket (while keys are being moved, of the bucket and of all those it splits
   * into) and gives the next cursor, 0 at the end. The cursor counts in reversed bits, so that a key that is there from
   * start to end is visited at least once even when the table is resized in between (Redis docs, SCAN guarantees).
   */
  scan(cursor: number, visit: (slot: number) => void): number {
    if (this.size === 0) return 0;
    const sides: (0 | 1)[] = !this.moving
      ? [0]
      : this.tables[0].length <= this.tables[1].length
        ? [0, 1]
        : [1, 0];
    const smallMask = this.tables[sides[0]!].length - 1;
    const largeMask = this.tables[sides[sides.length - 1]!]!.length - 1;
    const emit = (side: 0 | 1, bucket: number): void => {
      for (let slot = this.tables[side][bucket]!; slot >= 0; slot = this.next[slot]!) visit(slot);
    };
    emit(sides[0]!, cursor & smallMask);
    if (sides.length === 1) return nextReversed(cursor, smallMask);
    do {
      emit(sides[1]!, cursor & largeMask);
      cursor = nextReversed(cursor, largeMask);
    } while (cursor & (smallMask ^ largeMask));
    return cursor;
  }

  private growIfNeeded(): void {
    if (this.moving) return;
    const buckets = this.tables[0].length;
    if (buckets === 0) this.resizeTo(INITIAL_BUCKETS);
    else if (this.used[0] >= buckets) {
      const wanted = powerOfTwoFrom(this.used[0] + 1);
      if (this.used[0] / buckets > FORCED_LOAD || this.mayGrow(wanted)) this.resizeTo(wanted);
    }
  }

  private resizeTo(atLeast: number): void {
    const buckets = powerOfTwoFrom(atLeast);
    if (buckets === this.tables[0].length) return;
    const table = new Int32Array(buckets).fill(-1);
    if (this.tables[0].length === 0) this.tables[0] = table;
    else {
      this.tables[1] = table;
      this.moveAt = 0;
    }
  }

  private link(side: 0 | 1, slot: number): void {
    const table = this.tables[side];
    const bucket = this.columns.hashes[slot]! & (table.length - 1);
    this.next[slot] = table[bucket]!;
    table[bucket] = slot;
    this.used[side]++;
  }
}

function powerOfTwoFrom(atLeast: number): number {
  let buckets = INITIAL_BUCKETS;
  while (buckets < atLeast) buckets *= 2;
  return buckets;
}

/** The cursor plus one, counted from the highest bit of the mask down. */
function nextReversed(cursor: number, mask: number): number {
  let bit = (mask + 1) >>> 1;
  while (bit > 0 && cursor & bit) {
    cursor &= ~bit;
    bit >>>= 1;
  }
  return bit === 0 ? 0 : (cursor & mask) | bit;
}
