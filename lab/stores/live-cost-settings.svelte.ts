import type { BudgetSettings } from '../../engine/cost/budget-settings.ts';
import { MODULE_PROFILES } from '../../engine/cost/catalogue.ts';
import type { ModelProfile } from '../../engine/cost/prices.ts';
import type { RuleSettings } from '../../engine/cost/rules/rule.ts';
import { wait } from './live-cache-switched-tier.ts';
import { checkRules } from './live-cost-rules.ts';
import { CostSaved, type SavedCost, type SavedState } from './live-cost-saved.ts';
import {
  DEFAULT_BUDGETS,
  DEFAULT_RULES,
  DEFAULT_SWITCHES,
  PRICE_LISTS,
  type PriceListName,
  type Switches,
} from './live-cost-setup.ts';

/** Nobody waits for a slow disk for longer than this. */
const LOAD_MS = 2000;

export type Change = Partial<SavedCost & { switches: Switches }>;

/** What the learner has set; all but the switches is kept from visit to visit. */
export class CostSettings {
  loading = $state(true);
  saved = $state.raw<SavedState>({ ok: true, text: '' });
  list = $state<PriceListName>('module');
  models = $state.raw<readonly ModelProfile[]>(MODULE_PROFILES);
  budgets = $state.raw<readonly BudgetSettings[]>(DEFAULT_BUDGETS);
  rules = $state.raw<readonly RuleSettings[]>(DEFAULT_RULES);
  switches = $state.raw<Switches>(DEFAULT_SWITCHES);
  readonly checked = $derived(
    checkRules(
      this.rules,
      this.models.map(({ name }) => name),
    ),
  );
  private readonly keeper = new CostSaved((state) => (this.saved = state));

  /** Resolves when what was changed is in the storage, or cannot be. */
  protected keep(): Promise<void> {
    const { list, models, budgets, rules } = this;
    return this.keeper.save({ list, models, budgets, rules });
  }

  protected forget(): Promise<void> {
    return this.keeper.clear();
  }

  /** Puts into force what was kept. Lists of the lab's own are taken from the lab, which may have newer prices. */
  protected async restore(apply: (change: Change) => void): Promise<void> {
    const kept = await Promise.race([this.keeper.load(), wait(LOAD_MS)]);
    if (kept)
      try {
        const { list, models, budgets, rules } = kept;
        apply({ list, models: list === 'own' ? models : PRICE_LISTS[list], budgets, rules });
      } catch {
        this.saved = {
          ok: false,
          text: 'What was kept here does not fit this page any more, and was left out.',
        };
      }
    this.loading = false;
  }
}
