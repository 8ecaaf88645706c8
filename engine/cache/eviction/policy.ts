/**
 * Decides which slot to give up. It sees slots, and a number that stands for the key: the live store and the simulated
 * caches share it. For each request the owner calls, in this order, and nothing else:
 *
 * - a hit: `onHit(slot)`;
 * - a miss that is to be stored: `onMiss(key)`, then as often as room is needed `victim()` and `onRemove` of the slot it
 *   named, then `onInsert(slot, key, …)`.
 *
 * `onRemove` comes also when an entry expires or is deleted. A policy that remembers evicted keys ("ghosts") tells the
 * two apart: the slot that `victim` named last was evicted, any other was deleted and leaves no ghost.
 */
export interface EvictionPolicy {
  /** It goes by slots alone: whoever would have to hash a key for it need not. */
  readonly ignoresKeys?: true;
  onHit(slot: number): void;
  /** A key that is not held is about to come in. */
  onMiss(key: number): void;
  /**
   * @param key a 32-bit integer: the key itself, or a hash of it. Ghosts and sketches know a key by it.
   * @param sizeBytes above 0; 1 where entries alone are counted.
   * @param cost what a miss of it costs, in any unit; 1 where all cost the same.
   */
  onInsert(slot: number, key: number, sizeBytes: number, cost: number): void;
  onRemove(slot: number): void;
  /**
   * The slot to give up next; there is at least one. Does not remove it, and names the same one again until something else is
   * called. {@link DECLINE}: rather leave out the key that is about to come in.
   */
  victim(): number;
  /** Forgets everything, ghosts included. */
  clear(): void;
}

export const DECLINE = -1;
