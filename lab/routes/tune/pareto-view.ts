import { paretoFront } from '../../../engine/tuning/pareto.ts';
import type { Goal } from '../../../engine/tuning/score.ts';
import { isPull, meanOf, type Standing } from '../../../engine/tuning/standing.ts';
import { settingKey } from '../../../engine/tuning/tuner-records.ts';
import type { Figure } from './figures.ts';

export interface Dot {
  key: string;
  standing: Standing;
  x: number;
  y: number;
  kept: boolean;
  /** No lever pulled. */
  untouched: boolean;
  onFront: boolean;
}

/** The settings of one rung as points; the front is of those that keep the bounds, when there are any such. */
export function dotsOf(standings: readonly Standing[], x: Figure, y: Figure): Dot[] {
  const dots = standings
    .map((standing) => ({
      key: settingKey(standing.setting),
      standing,
      x: meanOf(standing, x.name),
      y: meanOf(standing, y.name),
      kept: standing.score.missed === 0,
      untouched: !isPull(standing.setting),
      onFront: false,
    }))
    .filter((dot) => Number.isFinite(dot.x) && Number.isFinite(dot.y));
  const kept = dots.filter((dot) => dot.kept);
  const eligible = kept.length > 0 ? kept : dots;
  const front = paretoFront(
    eligible.map((dot) => [dot.x, dot.y] as const),
    [x.better, y.better],
  );
  for (const place of front) eligible[place]!.onFront = true;
  return dots;
}

/** A figure to look at beside that of the goal: what it costs, or how soon it answers. */
export function secondFigure(goal: Goal, figures: readonly Figure[]): Figure {
  const others = figures.filter(({ name }) => name !== goal.figure);
  const wanted = goal.figure.endsWith('Usd') ? ['meanMs'] : ['totalUsd', 'costUsd'];
  return others.find(({ name }) => wanted.includes(name)) ?? others[0]!;
}

/** An axis from below the least value to above the greatest, with round marks between. */
export function axisOf(values: readonly number[]): { from: number; to: number; ticks: number[] } {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = (high - low) * 0.06 || Math.abs(high) * 0.5 || 1;
  const [from, to] = [low - margin, high + margin];
  const raw = (to - from) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw)!;
  const ticks: number[] = [];
  for (let n = Math.ceil(from / step); n * step <= to; n++) ticks.push(Number((n * step).toPrecision(12)));
  return { from, to, ticks };
}
