import type { WindowedBudget } from './budget-window.ts';

/** Who spends. The model is the one that answers: after a fallback, the other one. */
export interface Spender {
  tenant: string;
  agentType: string;
  model: string;
  /** May use what budgets keep for critical requests. */
  critical: boolean;
}

/**
 * Which budgets count whom. Names that no budget mentions are all the same here, so the lists are few however many tenants there
 * are, and a look-up builds no text.
 */
export class Matching {
  readonly lists: WindowedBudget[][] = [];
  private readonly known = new Map<number, number>();
  private readonly tenants = new Map<string, number>();
  private readonly agentTypes = new Map<string, number>();
  private readonly models = new Map<string, number>();

  constructor(private readonly budgets: readonly WindowedBudget[]) {
    const names = { tenant: this.tenants, agentType: this.agentTypes, model: this.models };
    for (const { scope } of budgets.map(({ settings }) => settings)) {
      if (scope.kind === 'global') continue;
      const numbers = names[scope.kind];
      if (!numbers.has(scope.of)) numbers.set(scope.of, numbers.size + 1);
    }
  }

  /** Index in `lists`. */
  of(spender: Spender): number {
    const tenant = this.tenants.get(spender.tenant) ?? 0;
    const agentType = this.agentTypes.get(spender.agentType) ?? 0;
    const model = this.models.get(spender.model) ?? 0;
    const key = (tenant * (this.agentTypes.size + 1) + agentType) * (this.models.size + 1) + model;
    let index = this.known.get(key);
    if (index === undefined) {
      index = this.lists.length;
      this.known.set(key, index);
      this.lists.push(
        this.budgets.filter(
          ({ settings: { scope } }) => scope.kind === 'global' || spender[scope.kind] === scope.of,
        ),
      );
    }
    return index;
  }
}
