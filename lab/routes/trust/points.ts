/** How the points of a check stand on its chart and in its table. No DOM. */
import type { CheckInfo } from '../../../engine/runner/trust-protocol.ts';
import type { CheckPoint } from '../../../engine/trust/check.ts';
import { figure, ticksOf } from '../../figures/scale.ts';

/** A value with its unit: "93.1 %", "12 ms". */
export const withUnit = (value: number, unit: string): string =>
  unit === '' ? figure(value) : `${figure(value)}\u00a0${unit}`;

/** Points that belong together, in the order in which they came. */
export function seriesOf(points: readonly CheckPoint[]): { name: string; points: CheckPoint[] }[] {
  const series = new Map<string, CheckPoint[]>();
  for (const point of points) series.set(point.series, [...(series.get(point.series) ?? []), point]);
  return [...series].map(([name, points]) => ({ name, points }));
}

export interface Scale {
  place(value: number): number;
  ticks: number[];
}

/** From `from` to `to` on a length of 1, ends a little inside. */
export function scaleOf(values: readonly number[], log: boolean): Scale {
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (log && least > 0 && most > least) {
    const [a, b] = [Math.log(least), Math.log(most)];
    const ticks: number[] = [];
    for (let power = 10 ** Math.ceil(Math.log10(least) - 1e-9); power <= most * 1.0001; power *= 10)
      ticks.push(Number(power.toPrecision(3)));
    return {
      place: (value) => (Math.log(value) - a) / (b - a),
      ticks: ticks.length > 1 ? ticks : [least, most],
    };
  }
  const span = most - least || 1;
  return { place: (value) => (value - least) / span, ticks: ticksOf(least, most, 5) };
}

/** The verdict in a sentence, written from the figures. */
export function verdictOf(
  { y }: Pick<CheckInfo, 'y'>,
  points: readonly CheckPoint[],
): { words: string; good: boolean } {
  const missed = points.filter(({ holds }) => !holds);
  const [worst] = missed;
  if (worst) {
    const { label, expected, measured, halfWidth } = worst;
    const interval = halfWidth > 0 ? ` ± ${figure(halfWidth)}` : '';
    const which = missed.length === 1 ? 'One point does' : `${missed.length} points do`;
    return {
      good: false,
      words: `${which} not fit. ${label}: expected ${withUnit(expected, y.unit)}, measured ${figure(measured)}${interval}.`,
    };
  }
  const exact = points.every(({ halfWidth, slack }) => halfWidth === 0 && slack === 0);
  if (exact) {
    const total = points.reduce((sum, { expected }) => sum + expected, 0);
    return { good: true, words: `All ${points.length} counts are equal, ${figure(total)} in sum.` };
  }
  const far = Math.max(
    ...points.map(
      ({ expected, measured }) => Math.abs(measured - expected) / Math.max(Math.abs(expected), 1e-9),
    ),
  );
  return {
    good: true,
    words: `All ${points.length} points hold; the farthest is ${figure(far * 100)}\u00a0% from what is expected.`,
  };
}
