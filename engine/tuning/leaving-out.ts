import type { Setting } from './search-space.ts';
import { without } from './standing.ts';

/** Settings to be run, and on which rung. */
export interface Wanted {
  settings: Setting[];
  rung: number;
}

/**
 * Takes from a setting the levers that do nothing. Each is left out by itself with few seeds; those that can each be spared are then left
 * out together with all seeds, since two may stand in for each other, and few seeds see little. When that is too many, the better half of them
 * is left out, and so on to a single one, which is needed if it cannot be spared either. Then the rest is tried anew.
 */
export class LeavingOut {
  /** Levers that are left out together at the moment, the one that is missed least first. */
  private spared: string[] = [];
  private readonly needed = new Set<string>();

  /** @param few the rung of the first look; @param all the one that decides */
  constructor(
    public setting: Setting,
    private readonly few: number,
    private readonly all: number,
  ) {}

  /** What to run next; null when nothing more can be left out. */
  get wanted(): Wanted | null {
    const { setting, spared } = this;
    if (spared.length > 0) return { settings: [without(setting, spared)], rung: this.all };
    const ids = Object.keys(setting).filter((id) => !this.needed.has(id));
    return ids.length === 0 ? null : { settings: ids.map((id) => without(setting, [id])), rung: this.few };
  }

  /** @param good of the settings that were wanted, those that do as well as the whole, the best first */
  take(good: readonly Setting[]): void {
    const { setting, spared } = this;
    if (spared.length === 0) {
      const ids = Object.keys(setting);
      this.spared = good.map((one) => ids.find((id) => !Object.hasOwn(one, id))!);
      if (good.length === 0) for (const id of ids) this.needed.add(id);
      return;
    }
    if (good.length === 0 && spared.length > 1) {
      this.spared = spared.slice(0, Math.ceil(spared.length / 2));
      return;
    }
    if (good[0]) this.setting = good[0];
    else this.needed.add(spared[0]!);
    this.spared = [];
  }
}
