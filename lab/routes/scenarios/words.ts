import type { StandingState } from '../../stores/scenarios-library.ts';

/** Begins a line; p99 stays what it is. */
export const capital = (text: string): string =>
  /^p\d/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);

/** Keeps a number and its unit on one line. */
export const unbroken = (text: string): string =>
  text.replace(/(\d) (?=(%|ms|s|min|h|k|M)(?![a-z]))/g, '$1\u00a0');

export const pullCount = (pulls: number): string => `${pulls} ${pulls === 1 ? 'pull' : 'pulls'}`;

/** 1 h, 5 min, 24 h. */
export const lengthText = (seconds: number): string =>
  seconds >= 3600
    ? `${Number((seconds / 3600).toFixed(1))} h`
    : seconds >= 60
      ? `${Number((seconds / 60).toFixed(1))} min`
      : `${Math.ceil(seconds)} s`;

export const DIFFICULTY = {
  1: 'one lever does it',
  2: 'two or three levers, or the right moment',
  3: 'several levers that need each other',
} as const;

export const STANDING: Record<StandingState, string> = {
  'not run': 'Not run yet',
  run: 'Run, goal not reached',
  reached: 'Goal reached',
  par: 'Par met',
  beaten: 'Par beaten',
};
