import type { RequestTrace, TraceWindow } from '../../../../engine/simulation/request-trace.ts';
import type { Tier } from '../../../components/rich-text.ts';
import { markOf, outcomeWords, type Names } from './names.ts';

/** A group of requests with something in common; pressed again it goes on to the next one. */
export interface Pick {
  id: string;
  label: string;
  mark?: Tier | 'open';
  /** The slowest first. */
  ids: number[];
}

export function tookMs(trace: RequestTrace, untilMs: number): number {
  return (trace.endedAtMs ?? untilMs) - trace.arrivedAtMs;
}

/** Ways into a stretch: the odd ones first, then by who answered. Those with nobody in them are there too, except the last. */
export function picksOf({ traces, untilMs }: TraceWindow, names: Names): Pick[] {
  const slow = [...traces].sort((a, b) => tookMs(b, untilMs) - tookMs(a, untilMs) || a.id - b.id);
  const ended = slow.filter((trace) => trace.endedAtMs !== null && trace.kind === 'request');
  const ids = (which: (trace: RequestTrace) => boolean): number[] => slow.filter(which).map(({ id }) => id);
  const picks: Pick[] = [
    { id: 'slowest', label: 'The slowest', ids: slow.slice(0, 1).map(({ id }) => id) },
    { id: 'typical', label: 'A typical one', ids: ended.length > 0 ? [ended[ended.length >> 1]!.id] : [] },
    { id: 'failed', label: 'Failed', ids: ids((trace) => trace.outcome.kind === 'failed') },
    { id: 'retried', label: 'Tried again', ids: ids((trace) => trace.tries > 1) },
    { id: 'joined', label: 'Waited for another', ids: ids((trace) => trace.waitedFor.length > 0) },
  ];
  const more: Pick[] = [
    {
      id: 'hedged',
      label: 'Sent twice',
      ids: ids(({ spans }) => spans.some(({ kind }) => kind === 'hedge')),
    },
    { id: 'batched', label: 'In a batch', ids: ids(({ spans }) => spans.some(inBatch)) },
    { id: 'background', label: 'Nobody waits for it', ids: ids(({ kind }) => kind === 'background') },
    { id: 'renewal', label: 'Renewals', ids: ids(({ kind }) => kind === 'renewal') },
  ];
  const byOutcome = new Map<string, Pick>();
  for (const trace of slow) {
    if (trace.outcome.kind === 'failed' || trace.kind === 'renewal') continue;
    const words = outcomeWords(trace, names);
    const pick = byOutcome.get(words) ?? {
      id: words,
      label: words.charAt(0).toUpperCase() + words.slice(1),
      mark: markOf(trace, names),
      ids: [],
    };
    pick.ids.push(trace.id);
    byOutcome.set(words, pick);
  }
  const outcomes = [...byOutcome.values()].sort((a, b) => b.ids.length - a.ids.length);
  return [...picks, ...more.filter((pick) => pick.ids.length > 0), ...outcomes];
}

/** The next of its requests after the one that is looked at. */
export function nextOf({ ids }: Pick, selectedId: number | undefined): number | undefined {
  const at = selectedId === undefined ? -1 : ids.indexOf(selectedId);
  return ids[(at + 1) % ids.length];
}

function inBatch(span: RequestTrace['spans'][number]): boolean {
  return (span.kind === 'window' || span.kind === 'choice') && span.with.length > 0;
}
