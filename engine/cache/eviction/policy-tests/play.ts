import type { EvictionPolicy } from '../policy.ts';
import { DECLINE } from '../policy.ts';

/** What one request did to a cache. */
export interface Step {
  hit: boolean;
  /** Key that was evicted, or null. */
  evicted: number | null;
}

/** A cache of entries of one size that is driven as the interface of EvictionPolicy asks for, written for readers. */
export class PlayedCache {
  private readonly slots: (number | null)[];

  constructor(
    private readonly policy: EvictionPolicy,
    capacity: number,
  ) {
    this.slots = new Array<number | null>(capacity).fill(null);
  }

  request(key: number): Step {
    const { policy, slots } = this;
    const found = slots.indexOf(key);
    if (found >= 0) {
      policy.onHit(found);
      return { hit: true, evicted: null };
    }
    policy.onMiss(key);
    let evicted: number | null = null;
    let slot = slots.indexOf(null);
    if (slot < 0) {
      slot = policy.victim();
      if (slot === DECLINE) return { hit: false, evicted: null };
      if (policy.victim() !== slot) throw new Error('The victim changed though nothing had happened.');
      evicted = slots[slot];
      policy.onRemove(slot);
    }
    slots[slot] = key;
    policy.onInsert(slot, key, 1, 1);
    return { hit: false, evicted };
  }

  /** Deletes a key, as expiry does. */
  remove(key: number): void {
    const slot = this.slots.indexOf(key);
    if (slot < 0) return;
    this.slots[slot] = null;
    this.policy.onRemove(slot);
  }
}

/**
 * Plays keys written as letters and says what happened: `A` a miss, `A+` a hit, `C-A` a miss for which A had to go. So
 * `play(new Lru(2), 2, 'A B A C')` is `'A B A+ C-B'`.
 */
export function play(policy: EvictionPolicy, capacity: number, letters: string): string {
  const cache = new PlayedCache(policy, capacity);
  return letters
    .split(' ')
    .map((letter) => {
      const { hit, evicted } = cache.request(letter.charCodeAt(0));
      return letter + (hit ? '+' : '') + (evicted === null ? '' : `-${String.fromCharCode(evicted)}`);
    })
    .join(' ');
}
