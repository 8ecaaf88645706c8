/**
 * Two-sample Kolmogorov-Smirnov test: do two samples come from the same distribution?
 * @returns the largest distance of the two distribution functions, and the distance that samples of one distribution
 * exceed with probability 10⁻⁴ (Smirnov's asymptotic bound √(−½ ln(α/2)) = 2.225; with ties it is exceeded more rarely).
 */
export function kolmogorovSmirnov(
  a: readonly number[],
  b: readonly number[],
): { distance: number; bound: number } {
  const left = [...a].sort((x, y) => x - y);
  const right = [...b].sort((x, y) => x - y);
  let distance = 0;
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const value = Math.min(left[i]!, right[j]!);
    while (i < left.length && left[i]! <= value) i++;
    while (j < right.length && right[j]! <= value) j++;
    distance = Math.max(distance, Math.abs(i / left.length - j / right.length));
  }
  return { distance, bound: 2.225 * Math.sqrt(1 / left.length + 1 / right.length) };
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / values.length;
