import type { NotableEvent } from './notable.ts';
import type { Scenario } from './scenario.ts';

/** A figure at the moment of an event, and what it was held against. */
export interface Figure {
  label: string;
  value: string;
  /** Bound that it had passed, or what it was before. */
  against?: string;
}

/** One event, without what came before and after it. */
export interface EventWords {
  /** What happened, in a few words. */
  title: string;
  /** The condition that was true, as the engine checks it. */
  because: string;
  figures: Figure[];
  /** The section of the reading that teaches it. */
  section?: string;
}

export type Data = NotableEvent['data'];
export type WordsOf = (event: NotableEvent, scenario: Scenario) => EventWords;

export const number = (data: Data, key: string): number => Number(data[key] ?? NaN);

/** Title of the station that an event is of. */
export function stationTitle(data: Data, scenario: Scenario): string {
  const station = String(data['station']);
  return scenario.stations[station]?.title ?? station;
}
