import { formatClock, parseClock } from '../../engine/core/clock.ts';
import type { Pull } from '../../engine/runner/protocol.ts';
import type { NotableEvent } from '../../engine/simulation/notable.ts';
import type { Scenario } from '../../engine/simulation/scenario.ts';
import { plainSpan } from '../format.ts';
import { scriptedEvents } from '../stores/live-settings.ts';
import { moneyMarks } from './money-marks.ts';

export type MarkKind = 'event' | 'future' | 'pull' | 'now' | 'trouble' | 'minor';

/** A time that all charts show as a vertical line, with its name above the first one; a minor one has a name only. */
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
  for (const { kind, atS } of events)
    if (kind === 'recovered') marks.push({ atS, label: 'Recovered', kind: 'event' });
  marks.push(...moneyMarks(events, scenario.durationS));

  let group: Pull[] = [];
  const close = (): void => {
    const first = group[0];
    if (!first) return;
    const level =
      group.length === 1 ? scenario.levers.find(({ id }) => id === first.lever)?.level : undefined;
    const label = group.length === 1 ? `You: ${wordsOf(first)}` : `You: ${group.length} levers`;
    const kind = first.atS > nowS ? 'future' : 'pull';
    marks.push({ atS: first.atS, label, kind, ...(level && kind === 'pull' ? { level } : {}) });
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

/** Looking back, what has happened since is still to come. */
export const toCome = (marks: readonly TimeMark[], nowS: number): TimeMark[] =>
  marks.map((mark) =>
    mark.atS > nowS && mark.kind !== 'minor' ? { atS: mark.atS, label: mark.label, kind: 'future' } : mark,
  );

/** The kinds of events that a mark may stand for; others than these have marks in trouble or minor ones. */
const KINDS: Partial<Record<MarkKind, readonly NotableEvent['kind'][]>> = {
  event: ['scripted', 'recovered', 'measures', 'breaker'],
  pull: ['pull'],
};

/** Place among the events of the one that a mark stands for; undefined for the present, and for a time by which something was to be. */
export function eventOfMark({ atS, kind }: TimeMark, events: readonly NotableEvent[]): number | undefined {
  if (kind === 'now') return undefined;
  const there = [...events.keys()].filter((i) => Math.abs(events[i].atS - atS) < 1e-6);
  const known = KINDS[kind];
  return (known && there.find((i) => known.includes(events[i].kind))) ?? there[0];
}

/** Where a mark's name stands: its left edge and the side of the line it is on; undefined when there is no room. */
export interface PlacedMark extends TimeMark {
  x: number;
  side: 'right' | 'left' | 'none';
}

/** What a name that is shown is worth. The present is worth least: the clock shows it too. */
const WORTH: Record<MarkKind, number> = { pull: 16, trouble: 5, event: 4, future: 2, minor: 1.5, now: 1 };
/** Between two ways to show the same names, the one with more of them at the right of their lines. */
const RIGHT_BONUS = 0.01;

interface Layout {
  worth: number;
  sides: PlacedMark['side'][];
}

/**
 * Places the names on one line so that no two of them overlap, none leaves the plot, and those shown are worth most
 * together. Marks come in the order of time, so a name can only meet the one shown before it: the best layout of the
 * rest depends on nothing but how far the line is taken.
 * @param widthOf width of a mark's name with its paddings
 */
export function placeMarks(
  marks: readonly TimeMark[],
  xOf: (atS: number) => number,
  widthOf: (mark: TimeMark) => number,
  end: number,
): PlacedMark[] {
  const known = new Map<string, Layout>();
  const best = (i: number, takenTo: number): Layout => {
    const mark = marks[i];
    if (!mark) return { worth: 0, sides: [] };
    const key = `${i} ${takenTo}`;
    const before = known.get(key);
    if (before) return before;
    const x = xOf(mark.atS);
    const width = widthOf(mark);
    const worth = WORTH[mark.kind];
    const ways: Layout[] = [shown('none', 0, best(i + 1, takenTo))];
    if (x - width >= takenTo) ways.push(shown('left', worth, best(i + 1, x)));
    if (x >= takenTo && x + width <= end)
      ways.push(shown('right', worth + RIGHT_BONUS, best(i + 1, x + width)));
    const chosen = ways.reduce((a, b) => (b.worth > a.worth ? b : a));
    known.set(key, chosen);
    return chosen;
  };
  const { sides } = best(0, 0);
  return marks.map((mark, i) => ({ ...mark, x: xOf(mark.atS), side: sides[i] ?? 'none' }));
}

const shown = (side: PlacedMark['side'], worth: number, rest: Layout): Layout => ({
  worth: worth + rest.worth,
  sides: [side, ...rest.sides],
});
