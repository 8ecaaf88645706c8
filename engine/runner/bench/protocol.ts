/** What the benchmarks ask of their programs in the browser, and what these tell. Plain data. */
import type { PrimeDayPhase } from './prime-day-work.ts';

/** `ready` makes the work, which answers 0; each `seconds` does so many simulated ones more, and answers with requests a second. */
export type PrimeDayAsk =
  { ready: { phase: PrimeDayPhase; seed: number; atMostS: number } } | { seconds: number };

/** Answered with entries a second. */
export interface IdbWritesAsk {
  /** `batched`: the tier's own way; `one-by-one`: each waits for the one before; `all-at-once`: each is asked for without waiting. */
  way: 'batched' | 'one-by-one' | 'all-at-once';
  entries: number;
  /** Entries that write-behind hands over together. */
  batch: number;
  durability: 'strict' | 'relaxed';
}

/** Of a page, since it was told to begin. */
export interface PageFigures {
  seconds: number;
  frames: number;
  longestTaskMs: number;
  /** Tasks of the main thread of more than 50 ms. */
  longTasks: number;
}
