import type { CacheEntry } from '../entry.ts';
import type { Target } from './protocol.ts';

export function covers(target: Target, key: string, tags: readonly string[]): boolean {
  switch (target.kind) {
    case 'key':
      return target.key === key;
    case 'tag':
      return tags.includes(target.tag);
    case 'prefix':
      return key.startsWith(target.prefix);
    case 'all':
      return true;
  }
}

export interface Change {
  readonly order: number;
  readonly target: Target;
  readonly atMs: number;
  /** A newer value was written, rather than everything deleted. */
  readonly write: boolean;
}

/**
 * What was invalidated or overwritten while something was on its way: a value that left a tier or the origin before must not be
 * stored or served after. Whoever waits takes a mark and gives it back; what nobody can ask about any more is forgotten.
 */
export class ChangeLog {
  private changes: Change[] = [];
  private order = 0;
  /** Marks that are out, ascending, with the number of their holders. */
  private readonly marks = new Map<number, number>();

  /** A mark that stands for now. */
  mark(): number {
    this.marks.set(this.order, (this.marks.get(this.order) ?? 0) + 1);
    return this.order;
  }

  release(mark: number): void {
    const holders = this.marks.get(mark)! - 1;
    if (holders > 0) {
      this.marks.set(mark, holders);
      return;
    }
    this.marks.delete(mark);
    if (this.changes.length === 0) return;
    const oldest = this.marks.keys().next();
    if (oldest.done) this.changes = [];
    // Forget in bulk, so that each change is moved a bounded number of times.
    else if (this.changes[this.changes.length >> 1].order <= oldest.value)
      this.changes = this.changes.filter((change) => change.order > oldest.value);
  }

  add(target: Target, atMs: number, write: boolean): void {
    this.order++;
    if (this.marks.size > 0) this.changes.push({ order: this.order, target, atMs, write });
  }

  /** The newest change after the mark that concerns such an entry. */
  since(mark: number, key: string, tags: readonly string[]): Change | undefined {
    for (let i = this.changes.length - 1; i >= 0; i--) {
      const change = this.changes[i];
      if (change.order <= mark) return undefined;
      if (covers(change.target, key, tags)) return change;
    }
    return undefined;
  }

  /** Whether this entry was made before the newest change after the mark that concerns it. */
  outdates(mark: number, entry: CacheEntry): boolean {
    const change = this.since(mark, entry.key, entry.tags);
    if (!change) return false;
    return change.write ? entry.createdAtMs < change.atMs : entry.createdAtMs <= change.atMs;
  }
}
