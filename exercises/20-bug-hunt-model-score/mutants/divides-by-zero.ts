interface Model {
  name: string;
  costUsd: number;
  quality: number;
  latencyMs: number;
}

export function choose(models: Model[]): string {
  const cost = scaled(models.map(({ costUsd }) => -costUsd));
  const quality = scaled(models.map((model) => model.quality));
  const speed = scaled(models.map(({ latencyMs }) => -latencyMs));
  const scores = models.map((_, i) => 0.4 * cost[i] + 0.4 * quality[i] + 0.2 * speed[i]);
  const best = Math.max(...scores);
  const winners = models.filter((_, i) => best - scores[i] < 1e-9);
  winners.sort((a, b) => a.costUsd - b.costUsd);
  return winners[0].name;
}

/** The least becomes 0 and the greatest 1. */
function scaled(values: number[]): number[] {
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  return values.map((value) => (value - least) / range);
}
