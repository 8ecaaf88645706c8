import { doubled, SlotAllocator } from '../core/growing.ts';
import { NONE } from './calls.ts';

/**
 * Conversations that the agent instances hold, as columns addressed by slot; those of an instance in a list from the longest unused to
 * the last used, so that what is to be forgotten stands in front. A conversation is known by a subject (a user, or the slot
 * of a conversation) and a serial number, which tells it from a later one in the same slot.
 */
export class HeldContexts {
  /** Conversations held, and their bytes, by instance. */
  readonly count: Int32Array;
  readonly bytes: Float64Array;
  private readonly first: Int32Array;
  private readonly last: Int32Array;
  private slotOf: Int32Array;
  private size = new Float64Array(1024);
  private serial = new Float64Array(1024);
  private lastUseMs = new Float64Array(1024);
  private subject = new Int32Array(1024);
  private next = new Int32Array(1024);
  private previous = new Int32Array(1024);
  private readonly slots = new SlotAllocator(1024, () => {
    this.size = doubled(this.size);
    this.serial = doubled(this.serial);
    this.lastUseMs = doubled(this.lastUseMs);
    this.subject = doubled(this.subject);
    this.next = doubled(this.next);
    this.previous = doubled(this.previous);
  });

  /** @param subjects how many there will be; more are taken in. */
  constructor(instances: number, subjects: number) {
    this.count = new Int32Array(instances);
    this.bytes = new Float64Array(instances);
    this.first = new Int32Array(instances).fill(NONE);
    this.last = new Int32Array(instances).fill(NONE);
    this.slotOf = new Int32Array(Math.max(1, subjects)).fill(NONE);
  }

  /** Bytes of a conversation that is held; −1 when it is not. */
  bytesOf(subject: number, serial: number): number {
    const slot = this.find(subject, serial);
    return slot === NONE ? -1 : this.size[slot]!;
  }

  /** The conversation is used, and from now on takes so many bytes. */
  put(instance: number, subject: number, serial: number, bytes: number, nowMs: number): void {
    let slot = this.find(subject, serial);
    if (slot === NONE) {
      slot = this.slots.take();
      while (subject >= this.slotOf.length) this.growSubjects();
      this.slotOf[subject] = slot;
      this.subject[slot] = subject;
      this.serial[slot] = serial;
      this.size[slot] = 0;
      this.count[instance]!++;
    } else this.unlink(instance, slot);
    this.bytes[instance]! += bytes - this.size[slot]!;
    this.size[slot] = bytes;
    this.lastUseMs[slot] = nowMs;
    this.append(instance, slot);
  }

  /** Forgets what was last used before a time; returns its bytes. */
  expire(instance: number, beforeMs: number): number {
    let freed = 0;
    for (let slot = this.first[instance]!; slot !== NONE && this.lastUseMs[slot]! < beforeMs;) {
      const after = this.next[slot]!;
      freed += this.size[slot]!;
      this.drop(instance, slot);
      slot = after;
    }
    return freed;
  }

  /** Forgets all conversations of an instance. */
  clear(instance: number): void {
    this.expire(instance, Infinity);
  }

  private find(subject: number, serial: number): number {
    if (subject >= this.slotOf.length) return NONE;
    const slot = this.slotOf[subject]!;
    return slot !== NONE && this.serial[slot] === serial ? slot : NONE;
  }

  private drop(instance: number, slot: number): void {
    const subject = this.subject[slot]!;
    if (this.slotOf[subject] === slot) this.slotOf[subject] = NONE;
    this.unlink(instance, slot);
    this.count[instance]!--;
    this.bytes[instance]! -= this.size[slot]!;
    this.slots.give(slot);
  }

  private append(instance: number, slot: number): void {
    const end = this.last[instance]!;
    this.previous[slot] = end;
    this.next[slot] = NONE;
    if (end === NONE) this.first[instance] = slot;
    else this.next[end] = slot;
    this.last[instance] = slot;
  }

  private unlink(instance: number, slot: number): void {
    const before = this.previous[slot]!;
    const after = this.next[slot]!;
    if (before === NONE) this.first[instance] = after;
    else this.next[before] = after;
    if (after === NONE) this.last[instance] = before;
    else this.previous[after] = before;
  }

  private growSubjects(): void {
    const old = this.slotOf.length;
    this.slotOf = doubled(this.slotOf);
    this.slotOf.fill(NONE, old);
  }
}
