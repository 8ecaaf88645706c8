/**
 * The module's combined score (staleness × 1 / (access count + 1)), exact. Ageing by idle time over use is known from
 * hyperbolic caching: Blankstein, Sen, Freedman, USENIX ATC 2017,
 * https://www.usenix.org/conference/atc17/technical-sessions/presentation/blankstein
 */
import { CountGroups } from './count-groups.ts';
import type { EvictionPolicy } from './policy.ts';
import { SlotList } from './slot-list.ts';

/**
 * The slot with the highest (now − last access) / (accesses since insertion + 1) goes; `now` counts requests. Of two with
 * the same score the one with fewer accesses goes.
 *
 * No sort: among slots of one count the oldest has the highest score, so each count offers one candidate. Counts are
 * tried from the lowest up; a slot of count n cannot beat the best so far once (age of the oldest of all) / (n + 1) is below
 * it, which ends the search after a few counts.
 */
export class Score implements EvictionPolicy {
  private readonly groups: CountGroups;
  private readonly byAge: SlotList;
  private readonly lastAccess: Float64Array;
  private now = 0;

  constructor(capacity: number) {
    this.groups = new CountGroups(capacity);
    this.byAge = new SlotList(capacity);
    this.lastAccess = new Float64Array(capacity);
  }
  onHit(slot: number): void {
    this.lastAccess[slot] = ++this.now;
    this.groups.increment(slot);
    this.byAge.moveToNewest(slot);
  }
  onMiss(): void {
    this.now++;
  }
  onInsert(slot: number): void {
    this.lastAccess[slot] = this.now;
    this.groups.add(slot, 0);
    this.byAge.addNewest(slot);
  }
  onRemove(slot: number): void {
    this.groups.remove(slot);
    this.byAge.remove(slot);
  }
  victim(): number {
    const { groups, lastAccess, now } = this;
    const greatestAge = now - lastAccess[this.byAge.oldest()];
    let best = -1;
    let bestAge = 0;
    let bestWeight = 1;
    for (let group = groups.firstGroup(); group >= 0; group = groups.nextGroup(group)) {
      const weight = groups.countOf(group) + 1;
      if (best >= 0 && greatestAge * bestWeight < bestAge * weight) break;
      const slot = groups.oldest(group);
      const age = now - lastAccess[slot];
      // Cross-multiplied, so that equal scores compare as equal.
      if (best < 0 || age * bestWeight > bestAge * weight) {
        best = slot;
        bestAge = age;
        bestWeight = weight;
      }
    }
    return best;
  }
  clear(): void {
    this.groups.clear();
    this.byAge.clear();
  }
}
