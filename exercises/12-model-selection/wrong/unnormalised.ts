// Wrong: the module’s formula: 1 / cost reaches 1000 where quality reaches 1, so the cheapest always wins
// Says: middle: cost 0.75, quality 0.889, speed 1 → 0.856
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

type Candidate = Model & { costUsd: number };

export class ModelSelector {
  private readonly models: Model[] = [];

  add(model: Model): void {
    this.models.push(model);
  }

  choose({ tokens, minAccuracy, maxMs, budgetUsd }: Task): Choice {
    if (this.models.length === 0) throw new Error('There is no model to choose from.');
    const all = this.models.map((model) => ({ ...model, costUsd: (tokens * model.usdPerMillion) / 1e6 }));
    const passed = all.filter(
      ({ accuracy, latencyMs, costUsd }) =>
        accuracy >= minAccuracy && latencyMs <= maxMs && costUsd <= budgetUsd,
    );
    if (passed.length > 0) return this.best(passed);
    const { name, costUsd } = all.reduce((best, one) => (one.costUsd < best.costUsd ? one : best));
    return { name, costUsd, score: null, warning: `No model meets the bounds; ${name} is the cheapest.` };
  }

  private best(passed: Candidate[]): Choice {
    return passed
      .map(({ name, costUsd, quality, latencyMs }) => ({
        name,
        costUsd,
        score: 0.4 * (1 / Math.max(costUsd, 0.001)) + 0.4 * quality + (0.2 * 1000) / latencyMs,
        warning: null,
      }))
      .reduce((best, one) =>
        one.score > best.score || (one.score === best.score && one.costUsd < best.costUsd) ? one : best,
      );
  }
}
