import type { Ratio } from './case.ts';

/** Does the work once and tells how many units of it a second it did. */
export type Work = () => number | Promise<number>;

export interface Paired {
  /** Median of ours, units a second. */
  ours: number;
  /** Ours over theirs, pair by pair. */
  ratio: Ratio;
}

/**
 * Measures two works in the order A B B A A B …: what drifts (heat, clock rate, neighbours on the machine) falls on both alike. Each is
 * run once before, so that both are compiled.
 */
export async function paired(a: Work, b: Work, pairs: number): Promise<Paired> {
  await a();
  await b();
  const ours: number[] = [];
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const oursFirst = pair % 2 === 0;
    const first = await (oursFirst ? a() : b());
    const second = await (oursFirst ? b() : a());
    const [our, their] = oursFirst ? [first, second] : [second, first];
    ours.push(our);
    ratios.push(our / their);
  }
  return { ours: spread(ours).median, ratio: spread(ratios) };
}

/** Least, middle and greatest of at least one number; of an even count, the mean of the two in the middle. */
export function spread(values: readonly number[]): Ratio {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { min: sorted[0]!, median, max: sorted.at(-1)! };
}

/** Units a second of `work`, which does `units` of them. */
export function rateOf(units: number, work: () => void): number {
  const began = performance.now();
  work();
  return (units / (performance.now() - began)) * 1000;
}
