import { confidenceOf } from '../cost/cascade.ts';
import type { BudgetState } from '../cost/budget.ts';
import type { PicoUsd } from '../cost/money.ts';
import type { Task, Usage } from '../cost/task.ts';
import { Gateway, type GatewayClock } from '../gateway/gateway.ts';
import type { Job } from '../gateway/job.ts';
import type { GatewaySettings } from '../gateway/settings.ts';
import type { GatewayPort, Refusal, Result } from '../gateway/port.ts';
import { PlacedStream } from '../core/random.ts';
import type { Callers } from './callers.ts';
import { NONE, type Tries } from './calls.ts';
import { EventKind, SUBJECT } from './event-kind.ts';
import type { EventQueue } from './event-queue.ts';
import { gatewayClock } from './gateway-clock.ts';
import { priceBookOf } from './models.ts';
import type { BudgetLeft, SelectorPlugIn } from './plug-ins.ts';
import type { Recorder } from './recorder.ts';
import type { GatewayHooks } from './request-trace-hooks.ts';
import type { Scenario } from './scenario.ts';
import type { Orderer, ServiceDesk } from './service-desk.ts';
import type { Station } from './station.ts';
import type { Traffic } from './traffic.ts';

const REFUSALS = ['gateway.refusedBudget', 'gateway.refusedMeasures', 'gateway.refusedRule'];

/** A task, and what the simulated model will make of it. */
interface SimulatedTask extends Task {
  /** Tokens of the answer if nothing cuts it. */
  outputTokens: number;
  /** Uniform number that decides whether a small model doubts its answer. */
  doubt: number;
  key: number;
  priority: number;
}

/** Drives the gateway in virtual time: models are stations, whose calls last as their tokens say. */
export class GatewayDesk implements GatewayPort, Orderer {
  readonly gateway: Gateway;
  callers!: Callers;
  /** Set by a tracer of requests. */
  trace: GatewayHooks | null = null;
  private qualitySum = 0;
  private qualityOf = 0;
  private readonly clock: GatewayClock;
  private readonly stationOf: Station[];
  /** Time that each token of an answer takes, by model. */
  private readonly msPerToken: number[];
  private readonly accuracy: number[];
  private readonly quality: number[];

  constructor(
    scenario: Scenario,
    seed: number,
    stations: readonly Station[],
    private readonly traffic: Traffic,
    private readonly desk: ServiceDesk,
    private readonly tries: Tries,
    private readonly events: EventQueue,
    private readonly recorder: Recorder,
    selector: SelectorPlugIn | null = null,
  ) {
    const { gateway } = scenario;
    const book = priceBookOf(scenario);
    const models = book.models.map((m) => scenario.models[m.name]!);
    this.stationOf = models.map((m) => stations.find((s) => s.name === m.station)!);
    this.msPerToken = models.map((m) => m.msPerOutputToken);
    this.accuracy = book.models.map((m) => m.accuracy);
    this.quality = book.models.map((m) => m.quality);
    this.clock = gatewayClock(scenario);
    const spread = new PlacedStream(seed, 'gateway:spread');
    this.gateway = new Gateway(
      JSON.parse(JSON.stringify(gateway)) as GatewaySettings,
      book,
      this,
      this.clock,
      (job) => spread.at(job, 0).uniform(),
      0,
    );
    if (selector)
      this.gateway.chooser.selector = (task, offers, epochMs) =>
        selector(task, offers, this.leftOfAll(epochMs));
  }

  /** Mean quality of the models that answered since the last call of this; NaN when none did. */
  takeQuality(): number {
    const mean = this.qualityOf > 0 ? this.qualitySum / this.qualityOf : NaN;
    this.qualitySum = this.qualityOf = 0;
    return mean;
  }

  /** Share of the requests given up in the last intervals that the gateway refused: money, rules or measures, and no queue. */
  refusedShare(intervals: number): number {
    const { recorder } = this;
    const sum = (column: string): number =>
      recorder
        .column(column)
        .subarray(Math.max(0, recorder.closed - intervals), recorder.closed)
        .reduce((a, b) => a + b, 0);
    const refused = REFUSALS.reduce((n, column) => n + sum(column), 0);
    const lost = sum('failed') + sum('background.failed');
    return lost > 0 ? Math.min(1, refused / lost) : 0;
  }

  epochMs(nowMs: number): number {
    return this.clock.epochMs(nowMs);
  }

  /**
   * Budgets as an interval that ends at `nowMs` leaves them: a window that ends with it is still there, as the one that begins then
   * is not of this interval.
   */
  budgetStates(nowMs: number): BudgetState[] {
    const { budgets } = this.gateway;
    const lastMs = this.epochMs(Math.max(0, nowMs - 1));
    return budgets.states(lastMs).map((state) => {
      if (state.startMs <= lastMs) return state;
      // Something has happened in the very millisecond in which the next one began.
      return budgets.pastStates(lastMs).findLast((past) => past.name === state.name) ?? state;
    });
  }

  /** What is left of the budget of everybody that has the least. */
  private leftOfAll(epochMs: number): BudgetLeft | null {
    let least: BudgetLeft | null = null;
    for (const budget of this.gateway.budgets.states(epochMs)) {
      const { limitUsd, startMs, endMs } = budget;
      if (budget.scope.kind !== 'global') continue;
      const leftUsd = Math.max(0, budget.remainingUsd);
      const timeLeftShare = (endMs - epochMs) / (endMs - startMs);
      if (least === null || leftUsd < least.leftUsd) least = { leftUsd, limitUsd, timeLeftShare };
    }
    return least;
  }

  /** A try wants an answer of a model. */
  ask(t: number, demand: number, nowMs: number): void {
    const { traffic, tries } = this;
    const { demands, conversations } = traffic;
    const agent = traffic.agentOfDemand(demand);
    const { settings } = agent;
    const conversation = demands.conversation[demand]!;
    const task: SimulatedTask = {
      tenant: traffic.tenants[conversations.tenant[conversation]!]!,
      agentType: agent.name,
      criticality: settings.criticality,
      inputTokens: demands.inputTokens[demand]!,
      repeatedTokens: demands.repeatedTokens[demand]!,
      prefixTokens: settings.prefixTokens,
      expectedOutputTokens: Math.min(Math.round(agent.outputTokensMean), settings.maxOutputTokens),
      maxOutputTokens: settings.maxOutputTokens,
      complexity: demands.complexity[demand]!,
      minAccuracy: settings.minAccuracy,
      maxLatencyMs: settings.maxLatencyMs,
      budgetUsd: settings.budgetUsd,
      deferrable: settings.deferrable,
      deadlineMs: settings.deadlineS === null ? null : nowMs + settings.deadlineS * 1000,
      session: settings.turns > 1 ? conversations.serial[conversation]! : -1,
      outputTokens: demands.outputTokens[demand]!,
      doubt: demands.doubt[demand]!,
      key: demands.key[demand]!,
      priority: agent.priority,
    };
    const job = this.gateway.request(t, task, nowMs);
    // The request may have been refused or put in a call at once; the job's name is needed as long as it waits.
    if (!tries.isSettled(t)) tries.job[t] = job;
  }

  /** The try's caller has left. */
  leave(t: number, nowMs: number): void {
    const job = this.tries.job[t]!;
    if (job === NONE) return;
    this.tries.job[t] = NONE;
    this.gateway.abandon(job, nowMs);
  }

  onTimer(timer: number, nowMs: number): void {
    this.gateway.due(timer, nowMs);
  }

  start(callId: number, nowMs: number): void {
    const call = this.gateway.call(callId);
    const first = call.jobs[0]!.task as SimulatedTask;
    const waiting = call.jobs.filter((job) => job.ref >= 0).map((job) => job.ref);
    const station = this.stationOf[call.model]!;
    this.trace?.asksModel(call, this.gateway.chooser.nameOf(call.model), station, nowMs);
    if (!this.desk.order(station, callId, waiting, first.key, first.priority, nowMs))
      this.onDropped(callId, nowMs);
  }

  held(t: number, why: 'batch' | 'off-peak', untilMs: number): void {
    this.trace?.held(t, why, untilMs);
  }

  timer(timer: number, atMs: number): void {
    this.events.push(atMs, EventKind.GatewayTimer + SUBJECT * timer);
  }

  answered(t: number, nowMs: number): void {
    this.tries.job[t] = NONE;
    this.callers.onServed(t, nowMs);
  }

  refused(t: number, why: Refusal, nowMs: number): void {
    this.tries.job[t] = NONE;
    this.trace?.denied(t, why);
    if (why === 'failed') this.callers.onRefused(t, nowMs);
    else this.callers.onDenied(t, nowMs);
  }

  paid(job: Job, usage: Usage, cost: PicoUsd): void {
    this.recorder.cost.add(cost);
    this.trace?.paid(job, usage, cost);
    this.qualitySum += this.quality[job.model]!;
    this.qualityOf++;
  }

  /** The requests of a batch are worked on side by side: it takes as long as its longest answer. */
  serviceMs(callId: number, drawnMs: number): number {
    const call = this.gateway.call(callId);
    let longest = 0;
    for (const job of call.jobs)
      longest = Math.max(longest, Math.min((job.task as SimulatedTask).outputTokens, job.maxOutputTokens));
    return drawnMs + longest * this.msPerToken[call.model]!;
  }

  onEnded(callId: number, nowMs: number): void {
    const call = this.gateway.call(callId);
    const results = call.jobs.map((job): Result => {
      const task = job.task as SimulatedTask;
      return {
        usage: {
          inputTokens: task.inputTokens,
          cachedTokens: job.cachedTokens,
          cacheWriteTokens: job.cacheWriteTokens,
          outputTokens: Math.min(task.outputTokens, job.maxOutputTokens),
        },
        confidence: job.cascades ? confidenceOf(task.complexity, this.accuracy[call.model]!, task.doubt) : 1,
      };
    });
    this.gateway.ended(callId, results, nowMs);
  }

  onDropped(callId: number, nowMs: number): void {
    this.trace?.failed(this.gateway.call(callId));
    this.gateway.failed(callId, nowMs);
  }
}
