interface Task {
  minAccuracy: number;
  maxLatencyMs: number;
}

interface Model {
  name: string;
  costUsd: number;
  accuracy: number;
  quality: number;
  meanMs: number;
}

interface Budget {
  leftUsd: number;
  limitUsd: number;
  timeLeftShare: number;
}

/** Spends at the pace of the day: better models while more money is left than day. */
export function choose(task: Task, models: Model[], budget: Budget | null): string {
  const meets = models.filter(
    ({ accuracy, meanMs }) => accuracy >= task.minAccuracy && meanMs <= task.maxLatencyMs,
  );
  const allowed = (meets.length > 0 ? meets : [...models]).sort((a, b) => a.costUsd - b.costUsd);
  const pace = budget ? budget.leftUsd / budget.limitUsd / Math.max(0.01, budget.timeLeftShare) : 1;
  if (pace < 1) return allowed[0].name;
  return allowed[pace > 1.1 ? allowed.length - 1 : allowed.length >> 1].name;
}
