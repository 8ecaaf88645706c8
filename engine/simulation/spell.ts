/**
 * Tells when something that comes and goes has begun and is over, without a word for each flicker: it must last before it is told, and
 * stay away before its end is. Each time it comes back it must stay away twice as long, so a run's log grows with the logarithm of its length.
 */
export class Spell {
  /** As it was told last. */
  on = false;
  private against = 0;

  /** @param beginRows intervals that it must last. @param endRows intervals that it must first stay away. */
  constructor(
    private readonly beginRows: number,
    private endRows: number,
  ) {}

  /** To be called after every interval. @returns how many intervals ago it began or ended, when that is told now; else 0. */
  step(active: boolean): number {
    if (active === this.on) {
      this.against = 0;
      return 0;
    }
    if (++this.against < (this.on ? this.endRows : this.beginRows)) return 0;
    const ago = this.against;
    this.on = active;
    this.against = 0;
    if (!active) this.endRows *= 2;
    return ago;
  }
}

/** What a counter has grown by since it was last asked; counters that begin anew count from 0. */
export class Growth {
  private last = 0;

  of(total: number): number {
    const grown = total < this.last ? total : total - this.last;
    this.last = total;
    return grown;
  }
}
