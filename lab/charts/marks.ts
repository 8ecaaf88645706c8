import { formatClock, parseClock } from '../../engine/core/clock.ts';
import type { Pull } from '../../engine/runner/protocol.ts';
import type { NotableEvent } from '../../engine/simulation/notable.ts';
import type { Scenario } from '../../engine/simulation/scenario.ts';
import { plainSpan } from '../format.ts';
import { scriptedEvents } from '../stores/live-settings.ts';

export type MarkKind = 'event' | 'future' | 'pull' | 'now';

/** A time that all charts show as a vertical line, with its name above the first one. */
export interface TimeMark {
  atS: number;
  label: string;
  kind: MarkKind;
  /** Of a pulled lever that belongs to a cache level: gives the mark its hue and shape. */
  level?: 'l1' | 'l2' | 'l3' | 'l4';
}

/** Pulls closer than this are one mark. */
const TOGETHER_S = 5;

/** @param wordsOf names a pull */
export function timeMarks(
  scenario: Scenario,
  nowS: number,
  pulls: readonly Pull[],
  events: readonly NotableEvent[],
  wordsOf: (pull: Pull) => string,
): TimeMark[] {
  const kindAt = (atS: number): MarkKind => (atS > nowS ? 'future' : 'event');
  const scripted = scriptedEvents(scenario);
  const marks: TimeMark[] = scripted.map(({ atS, label }) => ({ atS, label, kind: kindAt(atS) }));

  const within = scenario.objectives.recoverWithinS;
  if (within !== undefined && scripted[0]) {
    const atS = scripted[0].atS + within;
    marks.push({ atS, label: plainSpan(within), kind: kindAt(atS) });
  }
  for (const { kind, atS } of events) if (kind === 'recovered') marks.push({ atS, label: 'Recovered', kind: 'event' });

  let group: Pull[] = [];
  const close = (): void => {
    const first = group[0];
    if (!first) return;
    const level = group.length === 1 ? scenario.levers.find(({ id }) => id === first.lever)?.level : undefined;
    const label = group.length === 1 ? `You: ${wordsOf(first)}` : `You: ${group.length} levers`;
    marks.push({ atS: first.atS, label, kind: 'pull', ...(level ? { level } : {}) });
    group = [];
  };
  for (const pull of [...pulls].sort((a, b) => a.atS - b.atS)) {
    if (group[0] && pull.atS - group[0].atS > TOGETHER_S) close();
    group.push(pull);
  }
  close();

  const now = formatClock(parseClock(scenario.startsAt, 'startsAt') + nowS);
  marks.push({ atS: nowS, label: now, kind: 'now' });
  return marks.sort((a, b) => a.atS - b.atS);
}

/** Where a mark's name stands: its left edge and the side of the line it is on; undefined when there is no room. */
export interface PlacedMark extends TimeMark {
  x: number;
  side: 'right' | 'left' | 'none';
}

const PRIORITY: Record<MarkKind, number> = { now: 0, pull: 1, event: 2, future: 3 };

/**
 * Places the names on one line so that no two of them overlap and none leaves the plot. The more important one is placed
 * first; a name that fits on neither side of its line is left out.
 * @param widthOf width of a mark's name with its paddings
 */
export function placeMarks(
  marks: readonly TimeMark[],
  xOf: (atS: number) => number,
  widthOf: (mark: TimeMark) => number,
  end: number,
): PlacedMark[] {
  const taken: [number, number][] = [];
  const free = (left: number, right: number): boolean =>
    left >= 0 && right <= end && taken.every(([l, r]) => right <= l || left >= r);
  const placed = marks.map((mark): PlacedMark => ({ ...mark, x: xOf(mark.atS), side: 'none' }));
  // Between equals the later one is put first: what happened last matters most.
  for (const mark of [...placed].sort((a, b) => PRIORITY[a.kind] - PRIORITY[b.kind] || b.atS - a.atS)) {
    const width = widthOf(mark);
    for (const side of ['right', 'left'] as const) {
      const left = side === 'right' ? mark.x : mark.x - width;
      if (!free(left, left + width)) continue;
      mark.side = side;
      taken.push([left, left + width]);
      break;
    }
  }
  return placed;
}
