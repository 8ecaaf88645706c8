// Wrong: when nothing passes, the best score of all is taken: the bounds were broken, and the dear one may win
// Says: So it is the cheapest for this task
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
    const best = this.best(all);
    return { ...best, score: null, warning: `No model meets the bounds; ${best.name} is used.` };
  }

  private best(passed: Candidate[]): Choice {
    const [cheapest, dearest] = range(passed.map(({ costUsd }) => costUsd));
    const [lowest, highest] = range(passed.map(({ quality }) => quality));
    const [fastest, slowest] = range(passed.map(({ latencyMs }) => latencyMs));
    return passed
      .map(({ name, costUsd, quality, latencyMs }) => ({
        name,
        costUsd,
        score:
          0.4 * share(dearest - costUsd, dearest - cheapest) +
          0.4 * share(quality - lowest, highest - lowest) +
          0.2 * share(slowest - latencyMs, slowest - fastest),
        warning: null,
      }))
      .reduce((best, one) =>
        one.score > best.score || (one.score === best.score && one.costUsd < best.costUsd) ? one : best,
      );
  }
}

const range = (numbers: number[]) => [Math.min(...numbers), Math.max(...numbers)];
