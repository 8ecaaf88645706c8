/** Events on the bar of a run's time: buttons of a finger's size, those that would overlap as one. */
import type { NotableEvent } from '../../../../engine/simulation/notable.ts';

/** What an event is to the learner; gives its mark a shape. */
export type Tone = 'script' | 'pull' | 'trouble' | 'good' | 'note';

export interface EventMark {
  /** Places of the events in it, in the order of time. */
  events: number[];
  /** Centre, px from the left end of the bar. */
  x: number;
  tone: Tone;
}

/** Least distance of two centres: the size of a target. */
export const MARK_PX = 24;

const TROUBLE: readonly NotableEvent['kind'][] = [
  ...(['saturated', 'slow', 'collapse', 'plateau', 'metastable', 'refusing', 'interrupted'] as const),
  ...(['pause', 'outOfMemory', 'batch'] as const),
];
const GOOD: readonly NotableEvent['kind'][] = ['recovered', 'relieved'];
/** Worst first: what a mark of several events looks like. */
const ORDER: readonly Tone[] = ['trouble', 'pull', 'script', 'good', 'note'];

export function toneOf({ kind, data }: NotableEvent): Tone {
  if (kind === 'scripted') return 'script';
  if (kind === 'pull') return 'pull';
  if (GOOD.includes(kind) || (kind === 'breaker' && data['state'] === 'closed')) return 'good';
  if (TROUBLE.includes(kind) || kind === 'breaker' || data['began'] === true) return 'trouble';
  return 'note';
}

/**
 * Marks that do not overlap. Two that do become one between them, which may then overlap the one before, and so on.
 * @param widthPx of the bar; marks keep within it
 */
export function eventMarks(events: readonly NotableEvent[], durationS: number, widthPx: number): EventMark[] {
  const keep = (x: number): number => Math.min(widthPx - MARK_PX / 2, Math.max(MARK_PX / 2, x));
  const marks: { events: number[]; sumX: number; x: number }[] = [];
  const order = [...events.keys()].sort((a, b) => events[a].atS - events[b].atS || a - b);
  for (const i of order) {
    const x = (events[i].atS / durationS) * widthPx;
    marks.push({ events: [i], sumX: x, x: keep(x) });
    for (let last = marks.length - 1; last > 0; last--) {
      const [before, after] = [marks[last - 1], marks[last]];
      if (after.x - before.x >= MARK_PX) break;
      const all = [...before.events, ...after.events];
      const sumX = before.sumX + after.sumX;
      marks.splice(last - 1, 2, { events: all, sumX, x: keep(sumX / all.length) });
    }
  }
  return marks.map(({ events: inside, x }) => ({
    events: inside,
    x,
    tone: ORDER.find((tone) => inside.some((i) => toneOf(events[i]) === tone)) ?? 'note',
  }));
}
