import { FrequencySketch } from '../cache/eviction/frequency-sketch.ts';
import { Lru } from '../cache/eviction/lru.ts';
import { DECLINE, type EvictionPolicy } from '../cache/eviction/policy.ts';
import { SlotIndex } from '../cache/slot-index.ts';
import { describe, LearnerFault, refuseAnswer, thrown, type CallMeter } from './learner-call.ts';

/** What a learner writes for the kind `eviction`. Keys are whole numbers without a meaning. */
export interface EvictionPart {
  onInsert(key: number): unknown;
  onHit(key: number): unknown;
  onRemove(key: number): unknown;
  victim(): unknown;
}

/** What a learner writes for the kind `admission`, in front of a cache that gives up the least recently used. */
export interface AdmissionPart {
  onRequest?(key: number): unknown;
  admit(key: number, victimKey: number, frequency: number, victimFrequency: number): unknown;
}

/**
 * One name for each key, the same in every run: the simulator's own say how popular a key is. All steps can be turned back, so no two
 * keys share a name. Source of the mixer: MurmurHash3's finaliser (Appleby, public domain).
 */
export function nameOfKey(key: number): number {
  let h = key ^ 0x5bd1e995;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A cache that asks the learner's part what to give up. */
export class AskedEviction implements EvictionPolicy {
  private part: EvictionPart;
  private readonly names: Float64Array;
  private index: SlotIndex;
  private held = 0;

  constructor(
    private readonly capacity: number,
    private readonly make: () => EvictionPart,
    private readonly meter: CallMeter,
  ) {
    this.part = make();
    this.names = new Float64Array(capacity);
    this.index = new SlotIndex(capacity);
  }

  onHit(slot: number): void {
    this.tell('onHit', this.names[slot]!);
  }

  onMiss(): void {}

  onInsert(slot: number, key: number): void {
    const name = nameOfKey(key);
    this.names[slot] = name;
    this.index.add(name | 0, slot);
    this.held++;
    this.tell('onInsert', name);
  }

  onRemove(slot: number): void {
    const name = this.names[slot]!;
    this.index.remove(name | 0);
    this.held--;
    this.tell('onRemove', name);
  }

  victim(): number {
    const { meter } = this;
    let name: unknown;
    meter.begin();
    try {
      name = this.part.victim();
    } catch (error) {
      throw thrown('victim()', error);
    }
    meter.end();
    const whole = typeof name === 'number' && name === name >>> 0;
    const slot = whole ? this.index.find((name as number) | 0) : -1;
    if (slot >= 0) return slot;
    const expected = `one of the ${this.held} keys that are held`;
    throw new LearnerFault('victim()', expected, `${describe(name)}${whole ? ', which is not held' : ''}`);
  }

  /** What was held is lost; the cache begins anew, and so does its policy. */
  clear(): void {
    this.index = new SlotIndex(this.capacity);
    this.held = 0;
    this.part = this.make();
  }

  private tell(method: 'onHit' | 'onInsert' | 'onRemove', name: number): void {
    const { meter } = this;
    let answer: unknown;
    meter.begin();
    try {
      answer = this.part[method](name);
    } catch (error) {
      throw thrown(`${method}(${name})`, error);
    }
    meter.end();
    if (answer !== undefined) refuseAnswer(`${method}(${name})`, answer);
  }
}

/** A cache that gives up the least recently used entry, and asks the learner's part whether the new one is worth it. */
export class AskedAdmission implements EvictionPolicy {
  private part: AdmissionPart;
  private readonly lru: Lru;
  private readonly sketch: FrequencySketch;
  private readonly keys: Int32Array;
  private candidate = 0;
  private comesIn = false;

  constructor(
    capacity: number,
    private readonly make: () => AdmissionPart,
    private readonly meter: CallMeter,
  ) {
    this.part = make();
    this.lru = new Lru(capacity);
    this.sketch = new FrequencySketch(capacity);
    this.keys = new Int32Array(capacity);
  }

  onHit(slot: number): void {
    this.lru.onHit(slot);
    this.note(this.keys[slot]!);
  }

  onMiss(key: number): void {
    this.note(key);
    this.candidate = key;
    this.comesIn = true;
  }

  onInsert(slot: number, key: number): void {
    this.keys[slot] = key;
    this.lru.onInsert(slot);
    this.comesIn = false;
  }

  onRemove(slot: number): void {
    this.lru.onRemove(slot);
  }

  victim(): number {
    const slot = this.lru.victim();
    if (!this.comesIn || this.admits(this.candidate, this.keys[slot]!)) return slot;
    this.comesIn = false;
    return DECLINE;
  }

  clear(): void {
    this.lru.clear();
    this.sketch.clear();
    this.comesIn = false;
    this.part = this.make();
  }

  private admits(key: number, victimKey: number): boolean {
    const { meter, sketch } = this;
    const [name, victimName] = [nameOfKey(key), nameOfKey(victimKey)];
    const [often, victimOften] = [sketch.frequency(key), sketch.frequency(victimKey)];
    const call = (): string => `admit(${name}, ${victimName}, ${often}, ${victimOften})`;
    let answer: unknown;
    meter.begin();
    try {
      answer = this.part.admit(name, victimName, often, victimOften);
    } catch (error) {
      throw thrown(call(), error);
    }
    meter.end();
    if (typeof answer !== 'boolean') throw new LearnerFault(call(), 'true or false', describe(answer));
    return answer;
  }

  private note(key: number): void {
    const { meter, part } = this;
    this.sketch.count(key);
    if (part.onRequest === undefined) return;
    const name = nameOfKey(key);
    let answer: unknown;
    meter.begin();
    try {
      answer = part.onRequest(name);
    } catch (error) {
      throw thrown(`onRequest(${name})`, error);
    }
    meter.end();
    if (answer !== undefined) refuseAnswer(`onRequest(${name})`, answer);
  }
}
