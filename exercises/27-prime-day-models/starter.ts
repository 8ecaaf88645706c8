interface Task {
  agentType: string;
  criticality: 'critical' | 'high' | 'normal' | 'low';
  inputTokens: number;
  expectedOutputTokens: number;
  complexity: number;
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

export function choose(task: Task, models: Model[], budget: Budget | null): string {
  // The best there is. For how long?
  let best = models[0];
  for (const model of models) if (model.quality > best.quality) best = model;
  return best.name;
}
