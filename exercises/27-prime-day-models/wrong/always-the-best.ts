// Wrong: the best that meets the bounds, to the last dollar
// Says: only the cheapest that meets the bounds will do
interface Model {
  name: string;
  costUsd: number;
  accuracy: number;
  quality: number;
  meanMs: number;
}

export function choose(task: { minAccuracy: number; maxLatencyMs: number }, models: Model[]): string {
  const meets = models.filter((m) => m.accuracy >= task.minAccuracy && m.meanMs <= task.maxLatencyMs);
  return [...(meets.length > 0 ? meets : models)].sort((a, b) => b.quality - a.quality)[0].name;
}
