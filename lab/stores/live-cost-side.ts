import type { Alert, BudgetMode, BudgetState } from '../../engine/cost/budget.ts';
import type { Task } from '../../engine/cost/task.ts';
import type { GatewaySettings } from '../../engine/gateway/settings.ts';
import { LiveGateway, type LiveAnswer, type Provider } from '../../engine/live/gateway-driver.ts';
import type { ModelProfile } from '../../engine/cost/prices.ts';
import type { SteppedClock } from './live-cost-clock.ts';
import { decide, type Decision } from './live-cost-decision.ts';
import type { Paid } from './live-cost-emergency.ts';
import { RandomStream } from '../../engine/core/random.ts';

/** What became of a task on one gateway. */
export interface Passage {
  decision: Decision;
  /** Budgets right after it was let in, with its reservation, or refused. */
  held: readonly BudgetState[];
  waits: readonly { why: 'batch' | 'off-peak'; untilMs: number }[];
  answer: LiveAnswer | null;
  /** The gateway was started anew by a change of the settings before the task was sent. */
  dropped: boolean;
}

/** One of the two gateways, with what it has spent and said. */
export class CostSide {
  /** What was paid, in order: a gateway that is started anew takes it over. */
  readonly paid: Paid[] = [];
  readonly alerts: Alert[] = [];
  asked = 0;
  /** Requests that are neither answered nor refused. */
  open = 0;
  live!: LiveGateway;
  private readonly passages = new Map<Task, Passage>();

  constructor(
    readonly mode: BudgetMode,
    private readonly clock: SteppedClock,
    private readonly startMs: number,
    private readonly onChange: () => void,
  ) {}

  /** Put off to the night. */
  get deferred(): number {
    return this.live.gateway.deferredNow;
  }

  /** Starts a gateway with these settings; what was spent so far is booked again, each call at its time. */
  start(settings: GatewaySettings, models: readonly ModelProfile[], provider: Provider): void {
    const old: LiveGateway | undefined = this.live;
    let replaying = true;
    this.live = new LiveGateway({
      settings,
      models,
      provider,
      clock: { nowMs: () => (replaying ? this.startMs : this.clock.nowMs()) },
      timers: { set: (delayMs, run) => this.clock.set(delayMs, run) },
      u: (job) => new RandomStream(job, 'off-peak').uniform(),
      onHeld: (task, why, untilMs) => this.hold(task, why, untilMs),
    });
    const { budgets, ledger } = this.live.gateway;
    this.paid.sort((a, b) => a.startMs - b.startMs);
    for (const { task, model, usage, costPico, startMs } of this.paid) {
      const { tenant, agentType, criticality } = task;
      const spender = { tenant, agentType, model, critical: criticality === 'critical' };
      budgets.spendUnreserved(spender, costPico, startMs);
      ledger.add({ tenant, agentType, criticality, model, usage, cost: costPico, startMs });
    }
    replaying = false;
    this.noteAlerts();
    for (const passage of this.passages.values()) passage.dropped = true;
    old?.close();
  }

  get settings(): GatewaySettings {
    return this.live.gateway.settings;
  }

  /** Sends a task. @returns what is known at once, and a promise of what comes of it, which never rejects. */
  ask(task: Task): { passage: Passage; done: Promise<Passage> } {
    const { gateway } = this.live;
    const nowMs = this.clock.nowMs();
    const passage: Passage = {
      decision: decide(gateway, task, nowMs),
      held: [],
      waits: [],
      answer: null,
      dropped: false,
    };
    this.asked++;
    this.open++;
    this.passages.set(task, passage);
    const asked = this.live.ask(task);
    passage.held = gateway.budgets.states(nowMs);
    const failed = (): LiveAnswer => ({ kind: 'refused', why: 'failed', warning: null });
    const done = asked.catch(failed).then((answer) => this.end(task, passage, answer));
    return { passage, done };
  }

  private hold(task: Task, why: 'batch' | 'off-peak', untilMs: number): void {
    const passage = this.passages.get(task);
    if (!passage) return;
    passage.waits = [...passage.waits, { why, untilMs }];
    this.onChange();
  }

  private end(task: Task, passage: Passage, answer: LiveAnswer): Passage {
    const nowMs = this.clock.nowMs();
    this.passages.delete(task);
    this.open--;
    if (answer.kind === 'answered') {
      const startMs = Math.min(nowMs, passage.decision.atMs + answer.waitedMs);
      for (const { model, usage, costPico } of answer.calls)
        this.paid.push({ task, model, usage, costPico, startMs });
    }
    passage.answer = answer;
    this.noteAlerts();
    this.onChange();
    return passage;
  }

  /** Once for each threshold and window, also when a gateway was started anew in between. */
  noteAlerts(): void {
    for (const alert of this.live.gateway.budgets.takeAlerts()) {
      const known = this.alerts.some(
        ({ budget, threshold, windowStartMs }) =>
          budget === alert.budget && threshold === alert.threshold && windowStartMs === alert.windowStartMs,
      );
      if (!known) this.alerts.push(alert);
    }
  }
}
