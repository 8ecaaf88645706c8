import type { ReplayPolicy } from '../../../engine/cache/replay/replay.ts';
import { amountOf, type ReplayReport } from '../../stores/replay-settings.ts';

export interface Point {
  capacity: number;
  hitRatio: number;
  misses: number;
  byteHitRatio: number | null;
}

/** One line of the chart and of the table. */
export interface PolicyLine {
  policy: ReplayPolicy;
  points: readonly Point[];
}

/** In the order in which the policies were asked for; points by capacity. */
export function linesOf({ runs, results }: ReplayReport): PolicyLine[] {
  const lines = new Map<ReplayPolicy, Point[]>();
  runs.forEach(({ policy, capacity }, i) => {
    const { hitRatio, misses, byteHitRatio } = results[i];
    const points = lines.get(policy) ?? [];
    points.push({ capacity: amountOf(capacity), hitRatio, misses, byteHitRatio });
    lines.set(policy, points);
  });
  return [...lines].map(([policy, points]) => ({ policy, points }));
}

/** No policy that does not see the future can do better. */
export const isCeiling = (policy: ReplayPolicy): boolean => policy === 'opt' || policy === 'opt-bypass';

/** Names of the best policies at each capacity, the ceilings aside. */
export function bestAt(lines: readonly PolicyLine[], column: number): readonly ReplayPolicy[] {
  const others = lines.filter(({ policy }) => !isCeiling(policy));
  const fewest = Math.min(...others.map(({ points }) => points[column].misses));
  return others.filter(({ points }) => points[column].misses === fewest).map(({ policy }) => policy);
}

/** Ends of an axis of ratios: whole tenths around what is shown. */
export function ratioRange(lines: readonly PolicyLine[]): [number, number] {
  const all = lines.flatMap(({ points }) => points.map(({ hitRatio }) => hitRatio));
  const low = Math.floor(Math.min(...all) * 10 + 1e-9) / 10;
  const high = Math.ceil(Math.max(...all) * 10 - 1e-9) / 10;
  return high > low ? [low, high] : [Math.max(0, high - 0.1), Math.max(0.1, high)];
}

/** Moves labels apart, so that none covers another, and keeps them between top and bottom. The order stays. */
export function spread(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  let last = top - gap;
  for (const label of order) last = label.y = Math.max(label.y, last + gap);
  let next = bottom + gap;
  for (const label of [...order].reverse()) next = label.y = Math.min(label.y, next - gap);
  const result = new Array<number>(wanted.length);
  for (const { y, i } of order) result[i] = y;
  return result;
}

/** Marks around (0, 0), told apart by shape; filled or open by turns. */
export const SHAPES = [
  'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z',
  'M-3.2 -3.2h6.4v6.4h-6.4z',
  'M0 -4.4L4.2 3.2H-4.2z',
  'M0 -4.6L4.6 0L0 4.6L-4.6 0z',
  'M0 4.4L4.2 -3.2H-4.2z',
  'M-3.4 -3.4L3.4 3.4M-3.4 3.4L3.4 -3.4',
  'M0 -4.4V4.4M-4.4 0H4.4',
] as const;
export const DASHES = ['none', '6 3', '2 3', '8 3 2 3'] as const;
