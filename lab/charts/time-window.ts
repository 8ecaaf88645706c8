import { LONG_S } from '../stores/run-address.ts';

export interface TimeWindow {
  fromS: number;
  toS: number;
}

/** By how much the window grows when the run passes its end. */
const STEP_S = 300;
/** Shown first when the scenario doesn't say what to show. */
const FIRST_S = 600;

/**
 * What the charts show: the scenario's view, longer when the run has passed its end; all of a finished run, and of one that is told
 * in hours.
 */
export function timeWindow(
  view: TimeWindow | undefined,
  nowS: number,
  durationS: number,
  done: boolean,
): TimeWindow {
  if (done || (view === undefined && durationS > LONG_S)) return { fromS: 0, toS: durationS };
  const fromS = view?.fromS ?? 0;
  const firstEndS = view?.toS ?? FIRST_S;
  const steps = Math.max(0, Math.ceil((nowS - firstEndS) / STEP_S));
  return { fromS, toS: Math.min(durationS, firstEndS + steps * STEP_S) };
}

/** Times of round numbers of minutes (or seconds) in the window, at most `most` of them. */
export function timeSplits({ fromS, toS }: TimeWindow, startSecondOfDay: number, most: number): number[] {
  const steps = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400,
  ];
  const step = steps.find((s) => (toS - fromS) / s < most) ?? Math.ceil((toS - fromS) / most);
  const first = Math.ceil((startSecondOfDay + fromS) / step) * step - startSecondOfDay;
  const splits: number[] = [];
  for (let s = first; s <= toS; s += step) splits.push(s);
  return splits;
}
