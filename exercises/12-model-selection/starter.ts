interface Model {
  name: string;
  usdPerMillion: number;
  /** 0 to 1. */
  accuracy: number;
  latencyMs: number;
  /** 0 to 1. */
  quality: number;
}

interface Task {
  tokens: number;
  minAccuracy: number;
  maxMs: number;
  budgetUsd: number;
}

interface Choice {
  name: string;
  costUsd: number;
  score: number | null;
  warning: string | null;
}

export class ModelSelector {
  private readonly models: Model[] = [];

  add(model: Model): void {
    this.models.push(model);
  }

  choose(task: Task): Choice {
    // The first one will do?
    const [{ name, usdPerMillion }] = this.models;
    return { name, costUsd: (task.tokens * usdPerMillion) / 1e6, score: 1, warning: null };
  }
}
