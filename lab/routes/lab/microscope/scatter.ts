import type { TraceWindow } from '../../../../engine/simulation/request-trace.ts';
import { markOf, type Names, type OutcomeMark } from './names.ts';
import { tookMs } from './picks.ts';

export interface Dot {
  id: number;
  x: number;
  y: number;
  mark: OutcomeMark;
}

/** Places of the requests in a picture of this size: arrival to the right, response time upwards, by powers of ten. */
export interface Scatter {
  dots: Dot[];
  /** Powers of ten with their heights. */
  ticks: { ms: number; y: number }[];
}

/** Response times below it stand at the bottom. */
const LEAST_MS = 0.1;
const EDGE = 7;
/** For the labels of the lines, on the right. */
export const LABELS = 56;

export function scatterOf(window: TraceWindow, names: Names, width: number, height: number): Scatter {
  const { traces, fromMs, toMs, untilMs } = window;
  const longest = traces.reduce((most, trace) => Math.max(most, tookMs(trace, untilMs)), 10 * LEAST_MS);
  const low = Math.log10(LEAST_MS);
  const high = Math.log10(longest) + 0.08;
  const y = (ms: number): number => {
    const share = (Math.log10(Math.max(LEAST_MS, ms)) - low) / (high - low);
    return height - EDGE - share * (height - 2 * EDGE);
  };
  const x = (ms: number): number => EDGE + ((ms - fromMs) / (toMs - fromMs)) * (width - LABELS - 2 * EDGE);
  const dots = traces.map((trace) => ({
    id: trace.id,
    x: x(trace.arrivedAtMs),
    y: y(tookMs(trace, untilMs)),
    mark: markOf(trace, names),
  }));
  const ticks = [];
  for (let power = low; power <= high; power++) ticks.push({ ms: 10 ** power, y: y(10 ** power) });
  return { dots, ticks };
}

/** The dot nearest to a place, within reach. */
export function nearest(dots: readonly Dot[], x: number, y: number, reach = 24): Dot | undefined {
  let best: Dot | undefined;
  let least = reach * reach;
  for (const dot of dots) {
    const distance = (dot.x - x) ** 2 + (dot.y - y) ** 2;
    if (distance < least) {
      least = distance;
      best = dot;
    }
  }
  return best;
}

/** Shapes of a radius of about 4 around a place, as parts of an SVG path. They go with the hues as everywhere on the page. */
const SHAPES: Record<OutcomeMark, (x: number, y: number) => string> = {
  l1: (x, y) => circle(x, y, 3.4),
  l2: (x, y) => `M${x} ${y - 4.4}l4.4 4.4l-4.4 4.4l-4.4 -4.4z`,
  l3: (x, y) => `M${x - 3.2} ${y - 3.2}h6.4v6.4h-6.4z`,
  l4: (x, y) => `M${x - 2} ${y - 3.6}h4l2.1 3.6l-2.1 3.6h-4l-2.1 -3.6z`,
  model: (x, y) => `M${x} ${y - 4}l4.2 7.4h-8.4z`,
  trouble: (x, y) => `M${x - 3} ${y - 3}l6 6M${x + 3} ${y - 3}l-6 6`,
  open: (x, y) => circle(x, y, 3.2),
};

function circle(x: number, y: number, r: number): string {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

/** One path for all dots of a mark. */
export function pathOf(dots: readonly Dot[], mark: OutcomeMark): string {
  const round = (value: number): number => Math.round(value * 10) / 10;
  return dots
    .filter((dot) => dot.mark === mark)
    .map((dot) => SHAPES[mark](round(dot.x), round(dot.y)))
    .join('');
}

export const MARKS: readonly OutcomeMark[] = ['model', 'l4', 'l3', 'l2', 'l1', 'open', 'trouble'];
