import type { Moment } from '../../engine/runner/protocol.ts';

/** How a run stood at the times at which its worker took note of it. */
export class RunHistory {
  /** With every part that was said by then. */
  private readonly moments: Moment[] = [];

  /** @param moments those that follow on the ones that are there; a part that is left out is as it was before */
  append(moments: readonly Moment[]): void {
    for (const moment of moments) this.moments.push({ ...this.moments.at(-1), ...moment });
  }

  /** The last one by this time; undefined before the first. */
  at(nowS: number): Moment | undefined {
    let [low, high] = [0, this.moments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.moments[middle].atS <= nowS) low = middle + 1;
      else high = middle;
    }
    return this.moments[low - 1];
  }
}
