import type { EventWords, Figure } from './event-figures.ts';
import { eventWords } from './event-words.ts';
import type { NotableEvent } from './notable.ts';
import type { Scenario } from './scenario.ts';
import { amount, percent, time } from './wording.ts';

/** The series of a run, as both the engine and a page hold them. */
export interface ReasonSeries {
  readonly intervalS: number;
  /** Finished intervals. */
  readonly length: number;
  has(column: string): boolean;
  at(column: string, interval: number): number;
}

/** A run as far as its events can be explained by it. */
export interface ReasonSource {
  scenario: Scenario;
  /** In the order of time. */
  events: readonly NotableEvent[];
  series: ReasonSeries;
}

/** An event that came before or after, and by how much. */
export interface Neighbour {
  /** Its place among the events. */
  index: number;
  title: string;
  /** Seconds, never negative. */
  apartS: number;
}

/** Why an event happened. */
export interface Reason extends EventWords {
  atS: number;
  /** The nearest first. */
  before: Neighbour[];
  /** The nearest first. */
  after: Neighbour[];
  /** How things stood at the event and a while later; without figures where the run ends before. */
  followed: { afterS: number; figures: Figure[] };
}

/** Neighbours told on each side. */
const NEIGHBOURS = 3;
/** What followed is looked at after so many intervals, and at least this much time. */
const LATER = { intervals: 30, seconds: 60 };
/** Figures of a moment are those of the last seconds, or of one interval if that is longer. */
const MOMENT_S = 5;

/**
 * Why the event at this place happened: the engine's own condition for it, with the figures at that moment, and what came before and
 * after. Pure: from the run's events and series.
 */
export function eventReason(source: ReasonSource, index: number): Reason {
  const { events, scenario } = source;
  const event = events[index]!;
  const neighbour = (i: number): Neighbour => ({
    index: i,
    title: eventWords(events[i]!, scenario).title,
    apartS: Math.abs(events[i]!.atS - event.atS),
  });
  const places = [...events.keys()];
  return {
    ...eventWords(event, scenario),
    atS: event.atS,
    before: places
      .slice(Math.max(0, index - NEIGHBOURS), index)
      .reverse()
      .map(neighbour),
    after: places.slice(index + 1, index + 1 + NEIGHBOURS).map(neighbour),
    followed: followed(source, event.atS),
  };
}

function followed({ series, scenario }: ReasonSource, atS: number): Reason['followed'] {
  const { intervalS, length } = series;
  const afterS = Math.max(LATER.seconds, LATER.intervals * intervalS);
  const rows = Math.max(1, Math.round(MOMENT_S / intervalS));
  const now = Math.min(length, Math.max(1, Math.ceil(atS / intervalS - 1e-9)));
  const later = Math.ceil((atS + afterS) / intervalS - 1e-9);
  if (later > length) return { afterS, figures: [] };
  const sum = (column: string, to: number): number => {
    let total = 0;
    for (let i = Math.max(0, to - rows); i < to; i++) total += series.at(column, i);
    return total;
  };
  const share = (part: string, to: number): number => sum(part, to) / sum('completed', to);
  const mean = (to: number): number => {
    let total = 0;
    for (let i = Math.max(0, to - rows); i < to; i++)
      if (series.at('completed', i) > 0) total += series.at('meanMs', i) * series.at('completed', i);
    return total / sum('completed', to);
  };
  const pool = scenario.path.filter((node) => node in scenario.stations).at(-1);
  const queue = (to: number): number => series.at(`station.${pool}.queue`, to - 1) * scenario.fleet.cells;
  const figure = (label: string, of: (to: number) => number, text: (n: number) => string): Figure[] =>
    Number.isFinite(of(later))
      ? [
          {
            label,
            value: text(of(later)),
            ...(Number.isFinite(of(now)) ? { against: `was ${text(of(now))}` } : {}),
          },
        ]
      : [];
  return {
    afterS,
    figures: [
      ...figure('mean response', mean, time),
      ...(series.has('failed') ? figure('without an answer', (to) => share('failed', to), percent) : []),
      ...(pool && series.has(`station.${pool}.queue`) ? figure('calls waiting', queue, amount) : []),
    ],
  };
}
