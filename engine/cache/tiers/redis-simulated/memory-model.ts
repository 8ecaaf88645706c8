/**
 * What a key costs in memory, as Redis 7.0 on a 64-bit machine with jemalloc counts it (`used_memory`): each allocation
 * is rounded up to a size class. Sources: zmalloc.c, sds.h (headers), object.c (encodings), dict.h, jemalloc's manual
 * ("size classes"). A model: it leaves out client buffers, replication and fragmentation, for which `baseBytes` stands.
 */

/**
 * Step of jemalloc's smallest classes in bytes: 8 in the jemalloc that comes with Redis, 16 where Redis is linked to the
 * system's (Debian, Ubuntu). With 8, a dict entry of 24 bytes costs 24; with 16, it costs 32.
 */
export type Quantum = 8 | 16;

/** Sizes of the structures, bytes (server.h, dict.h). */
export const OBJECT = 16;
export const DICT = 56;
export const DICT_ENTRY = 24;
export const POINTER = 8;
/** A string up to this length lies in one allocation with its object (object.c). */
export const EMBEDDED_LIMIT = 44;

export class MemoryModel {
  /** An entry of a hash table: three pointers. */
  readonly entryBytes: number;

  constructor(readonly quantum: Quantum) {
    this.entryBytes = this.sizeClass(DICT_ENTRY);
  }

  /** Bytes that jemalloc hands out for a request: steps of the quantum first, then four classes for each doubling. */
  sizeClass(bytes: number): number {
    if (bytes <= 8) return 8;
    if (bytes <= 4 * this.quantum * 2) return Math.ceil(bytes / this.quantum) * this.quantum;
    let step = 16;
    while (step * 8 < bytes) step *= 2;
    return Math.ceil(bytes / step) * step;
  }

  /** A simple dynamic string of `length` bytes: header, text and a closing zero. */
  stringBytes(length: number): number {
    const header =
      length === 0
        ? 3
        : length < 32
          ? 1
          : length < 256
            ? 3
            : length < 65536
              ? 5
              : length < 4294967296
                ? 9
                : 17;
    return this.sizeClass(header + length + 1);
  }

  /** An integer value: the object alone, which holds the number in place of the pointer. */
  integerBytes(): number {
    return this.sizeClass(OBJECT);
  }

  /** A string value of `length` bytes: embedded in its object when short, beside it otherwise. */
  valueBytes(length: number): number {
    if (length <= EMBEDDED_LIMIT) return this.sizeClass(OBJECT + 3 + length + 1);
    return this.sizeClass(OBJECT) + this.stringBytes(length);
  }

  /** The array of a hash table with so many buckets (a power of two, or 0). */
  tableBytes(buckets: number): number {
    return buckets === 0 ? 0 : this.sizeClass(buckets * POINTER);
  }

  /** A set of integers in one sorted array (intset.c), `width` 2, 4 or 8 bytes each. */
  integerSetBytes(members: number, width: number): number {
    return this.sizeClass(OBJECT) + this.sizeClass(8 + members * width);
  }

  /** A set as a hash table without its members. */
  hashSetBytes(buckets: number): number {
    return this.sizeClass(OBJECT) + this.sizeClass(DICT) + this.tableBytes(buckets);
  }

  hashSetMemberBytes(length: number): number {
    return this.entryBytes + this.stringBytes(length);
  }

  /** What the arguments of a command occupy while it runs, in bytes. They count towards maxmemory in the real one, too. */
  argumentsBytes(lengths: readonly number[]): number {
    let bytes = this.sizeClass(lengths.length * POINTER);
    for (const length of lengths) bytes += this.valueBytes(length);
    return bytes;
  }

  /** What MEMORY USAGE says of a key: the entry unrounded, the rest rounded (object.c). */
  reportedUsage(keyLength: number, valueBytes: number): number {
    return DICT_ENTRY + this.stringBytes(keyLength) + valueBytes;
  }
}
