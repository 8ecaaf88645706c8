import { Budgets, type Spender } from '../cost/budget.ts';
import { GraduatedActions, measuresOf, type Measures } from '../cost/graduated-actions.ts';
import { timesPpm, type PicoUsd } from '../cost/money.ts';
import { costAt, type PriceBook } from '../cost/prices.ts';
import { SpendLedger } from '../cost/spend-ledger.ts';
import type { Task, Usage } from '../cost/task.ts';
import { NONE, type Job, type ModelCall } from './job.ts';
import type { GatewaySettings } from './settings.ts';

/** An agent type of a tenant: who spends together, and is slowed down together. */
interface Party {
  actions: GraduatedActions;
  /** By model; the last is for spending that is no model's. */
  spenders: Spender[];
  criticalSpenders: Spender[];
}

/** What the gateway may spend, has spent, and does when there is little left. A job holds one reservation at a time. */
export class Treasury {
  readonly budgets: Budgets;
  readonly ledger: SpendLedger;
  private readonly none: Measures;
  /** By tenant, then by agent type: a budget of one of them must not slow the others down. */
  private readonly parties = new Map<string, Map<string, Party>>();
  private readonly models: readonly string[];
  private readonly everybody: Party;
  private readonly texts = new Map<string, string[]>();

  constructor(
    private readonly settings: GatewaySettings,
    book: PriceBook,
    startMs: number,
  ) {
    this.budgets = new Budgets(settings.budgets, { mode: settings.budgetMode }, startMs);
    this.ledger = new SpendLedger({
      baseline: { model: settings.model, prices: book },
      timeZone: settings.timeZone,
    });
    this.models = book.models.map((m) => m.name);
    this.none = measuresOf(settings.measures.levels)[0]!;
    this.everybody = this.newParty('', '');
  }

  /** Highest share spent of the budgets that count the task, whatever model runs it. */
  share(task: Task, nowMs: number): number {
    return this.budgets.tightestShare(this.spender(task, this.models.length), nowMs);
  }

  /** Measures in force for the task. */
  measures(task: Task, nowMs: number): Measures {
    if (!this.settings.measures.on) return this.none;
    return this.party(task).actions.update(this.share(task, nowMs));
  }

  /** Measures in force for the whole: of the budgets that count everybody. */
  measuresForAll(nowMs: number): Measures {
    if (!this.settings.measures.on) return this.none;
    const { actions, spenders } = this.everybody;
    return actions.update(this.budgets.tightestShare(spenders[this.models.length]!, nowMs));
  }

  /** Books the worst case of a job; says which budget has no room for it, or null. */
  reserve(job: Job, model: number, worst: PicoUsd, nowMs: number): string | null {
    const reservation = this.budgets.reserve(this.spender(job.task, model), worst, nowMs);
    if (!reservation.ok) return this.noRoom(reservation.budget, model);
    job.reservation = reservation.id;
    job.worst = worst;
    return null;
  }

  /** Whether the reservation covers a worst case, perhaps made anew because it was too small; if not, there is none any more. */
  cover(job: Job, worst: PicoUsd, nowMs: number): boolean {
    if (worst <= job.worst) return true;
    this.release(job, nowMs);
    return this.reserve(job, job.model, worst, nowMs) === null;
  }

  release(job: Job, nowMs: number): void {
    if (job.reservation === NONE) return;
    this.budgets.release(job.reservation, nowMs);
    job.reservation = NONE;
  }

  /** Books what a call has cost for a job. @throws InputError for usage that cannot be; then nothing is booked, and the reservation stands. */
  settle(job: Job, call: ModelCall, usage: Usage, nowMs: number): PicoUsd {
    const cost = timesPpm(costAt(call.price, usage), job.discountPpm);
    const { tenant, agentType, criticality } = job.task;
    const model = this.models[call.model]!;
    this.ledger.add({ tenant, agentType, criticality, model, usage, cost, startMs: call.startedAtMs });
    this.budgets.settle(job.reservation, cost, nowMs);
    job.reservation = NONE;
    job.spent += cost;
    return cost;
  }

  limitUsd(budget: string): number {
    return this.settings.budgets.find((b) => b.name === budget)!.limitUsd;
  }

  /** From now on. @throws InputError for an unknown budget or a limit of nothing. */
  setLimit(budget: string, limitUsd: number, nowMs: number): void {
    this.budgets.setLimit(budget, limitUsd, nowMs);
    this.settings.budgets.find((b) => b.name === budget)!.limitUsd = limitUsd;
  }

  /** Once a budget is used up, everybody gets the same text: it is made once. */
  private noRoom(budget: string, model: number): string {
    let texts = this.texts.get(budget);
    if (texts === undefined) {
      texts = this.models.map((name) => `Budget "${budget}" had no room for ${name}.`);
      this.texts.set(budget, texts);
    }
    return texts[model]!;
  }

  private spender(task: Task, model: number): Spender {
    const { spenders, criticalSpenders } = this.party(task);
    return (task.criticality === 'critical' ? criticalSpenders : spenders)[model]!;
  }

  private party({ tenant, agentType }: Task): Party {
    let types = this.parties.get(tenant);
    if (types === undefined) this.parties.set(tenant, (types = new Map()));
    let party = types.get(agentType);
    if (party === undefined) types.set(agentType, (party = this.newParty(tenant, agentType)));
    return party;
  }

  private newParty(tenant: string, agentType: string): Party {
    const spenders = (critical: boolean): Spender[] =>
      [...this.models, ''].map((model) => ({ tenant, agentType, model, critical }));
    return {
      actions: new GraduatedActions(this.settings.measures),
      spenders: spenders(false),
      criticalSpenders: spenders(true),
    };
  }
}
