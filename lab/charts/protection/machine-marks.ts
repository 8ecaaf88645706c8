import type { NotableEvent, NotableKind } from '../../../engine/simulation/notable.ts';
import type { TimeMark } from '../marks.ts';

type Words = (data: NotableEvent['data']) => { label: string; kind: TimeMark['kind'] } | undefined;

const began =
  (label: string, over: string): Words =>
  (data) =>
    data['began'] === true ? { label, kind: 'trouble' } : { label: over, kind: 'minor' };

const WORDS: Partial<Record<NotableKind, Words>> = {
  breaker: ({ state }) => ({
    label: `Breaker ${String(state)}`,
    kind: state === 'closed' ? 'event' : state === 'half-open' ? 'minor' : 'trouble',
  }),
  limit: ({ from, to }) => ({ label: `Limit ${String(from)} → ${String(to)}`, kind: 'minor' }),
  shedding: (data) =>
    data['began'] === true
      ? { label: `Sheds ${String(data['class'])}`, kind: 'minor' }
      : { label: `${String(data['class'])} let in`, kind: 'minor' },
  codel: began('CoDel drops', 'CoDel rests'),
  tooLate: began('Too late: dropped', 'All in time'),
  queueFull: began('Queue full', 'Queue has room'),
  retryBudget: began('Retries held back', 'Retries free'),
  hedges: ({ state }) =>
    state === 'capped'
      ? { label: 'Hedges at their cap', kind: 'minor' }
      : { label: 'Hedges crowd out', kind: 'trouble' },
  connections: began('Connections used up', 'Connections free'),
  batch: ({ fallback }) =>
    fallback === true
      ? { label: 'Short batches: asked alone', kind: 'minor' }
      : { label: 'Short batches: failed', kind: 'trouble' },
  pause: ({ pauseMs }) => ({ label: `Pause ${(Number(pauseMs) / 1000).toFixed(1)} s`, kind: 'minor' }),
  outOfMemory: () => ({ label: 'Out of memory', kind: 'trouble' }),
};

/** What a run's machines did, in few words for the time axis. */
export function machineMarks(events: readonly NotableEvent[]): TimeMark[] {
  return events.flatMap(({ atS, kind, data }) => {
    const mark = WORDS[kind]?.(data);
    return mark ? [{ atS, ...mark }] : [];
  });
}
