/** Where things stand in a figure, and how their numbers are written. No DOM. */
import type { FigureData, FigureFrame, Panel } from './format.ts';

/** The next of 1, 2, 2.5, 5 times a power of ten. */
export function roundTop(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => value <= one * power * (1 + 1e-9)) ?? 10;
  return step * power;
}

/** The top of the y axis, the same for all panels. */
export function topOf({ y }: FigureFrame, { panels, levels = [] }: FigureData): number {
  if (y.max !== undefined) return y.max;
  let most = 0;
  for (const { lines, marks = [] } of panels) {
    for (const line of lines)
      for (const value of line.y) if (Number.isFinite(value)) most = Math.max(most, value);
    for (const mark of marks) most = Math.max(most, mark.y);
  }
  for (const level of levels) most = Math.max(most, level.y);
  return roundTop(most);
}

/** Round values from `from` to `to`, ends included where they are round. */
export function ticksOf(from: number, to: number, about = 5): number[] {
  const span = to - from;
  if (!(span > 0)) return [from];
  const rough = span / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((one) => one * power >= rough * 0.999) ?? 10) * power;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Seconds at which a run's axis has its ticks. */
export function timeTicks(fromS: number, toS: number, about = 6): number[] {
  const steps = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
  ];
  const step = steps.find((one) => (toS - fromS) / one <= about) ?? 86_400;
  const first = Math.ceil(fromS / step);
  return Array.from({ length: Math.floor(toS / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** A time of a run in its largest whole unit: 0, 45 s, 6 min, 2 h. */
export function timeWords(seconds: number): string {
  const s = Math.round(seconds);
  if (s === 0) return '0';
  if (s < 120 && s % 60 !== 0) return `${s}\u00a0s`;
  if (s < 7200) return `${Number((s / 60).toFixed(s % 60 === 0 ? 0 : 1))}\u00a0min`;
  return `${Number((s / 3600).toFixed(1))}\u00a0h`;
}

/** Three or four digits, thousands apart. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 1 : 3;
  const rounded = Number(value.toFixed(digits));
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 3 }).replace('-', '−');
}

/** Values that stand one below the other, with as many decimals as fit the largest. */
export function figures(values: readonly number[]): string[] {
  const most = Math.max(0, ...values.filter(Number.isFinite).map(Math.abs));
  const decimals = most >= 1000 ? 0 : most >= 10 ? 1 : most >= 1 ? 2 : 3;
  const whole = values.every((value) => Number.isInteger(Number(value.toFixed(decimals))));
  const digits = whole ? 0 : decimals;
  return values.map((value) =>
    Number.isFinite(value)
      ? value
          .toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
          .replace('-', '−')
      : '–',
  );
}

/** A text whose figures keep their units on the line. */
export const unbroken = (text: string): string =>
  text.replaceAll(/(\d) (k|M|G|s|ms|min|h|%|B|kB|MB|GB|tokens)(?!\w)/g, '$1\u00a0$2');

/** A value with its unit: 35 %, × 3.2, $0.40, 12 ms. */
export function withUnit(value: number | string, unit: string): string {
  const text = typeof value === 'string' ? value : figure(value);
  if (unit === '') return text;
  if (unit === '$') return `$${text}`;
  if (unit === '×') return `×\u00a0${text}`;
  return unit.startsWith('/') ? `${text}${unit}` : `${text}\u00a0${unit}`;
}

/** As many digits as the knob's step has, so that the width does not jump. */
export function knobWords(value: number, step: number, unit: string): string {
  const digits = /\.(\d+)/.exec(String(step))?.[1].length ?? 0;
  const text = value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return withUnit(text, unit);
}

export type Place = (value: number) => number;

/** The outline of a line or an area as an SVG path; a value that is none leaves a gap. */
export function pathOf(
  { x }: Pick<Panel, 'x'>,
  y: ArrayLike<number>,
  placeX: Place,
  placeY: Place,
  floorY?: number,
): string {
  const parts: string[] = [];
  let begun: number | undefined;
  const end = (last: number): void => {
    if (begun !== undefined && floorY !== undefined)
      parts.push(`L${at(placeX(x[last]))} ${at(floorY)}L${at(placeX(x[begun]))} ${at(floorY)}Z`);
    begun = undefined;
  };
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(y[i])) {
      end(i - 1);
      continue;
    }
    parts.push(`${begun === undefined ? 'M' : 'L'}${at(placeX(x[i]))} ${at(placeY(y[i]))}`);
    begun ??= i;
  }
  end(x.length - 1);
  return parts.join('');
}

const at = (value: number): string => String(Number(value.toFixed(1)));
