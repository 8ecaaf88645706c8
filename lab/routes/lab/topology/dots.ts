/** All marks go this fast, so that as many a second pass a place as the rate says. */
export const SPEED_PX_S = 40;
/** Marks of one row stand at least this far apart, and rows this far from each other. */
export const PITCH_PX = 4;

/** What the flow of an ordinary second is drawn with, before it is rounded. */
const EVERYDAY_DOTS_PER_S = 4;

/**
 * Requests that one dot stands for, the same for all flows of a scenario: 1, 2 or 5 times a power of ten.
 *
 * @param everydayPerS rate of the scenario's ordinary load
 */
export function requestsPerDot(everydayPerS: number): number {
  const exact = everydayPerS / EVERYDAY_DOTS_PER_S;
  if (!(exact > 0) || !Number.isFinite(exact)) return 1;
  const power = 10 ** Math.floor(Math.log10(exact));
  const step = [1, 2, 5].find((s) => s * power >= exact * 0.9) ?? 10;
  return step * power;
}

/** Marks of a flow in one column across the lane: 1 fills one row of it. */
export const rowsOf = (perS: number, perDot: number): number => (perS / perDot / SPEED_PX_S) * PITCH_PX;

/** How many powers of ten a pile of calls is high: 0 for none, 1 for nine, 2 for ninety-nine. */
export const decadesOf = (calls: number): number => (calls > 0 ? Math.log10(1 + calls) : 0);
