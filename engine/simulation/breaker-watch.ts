import { CLOSED_S, STUCK_S } from './event-rules.ts';
import type { Guard } from './guard.ts';
import type { Note, Watch } from './protection-watch.ts';
import { Growth, Spell } from './spell.ts';
import type { World } from './world.ts';

/** One outage is one story: it opens, tries half-open, and closes, however many probes fail in between. */
export class BreakerWatch implements Watch {
  private readonly spell: Spell;
  private readonly opened = new Growth();
  private readonly refused = new Growth();
  private openedInSpell = 0;
  private halfOpenTold = false;
  private stuckTold = false;
  private halfOpenMs = 0;

  constructor(
    private readonly world: World,
    private readonly guard: Guard,
  ) {
    const rows = Math.max(1, Math.round((CLOSED_S * 1000) / world.recorder.intervalMs));
    this.spell = new Spell(1, rows);
  }

  look(note: Note): void {
    const { guard, world } = this;
    guard.count();
    const station = guard.station.name;
    const { nowMs } = world;
    const state = guard.breaker?.state(nowMs) ?? 'closed';
    const opened = this.opened.of(guard.tally.now.opened);
    const refused = this.refused.of(guard.tally.now.refused);
    const ago = this.spell.step(state !== 'closed' || opened > 0);
    if (ago > 0 && this.spell.on) {
      this.openedInSpell = 0;
      this.halfOpenTold = this.stuckTold = false;
      const { failures, failureRate, windowMs } = world.visits!.breaker!;
      note('breaker', { station, state: 'open', failures, failureRate, windowMs }, ago);
    }
    this.openedInSpell += opened;
    if (ago > 0 && !this.spell.on)
      note('breaker', { station, state: 'closed', opened: this.openedInSpell }, ago);
    if (!this.spell.on) return;
    if (state === 'half-open' && !this.halfOpenTold) {
      this.halfOpenTold = true;
      note('breaker', { station, state: 'half-open' });
    }
    this.halfOpenMs =
      state === 'half-open' && opened === 0 && refused > 0
        ? this.halfOpenMs + world.recorder.intervalMs
        : state === 'half-open' && opened === 0
          ? this.halfOpenMs
          : 0;
    if (this.halfOpenMs >= STUCK_S * 1000 && !this.stuckTold) {
      this.stuckTold = true;
      note('breaker', { station, state: 'stuck', sinceS: (nowMs - this.halfOpenMs) / 1000 });
    }
  }
}
