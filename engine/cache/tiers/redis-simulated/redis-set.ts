import { parseInteger } from './integers.ts';
import { DICT, DICT_ENTRY, type MemoryModel, OBJECT, POINTER } from './memory-model.ts';
import { utf8Length } from './text.ts';

/** Past this length a set of integers becomes a hash table (set-max-intset-entries). */
const INTEGER_SET_LIMIT = 512;

/** A value of the type set: what the index of tags needs. As in Redis, an empty set does not exist. */
export class RedisSet {
  private readonly members = new Set<string>();
  private integersOnly = true;
  private integerWidth = 2;
  private memberBytes = 0;
  /** Buckets of its hash table: grows, and never shrinks here (the real one shrinks below a tenth). */
  private buckets = 4;

  get size(): number {
    return this.members.size;
  }

  get encoding(): 'intset' | 'hashtable' {
    return this.integersOnly ? 'intset' : 'hashtable';
  }

  has(member: string): boolean {
    return this.members.has(member);
  }

  /** True when it was not there. */
  add(member: string, memory: MemoryModel): boolean {
    if (this.members.has(member)) return false;
    this.members.add(member);
    this.memberBytes += memory.hashSetMemberBytes(utf8Length(member));
    while (this.buckets < this.members.size) this.buckets *= 2;
    if (this.integersOnly) {
      const value = parseInteger(member);
      if (value === undefined || this.members.size > INTEGER_SET_LIMIT) this.integersOnly = false;
      else this.integerWidth = Math.max(this.integerWidth, widthOf(value));
    }
    return true;
  }

  /** True when it was there. */
  remove(member: string, memory: MemoryModel): boolean {
    if (!this.members.delete(member)) return false;
    this.memberBytes -= memory.hashSetMemberBytes(utf8Length(member));
    return true;
  }

  values(): string[] {
    return [...this.members];
  }

  bytes(memory: MemoryModel): number {
    if (this.integersOnly) return memory.integerSetBytes(this.members.size, this.integerWidth);
    return memory.hashSetBytes(this.buckets) + this.memberBytes;
  }

  /** As MEMORY USAGE counts it: structures unrounded, and the members as five of them are on average. */
  reportedBytes(memory: MemoryModel): number {
    if (this.integersOnly) return this.bytes(memory);
    const rounding = memory.entryBytes - DICT_ENTRY;
    return OBJECT + DICT + this.buckets * POINTER + this.memberBytes - rounding * this.members.size;
  }
}

const widthOf = (value: number | bigint): number =>
  value >= -32768 && value <= 32767 ? 2 : value >= -2147483648 && value <= 2147483647 ? 4 : 8;
