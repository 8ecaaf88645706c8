// Wrong: each value is divided by the best one: qualities of 0.85 and 0.95 are then nearly the same, and cost decides
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

/** Where all are equal, nobody is worse than the best. */
const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);

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
    const [cheapest] = range(passed.map(({ costUsd }) => costUsd));
    const [, highest] = range(passed.map(({ quality }) => quality));
    const [fastest] = range(passed.map(({ latencyMs }) => latencyMs));
    return passed
      .map(({ name, costUsd, quality, latencyMs }) => ({
        name,
        costUsd,
        score:
          0.4 * share(cheapest, costUsd) + 0.4 * share(quality, highest) + 0.2 * share(fastest, latencyMs),
        warning: null,
      }))
      .reduce((best, one) =>
        one.score > best.score || (one.score === best.score && one.costUsd < best.costUsd) ? one : best,
      );
  }
}

const range = (numbers: number[]) => [Math.min(...numbers), Math.max(...numbers)];
