/**
 * Decides which slot to give up. It sees slots, not keys: the live store and the simulated caches share it.
 * The owner calls `onInsert` once for each slot it fills, `onRemove` when it empties one, also after `victim` named it.
 */
export interface EvictionPolicy {
  onHit(slot: number): void;
  onInsert(slot: number): void;
  onRemove(slot: number): void;
  /** The slot to give up next; there is at least one. Does not remove it. */
  victim(): number;
  clear(): void;
}
