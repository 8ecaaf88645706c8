// Wrong: the cheapest, however inaccurate
// Says: with an accuracy of 0.97 or more
interface Model {
  name: string;
  costUsd: number;
  accuracy: number;
  quality: number;
  meanMs: number;
}

export function choose(task: unknown, models: Model[]): string {
  return [...models].sort((a, b) => a.costUsd - b.costUsd)[0].name;
}
