import type { CacheEntry } from '../entry.ts';
import { covers } from './invalidation.ts';
import type { Target } from './protocol.ts';

export interface Tombstone {
  readonly target: Target;
  readonly atMs: number;
  /**
   * `busy`: the deletion is under way. `due`: it failed, and is worth another try. `idle`: trying again is no use, or not ours.
   */
  state: 'busy' | 'due' | 'idle';
}

/**
 * Deletions and overwritings of one tier that are under way or have failed. What it still holds of them, made before, is not served.
 * Bounded: when there are too many, all become one for everything made up to now, which costs hits but never serves what was
 * deleted. They live as long as the process does.
 */
export class Tombstones {
  private readonly byKey = new Map<string, Tombstone>();
  private wide: Tombstone[] = [];

  constructor(
    private readonly mostKeys = 10_000,
    private readonly mostWide = 200,
  ) {}

  get size(): number {
    return this.byKey.size + this.wide.length;
  }

  /** Everything of the target that was made up to `atMs` is barred, until the stone is lifted. */
  set(target: Target, atMs: number, state: Tombstone['state']): Tombstone {
    const stone: Tombstone = { target, atMs, state };
    if (target.kind === 'key') this.byKey.set(target.key, stone);
    else this.wide.push(stone);
    if (this.byKey.size > this.mostKeys || this.wide.length > this.mostWide) {
      this.byKey.clear();
      this.wide = [{ target: { kind: 'all' }, atMs, state: 'idle' }];
    }
    return stone;
  }

  lift(stone: Tombstone): void {
    const { target } = stone;
    if (target.kind !== 'key') this.wide = this.wide.filter((s) => s !== stone);
    else if (this.byKey.get(target.key) === stone) this.byKey.delete(target.key);
  }

  /** What was stored under the key at that time is newer than every deletion of it before. */
  liftBefore(key: string, atMs: number): void {
    const stone = this.byKey.get(key);
    if (stone && stone.atMs <= atMs && stone.state !== 'busy') this.byKey.delete(key);
  }

  bars(entry: Pick<CacheEntry, 'key' | 'tags' | 'createdAtMs'>): boolean {
    const own = this.byKey.get(entry.key);
    if (own && entry.createdAtMs <= own.atMs) return true;
    return this.wide.some(
      ({ target, atMs }) => entry.createdAtMs <= atMs && covers(target, entry.key, entry.tags),
    );
  }

  /** Whether a deletion of more than a key is under way that concerns such an entry: what is written now might go with it. */
  isBusyWith({ key, tags }: Pick<CacheEntry, 'key' | 'tags'>): boolean {
    return this.wide.some(({ target, state }) => state === 'busy' && covers(target, key, tags));
  }

  /** Up to so many that are worth another try; they are busy from then on. */
  takeDue(most: number): Tombstone[] {
    const due: Tombstone[] = [];
    for (const stone of [...this.wide, ...this.byKey.values()]) {
      if (due.length === most) break;
      if (stone.state !== 'due') continue;
      stone.state = 'busy';
      due.push(stone);
    }
    return due;
  }
}
