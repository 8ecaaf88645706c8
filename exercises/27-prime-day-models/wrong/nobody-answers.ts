// Wrong: has no answer when no model meets the bounds
// Says: No model meets the bounds, and still one has to answer
interface Model {
  name: string;
  costUsd: number;
  accuracy: number;
  quality: number;
  meanMs: number;
}

export function choose(
  task: { minAccuracy: number; maxLatencyMs: number },
  models: Model[],
  budget: { leftUsd: number; limitUsd: number } | null,
): string | undefined {
  const meets = models
    .filter((m) => m.accuracy >= task.minAccuracy && m.meanMs <= task.maxLatencyMs)
    .sort((a, b) => a.costUsd - b.costUsd);
  return budget && budget.leftUsd < budget.limitUsd / 2 ? meets[0]?.name : meets.at(-1)?.name;
}
