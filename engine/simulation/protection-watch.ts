import { CRITICALITIES } from '../cost/task.ts';
import { BreakerWatch } from './breaker-watch.ts';
import { callerWatches } from './caller-watch.ts';
import { BEGIN_S, END_S, WORTH_TELLING } from './event-rules.ts';
import { LimitWatch } from './limit-watch.ts';
import type { NotableEvent } from './notable.ts';
import { Growth, Spell } from './spell.ts';
import type { Station } from './station.ts';
import type { World } from './world.ts';

export type Note = (kind: NotableEvent['kind'], data: NotableEvent['data'], rowsAgo?: number) => void;

/** Looks at one machine after every closed interval, and notes what a person would point at. */
export interface Watch {
  look(note: Note): void;
}

export const spellOf = (world: World): Spell => {
  const rows = (seconds: number): number =>
    Math.max(1, Math.round((seconds * 1000) / world.recorder.intervalMs));
  return new Spell(rows(BEGIN_S), rows(END_S));
};

/** Watches what protects the system for what a person would point at. It reads the run and changes nothing in it. */
export class ProtectionWatch {
  private readonly watches: Watch[];

  constructor(private readonly world: World) {
    const guards = world.visits?.guards ?? [];
    this.watches = [
      ...guards.flatMap((guard) => (guard?.has.breaker ? [new BreakerWatch(world, guard)] : [])),
      ...world.stations.flatMap((station) => stationWatches(world, station)),
      ...callerWatches(world),
    ];
  }

  /** To be called after every closed interval. */
  onInterval(): NotableEvent[] {
    const events: NotableEvent[] = [];
    const { nowMs, recorder } = this.world;
    const note: Note = (kind, data, rowsAgo = 0) =>
      events.push({
        atS: Math.max(0, (nowMs - Math.max(0, rowsAgo - 1) * recorder.intervalMs) / 1000),
        kind,
        data,
      });
    for (const watch of this.watches) watch.look(note);
    return events;
  }
}

function stationWatches(world: World, station: Station): Watch[] {
  const { door, codel, codelTally, name } = station;
  const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
  /** An act that is told by how often it happens, of those it could happen to. */
  const acts = (
    kind: 'codel' | 'tooLate' | 'queueFull',
    counters: () => [acts: number, of: number],
  ): Watch => {
    const [spell, some, all] = [spellOf(world), new Growth(), new Growth()];
    return {
      look: (note) => {
        const [total, of] = counters();
        const acted = some.of(total);
        const ago = spell.step(share(acted, all.of(of)) >= WORTH_TELLING);
        const perS = (acted * 1000) / world.recorder.intervalMs;
        if (ago > 0) note(kind, { station: name, began: spell.on, perS }, ago);
      },
    };
  };
  return [
    ...(codel ? [acts('codel', () => [codelTally.now.dropped, station.stats.arrivals])] : []),
    acts('tooLate', () => [
      Number.isNaN(station.deadlineMarginMs) ? 0 : station.stats.dropped - codelTally.now.dropped,
      station.stats.arrivals,
    ]),
    acts('queueFull', () => [
      Number.isFinite(station.maxQueue) && !door ? station.stats.rejected : 0,
      station.stats.arrivals + station.stats.rejected,
    ]),
    ...(door?.limit ? [new LimitWatch(world, station)] : []),
    ...(door?.shed
      ? ([0, 1, 2, 3] as const).map((c): Watch => {
          const [spell, shed, came] = [spellOf(world), new Growth(), new Growth()];
          return {
            look: (note) => {
              const of = share(shed.of(door.tally.now[`shed${c}`]), came.of(door.tally.now[`came${c}`]));
              const ago = spell.step(of >= WORTH_TELLING);
              const data = { station: name, class: CRITICALITIES[c], began: spell.on, share: of };
              if (ago > 0) note('shedding', data, ago);
            },
          };
        })
      : []),
  ];
}
