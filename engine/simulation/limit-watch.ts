import { STRONGLY } from './event-rules.ts';
import type { Note, Watch } from './protection-watch.ts';
import { Growth } from './spell.ts';
import type { Station } from './station.ts';
import type { World } from './world.ts';

/** Between two words; doubled each time. */
const QUIET_S = 10;

/** Tells when an adaptive limit has fallen or risen strongly, and what it learns from. */
export class LimitWatch implements Watch {
  private told = NaN;
  private toldAtMs = -Infinity;
  private quietMs = QUIET_S * 1000;
  private readonly lost = new Growth();
  private lostLately = 0;

  constructor(
    private readonly world: World,
    private readonly station: Station,
  ) {}

  look(note: Note): void {
    const { station, world } = this;
    const to = station.door!.limitNow;
    const lost = this.lost.of(station.stats.abandoned + station.stats.dropped);
    this.lostLately = 0.8 * this.lostLately + lost;
    if (Number.isNaN(to) || Number.isNaN(this.told)) {
      this.told = to;
      return;
    }
    const from = this.told;
    const strongly = to >= STRONGLY * from || to <= from / STRONGLY;
    if (!strongly || world.nowMs - this.toldAtMs < this.quietMs) return;
    const { kind } = station.door!.limit!;
    const why = to > from ? 'room' : kind === 'aimd' || this.lostLately >= 1 ? 'losses' : 'waits';
    if (this.toldAtMs > -Infinity) this.quietMs *= 2;
    this.told = to;
    this.toldAtMs = world.nowMs;
    note('limit', { station: station.name, from, to, why });
  }
}
