/** Mean of `run` over independent seeds, and the standard error of that mean. */
export function overSeeds(seeds: number, run: (seed: number) => number): { mean: number; se: number } {
  const values = Array.from({ length: seeds }, (_, seed) => run(seed + 1));
  const mean = values.reduce((sum, x) => sum + x, 0) / seeds;
  const variance = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (seeds - 1);
  return { mean, se: Math.sqrt(variance / seeds) };
}
