import { InputError, show } from '../core/errors.ts';

/**
 * Which of several levels is in force, without flapping: a level comes into force as soon as the share reaches it, and ceases only
 * when the share has fallen below it by more than the band. The module's are 0.95 (scale down) and 1 (emergency stop).
 */
export class Hysteresis {
  private inForce = -1;

  /** @throws InputError for levels that do not ascend and a band below 0. */
  constructor(
    readonly levels: readonly number[],
    readonly band: number,
  ) {
    if (!levels.every((level, i) => Number.isFinite(level) && (i === 0 || level > levels[i - 1]!)))
      throw new InputError('levels', 'numbers in ascending order', show(levels));
    if (!(band >= 0 && band < Infinity)) throw new InputError('band', 'a number of 0 or more', show(band));
  }

  /** Index of the level in force, −1 for none. */
  get level(): number {
    return this.inForce;
  }

  /** Takes a new share, and returns the index of the level now in force, −1 for none. A share that is no number changes nothing. */
  update(share: number): number {
    const { levels, band } = this;
    while (this.inForce + 1 < levels.length && share >= levels[this.inForce + 1]!) this.inForce++;
    while (this.inForce >= 0 && share < levels[this.inForce]! - band) this.inForce--;
    return this.inForce;
  }
}
