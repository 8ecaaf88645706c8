interface Model {
  name: string;
  costUsd: number;
  quality: number;
  latencyMs: number;
}

export function choose(models: Model[]): string {
  const cost = models.map(({ costUsd }) => 1 / Math.max(costUsd, 0.001));
  const quality = models.map((model) => model.quality);
  const speed = models.map(({ latencyMs }) => 1000 / latencyMs);
  const scores = models.map((_, i) => 0.4 * cost[i] + 0.4 * quality[i] + 0.2 * speed[i]);
  const best = Math.max(...scores);
  const winners = models.filter((_, i) => best - scores[i] < 1e-9);
  winners.sort((a, b) => a.costUsd - b.costUsd);
  return winners[0].name;
}
