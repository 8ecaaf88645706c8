import type { BudgetSettings } from '../../engine/cost/budget-settings.ts';
import type { BudgetMode } from '../../engine/cost/budget.ts';
import type { EmergencyControl } from '../../engine/cost/emergency.ts';
import type { ModelProfile } from '../../engine/cost/prices.ts';
import type { RuleSettings } from '../../engine/cost/rules/rule.ts';
import { CRITICALITIES, type Task } from '../../engine/cost/task.ts';
import { InputError } from '../../engine/core/errors.ts';
import { RandomStream } from '../../engine/core/random.ts';
import type { SteppedClock } from './live-cost-clock.ts';
import { cheapestOf, rulesUnder } from './live-cost-emergency.ts';
import { simulatedProvider, TaskNumbers } from './live-cost-provider.ts';
import { gatewaySettings, MODES, type Switches } from './live-cost-setup.ts';
import { CostSide, type Passage } from './live-cost-side.ts';
import { SAMPLES, taskOf, TENANTS } from './live-cost-task.ts';

/** All that the learner can change. */
export interface CostConfig {
  models: readonly ModelProfile[];
  budgets: readonly BudgetSettings[];
  /** Those that are right; the others are not in force. */
  rules: readonly RuleSettings[];
  switches: Switches;
  pulled: ReadonlySet<EmergencyControl>;
}

/** A task on its way through both gateways. */
export interface Trace {
  number: number;
  task: Task;
  passages: Readonly<Record<BudgetMode, Passage>>;
}

/** What a burst cost on one gateway. */
export interface BurstSide {
  answered: number;
  refused: number;
  /** More than the limit allowed, in the budget where it was most. */
  overspentUsd: number;
  budget: string | null;
}

export interface Burst {
  size: number;
  sides: Readonly<Record<BudgetMode, BurstSide>>;
}

const HOUR_MS = 3_600_000;
export const HOUR_TASKS = 120;

/**
 * Two live gateways that get the same requests, one that reserves and one that checks and spends. All else about them is the same: prices, rules, the
 * clock, and the luck of each task.
 */
export class CostSession {
  readonly sides: Readonly<Record<BudgetMode, CostSide>>;
  /** The models fail, as when the provider is down. */
  providerFails = false;
  readonly startMs: number;
  private readonly numbers = new TaskNumbers();

  constructor(
    readonly clock: SteppedClock,
    private config: CostConfig,
    onChange: () => void,
  ) {
    this.startMs = clock.nowMs();
    this.sides = {
      reserve: new CostSide('reserve', clock, this.startMs, onChange),
      check: new CostSide('check', clock, this.startMs, onChange),
    };
    this.restart();
  }

  /** Requests that a model answers right now. */
  get running(): number {
    return Math.max(...MODES.map((mode) => this.sides[mode].open - this.sides[mode].deferred));
  }

  /**
   * Puts other settings into force. Prices, limits, rules and switches take effect in the running gateways; other models and other
   * budgets need new ones, which take over what was spent.
   * @throws InputError when that has to wait for requests that are under way, and nothing is changed.
   */
  configure(next: CostConfig): void {
    const before = this.config;
    const anew = !sameModels(before.models, next.models) || !sameBudgets(before.budgets, next.budgets);
    if (anew && this.running > 0)
      throw new InputError(
        'gateway',
        'no request under way',
        String(this.running),
        'Wait for the answers, then change it again.',
      );
    this.config = next;
    try {
      if (anew) this.restart();
      else for (const mode of MODES) this.adjust(this.sides[mode], before, next);
    } catch (error) {
      this.config = before;
      if (anew) this.restart();
      throw error;
    }
  }

  /** Sends a task to both. @returns what is known at once, and a promise of the end on both. */
  ask(task: Task): { trace: Trace; done: Promise<unknown> } {
    const number = this.numbers.give(task);
    const reserve = this.sides.reserve.ask(task);
    const check = this.sides.check.ask(task);
    return {
      trace: { number, task, passages: { reserve: reserve.passage, check: check.passage } },
      done: Promise.all([reserve.done, check.done]),
    };
  }

  /** Sends many of the same task at the same moment. */
  async burst(task: Task, size: number, onTrace: (trace: Trace) => void): Promise<Burst> {
    const before = this.overspent();
    const asked = Array.from({ length: size }, () => this.ask({ ...task }));
    onTrace(asked.at(-1)!.trace);
    await Promise.all(asked.map(({ done }) => done));
    const after = this.overspent();
    const side = (mode: BudgetMode): BurstSide => {
      const answers = asked.map(({ trace }) => trace.passages[mode].answer);
      let most: { overspentUsd: number; budget: string | null } = { overspentUsd: 0, budget: null };
      for (const [budget, usd] of after[mode]) {
        const overspentUsd = usd - (before[mode].get(budget) ?? 0);
        if (overspentUsd > most.overspentUsd) most = { overspentUsd, budget };
      }
      return {
        answered: answers.filter((answer) => answer?.kind === 'answered').length,
        refused: answers.filter((answer) => answer?.kind === 'refused').length,
        ...most,
      };
    };
    return { size, sides: { reserve: side('reserve'), check: side('check') } };
  }

  /** An hour of mixed work, which the clock is put forward for. Always the same one, so that two hours can be compared. */
  async hour(onTrace: (trace: Trace) => void, onProgress: (share: number) => void): Promise<void> {
    const stream = new RandomStream(1, 'hour');
    for (let i = 0; i < HOUR_TASKS; i++) {
      const atMs = Math.floor(stream.uniform() * HOUR_MS * 0.99);
      const draw = stream.uniform();
      const { form } = SAMPLES[draw < 0.55 ? 0 : draw < 0.9 ? 1 : 2];
      const tenant = TENANTS[stream.below(TENANTS.length)];
      const criticality = stream.uniform() < 0.15 ? CRITICALITIES[stream.below(2)] : form.criticality;
      this.clock.set(atMs, () =>
        onTrace(this.ask(taskOf({ ...form, tenant, criticality }, null, this.clock.nowMs())).trace),
      );
    }
    await this.clock.step(HOUR_MS, onProgress);
  }

  /** Nothing waits any more; for a session that another one follows. */
  close(): void {
    for (const mode of MODES) this.sides[mode].live.close();
  }

  private overspent(): Record<BudgetMode, Map<string, number>> {
    const nowMs = this.clock.nowMs();
    const of = (mode: BudgetMode): Map<string, number> => {
      const { budgets } = this.sides[mode].live.gateway;
      const sums = new Map<string, number>();
      for (const { name, overshootUsd } of [...budgets.pastStates(nowMs), ...budgets.states(nowMs)])
        sums.set(name, (sums.get(name) ?? 0) + overshootUsd);
      return sums;
    };
    return { reserve: of('reserve'), check: of('check') };
  }

  private restart(): void {
    const { models, budgets } = this.config;
    for (const mode of MODES) {
      const settings = gatewaySettings(models, budgets, this.rules(), this.switches(), mode);
      this.sides[mode].start(settings, models, async (call, signal) => {
        await Promise.resolve();
        if (this.providerFails) throw new Error('The provider was switched to failing on this page.');
        return simulatedProvider(models, this.numbers, (ms) => this.clock.wait(ms))(call, signal);
      });
    }
  }

  /** The gateway reads its settings anew at each request; what it has built from them is told. */
  private adjust(side: CostSide, before: CostConfig, next: CostConfig): void {
    const { gateway } = side.live;
    const rules = this.rules();
    const { models, budgets } = next;
    const fresh = gatewaySettings(models, budgets, rules, this.switches(), side.mode);
    gateway.chooser.setRules(fresh.rules);
    for (const [i, { name, prices }] of models.entries())
      if (prices !== before.models[i].prices) gateway.book.set(name, prices);
    for (const [i, { name, limitUsd }] of budgets.entries())
      if (limitUsd !== before.budgets[i].limitUsd)
        gateway.treasury.setLimit(name, limitUsd, this.clock.nowMs());
    gateway.settings.route = fresh.route;
    gateway.settings.selection = fresh.selection;
    gateway.settings.promptCache.aware = fresh.promptCache.aware;
    gateway.settings.batching.on = fresh.batching.on;
    gateway.settings.offPeak.on = fresh.offPeak.on;
    gateway.settings.measures.on = fresh.measures.on;
    side.noteAlerts();
  }

  private rules(): RuleSettings[] {
    const { switches, pulled, rules, models } = this.config;
    return rulesUnder(pulled, switches.rulesOn ? rules : [], cheapestOf(models));
  }

  private switches(): Switches {
    const { switches, pulled } = this.config;
    return { ...switches, batching: switches.batching || pulled.has('batch') };
  }
}

const withoutPrices = ({ prices: _, ...rest }: ModelProfile): unknown => rest;
const withoutLimit = ({ limitUsd: _, ...rest }: BudgetSettings): unknown => rest;
const sameModels = (a: readonly ModelProfile[], b: readonly ModelProfile[]): boolean =>
  JSON.stringify(a.map(withoutPrices)) === JSON.stringify(b.map(withoutPrices));
const sameBudgets = (a: readonly BudgetSettings[], b: readonly BudgetSettings[]): boolean =>
  JSON.stringify(a.map(withoutLimit)) === JSON.stringify(b.map(withoutLimit));
