import type { AblationView } from './view.ts';

/** A change smaller than this share of the level is not seen on an axis that starts at 0. */
const ZOOM_BELOW = 0.3;

export interface Scale {
  low: number;
  high: number;
  /** The axis leaves 0 out, so that lengths from its start mean nothing. */
  zoomed: boolean;
  step: number;
  ticks: number[];
}

/** An axis for the levels between all off and all on. Intervals may reach beyond it, and are cut off there. */
export function scaleOf({ off, on, rows }: Pick<AblationView, 'off' | 'on' | 'rows'>, ticks = 5): Scale {
  const levels = [off.mean, on.mean, ...rows.map(({ to }) => to)];
  const [least, most] = [Math.min(...levels), Math.max(...levels)];
  const zoomed = most > least && most - least < ZOOM_BELOW * most;
  const span = zoomed ? most - least : Math.max(most, 0) - Math.min(least, 0) || 1;
  const step = niceStep(span / (ticks - 1));
  const low = zoomed ? least - 0.1 * span : least < 0 ? least - 0.04 * span : 0;
  const high = (zoomed ? most : Math.max(most, 0)) + 0.04 * span;
  const first = Math.ceil(low / step - 1e-9);
  return {
    low,
    high,
    zoomed,
    step,
    ticks: Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step),
  };
}

/** 1, 2 or 5 times a power of ten, at least as large. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((n) => n * power).find((step) => step >= least * (1 - 1e-9))!;
}
