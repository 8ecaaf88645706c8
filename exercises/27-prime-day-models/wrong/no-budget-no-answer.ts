// Wrong: takes for granted that there is a budget
// Says: TypeError
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
  budget: { leftUsd: number; limitUsd: number },
): string {
  const meets = models.filter((m) => m.accuracy >= task.minAccuracy && m.meanMs <= task.maxLatencyMs);
  const allowed = (meets.length > 0 ? meets : [...models]).sort((a, b) => a.costUsd - b.costUsd);
  return budget.leftUsd < budget.limitUsd / 2 ? allowed[0].name : allowed[allowed.length - 1].name;
}
