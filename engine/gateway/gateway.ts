import type { Budgets } from '../cost/budget.ts';
import { escalates } from '../cost/cascade.ts';
import type { Measures } from '../cost/graduated-actions.ts';
import type { PriceBook } from '../cost/prices.ts';
import type { SpendLedger } from '../cost/spend-ledger.ts';
import type { Task } from '../cost/task.ts';
import { Chooser, type Choice, type Wish } from './chooser.ts';
import { GatewayCounts } from './counts.ts';
import { newJob, NONE, type Job, type ModelCall } from './job.ts';
import type { GatewayClock } from './night.ts';
import { Policy } from './policy.ts';
import type { GatewayPort, Refusal, Result } from './port.ts';
import { PriceChanges } from './price-changes.ts';
import { checkModelNames, type GatewaySettings } from './settings.ts';
import { Treasury } from './treasury.ts';
import { WaitingRoom } from './waiting-room.ts';

export type { GatewayClock } from './night.ts';

/**
 * The way of a request to a model, with what it may cost: measures by criticality, rules, off-peak scheduling, choice of a model,
 * reservation, batch, call, settlement, escalation. A plain state machine: the simulator drives it in virtual time and the
 * live page by the wall clock, through the same port, and it decides the same.
 *
 * Money: a job reserves its worst case before it is sent (in a batch: before it waits for one), every fallback and every escalation reserves anew, so that
 * nothing runs outside a budget. What does not run releases. Nobody knows when a batch starts and how many it will be: its jobs
 * reserve the full price, and reserve anew should that have risen by then.
 */
export class Gateway {
  readonly counts = new GatewayCounts();
  readonly treasury: Treasury;
  readonly chooser: Chooser;
  readonly prices: PriceChanges;
  readonly policy: Policy;
  private readonly waiting: WaitingRoom;
  private readonly jobs = new Map<number, Job>();
  private readonly calls = new Map<number, ModelCall>();
  private lastJob = 0;
  private lastCall = 0;

  /**
   * @param settings may be changed between two events; the gateway reads them anew each time.
   * @param u uniform random number for a job, to spread deferred work; the same job gets the same.
   * @throws InputError for settings that name what there is not.
   */
  constructor(
    readonly settings: GatewaySettings,
    readonly book: PriceBook,
    private readonly port: GatewayPort,
    private readonly clock: GatewayClock,
    u: (job: number) => number,
    startMs: number,
  ) {
    const models = book.models.map((m) => m.name);
    checkModelNames(settings, models);
    this.treasury = new Treasury(settings, book, clock.epochMs(startMs));
    this.chooser = new Chooser(settings, book);
    this.prices = new PriceChanges(book);
    this.policy = new Policy(settings, clock, this.treasury, this.chooser, u);
    this.waiting = new WaitingRoom(settings, models.length, port);
  }

  get budgets(): Budgets {
    return this.treasury.budgets;
  }
  get ledger(): SpendLedger {
    return this.treasury.ledger;
  }
  /** Requests that wait for the night. */
  get deferredNow(): number {
    return this.waiting.deferred;
  }
  /** What is not over yet. Timers that have nothing to do any more are among them until they are due. */
  get underWay(): { jobs: number; calls: number; timers: number } {
    return { jobs: this.jobs.size, calls: this.calls.size, timers: this.waiting.pendingTimers };
  }

  /** A request wants an answer of a model. Returns the gateway's name for it, for `abandon`. */
  request(ref: number, task: Task, nowMs: number): number {
    const job = newJob(++this.lastJob, ref, task);
    this.jobs.set(job.id, job);
    this.counts.requests++;
    const why = this.policy.refusal(job, nowMs);
    const startMs = why === null ? this.policy.startMs(job, nowMs) : nowMs;
    if (why !== null) this.refuse(job, why, nowMs);
    else if (startMs > nowMs) {
      this.counts.deferred++;
      this.waiting.defer(job, startMs);
    } else this.place(job, false, nowMs);
    return job.id;
  }

  /** The caller has left. What runs, runs on and is paid for; what is held is dropped. */
  abandon(jobId: number, nowMs: number): void {
    const job = this.jobs.get(jobId);
    if (!job) return;
    job.ref = NONE;
    if (!job.held) return;
    this.waiting.remove(job);
    this.drop(job, nowMs);
  }

  call(id: number): ModelCall {
    return this.calls.get(id)!;
  }

  /** A timer asked for is due. */
  due(timerId: number, nowMs: number): void {
    const due = this.waiting.due(timerId, nowMs);
    if (!due) return;
    if ('batch' in due) this.sendBatch(due.batch, nowMs);
    else this.place(due.deferred, false, nowMs);
  }

  /** A call has come to its end; `results` are in the order of its jobs, null for one that the model left out. */
  ended(callId: number, results: readonly (Result | null)[], nowMs: number): void {
    const call = this.take(callId);
    for (let i = 0; i < call.jobs.length; i++) {
      const job = call.jobs[i]!;
      const result = results[i] ?? null;
      if (result !== null) {
        this.settle(job, call, result, nowMs);
        continue;
      }
      this.counts.missing++;
      if (call.jobs.length === 1 || job.ref === NONE) this.giveUp(job, nowMs);
      else {
        // Left out of a batch: it is asked for on its own.
        this.treasury.release(job, this.clock.epochMs(nowMs));
        this.place(job, true, nowMs);
      }
    }
  }

  /** A call was refused, or dropped before it began: nothing was spent. */
  failed(callId: number, nowMs: number): void {
    for (const job of this.take(callId).jobs) this.giveUp(job, nowMs);
  }

  /** Measures in force for the whole: of the budgets that count everybody. */
  measures(nowMs: number): Measures {
    return this.treasury.measuresForAll(this.clock.epochMs(nowMs));
  }

  /**
   * Finds a model and the money for it, and sends the job.
   * @param alone not in a batch: a batch has failed it before.
   */
  private place(job: Job, alone: boolean, nowMs: number): void {
    const { batch, wish } = this.policy.wish(job, alone, nowMs);
    job.discountPpm = wish.discountPpm;
    const choice = this.choose(job, wish, nowMs);
    if (choice === null) return;
    job.cascades = choice.cascades;
    if (choice.offers.length === 0) {
      job.warning = choice.warning;
      this.refuse(job, 'input', nowMs);
    } else if (!this.reserve(job, choice, nowMs)) this.refuse(job, 'budget', nowMs);
    else if (batch) {
      const complete = this.waiting.gather(job, nowMs);
      if (complete) this.sendBatch(complete, nowMs);
    } else this.send([job], nowMs);
  }

  /** Null when what the task says cannot be; the job is over then. */
  private choose(job: Job, wish: Wish, nowMs: number): Choice | null {
    try {
      return this.chooser.choose(job.task, wish, this.clock.epochMs(nowMs));
    } catch (error) {
      this.broken(job, error, nowMs);
      return null;
    }
  }

  /** Books the worst case of the chosen model, or of the cheapest when there is no room for it. */
  private reserve(job: Job, { offers, warning }: Choice, nowMs: number): boolean {
    const epochMs = this.clock.epochMs(nowMs);
    job.warning = warning;
    for (let i = 0; i < offers.length; i++) {
      const offer = offers[i]!;
      const full = this.treasury.reserve(job, offer.model, offer.worstPico, epochMs);
      if (full !== null) {
        job.warning = full;
        continue;
      }
      if (i > 0) {
        this.counts.downgraded++;
        job.cascades = false;
      }
      job.model = offer.model;
      job.cachedTokens = offer.cachedTokens;
      job.cacheWriteTokens = offer.cacheWriteTokens;
      return true;
    }
    return false;
  }

  /** Nobody knew when this would start: prices and prompt caches are looked at again. */
  private sendBatch(batch: readonly Job[], nowMs: number): void {
    const epochMs = this.clock.epochMs(nowMs);
    const jobs: Job[] = [];
    const tooDear: Job[] = [];
    for (const job of batch) {
      const covered = this.treasury.cover(job, this.chooser.worstOf(job, epochMs), epochMs);
      (covered ? jobs : tooDear).push(job);
    }
    const discountPpm = this.policy.pricePpm(jobs.length > 1, epochMs);
    for (const job of jobs) {
      job.discountPpm = discountPpm;
      this.chooser.look(job, epochMs);
    }
    if (jobs.length > 1) this.counts.batched += jobs.length;
    if (jobs.length > 0) this.send(jobs, nowMs);
    for (const job of tooDear) this.place(job, true, nowMs);
  }

  private send(jobs: Job[], nowMs: number): void {
    const startedAtMs = this.clock.epochMs(nowMs);
    const { model } = jobs[0]!;
    const price = this.book.priceAt(this.chooser.nameOf(model), startedAtMs);
    const call: ModelCall = { id: ++this.lastCall, model, jobs, startedAtMs, price };
    this.calls.set(call.id, call);
    this.counts.calls++;
    for (const job of jobs) this.chooser.sent(job, startedAtMs);
    this.port.start(call.id, nowMs);
  }

  private settle(job: Job, call: ModelCall, { usage, confidence }: Result, nowMs: number): void {
    let cost: number;
    try {
      cost = this.treasury.settle(job, call, usage, this.clock.epochMs(nowMs));
    } catch (error) {
      this.broken(job, error, nowMs);
      return;
    }
    job.answer = call.model;
    this.port.paid(job, usage, cost);
    const { cascade } = this.settings;
    if (job.cascades && job.ref !== NONE && cascade && escalates(confidence, cascade.confidence))
      this.escalate(job, cascade.big, nowMs);
    else this.answer(job, nowMs);
  }

  /** Asks the large model too; without budget for it, the small one's answer stands. */
  private escalate(job: Job, model: string, nowMs: number): void {
    const { maxOutputTokens } = job;
    const ppm = this.policy.pricePpm(false, this.clock.epochMs(nowMs));
    const wish = { maxOutputTokens, discountPpm: ppm, worstPpm: ppm, model, cheapest: false, only: true };
    job.cascades = false;
    const choice = this.choose(job, wish, nowMs);
    if (choice === null) return;
    if (!this.reserve(job, choice, nowMs)) {
      job.warning = choice.warning ?? 'There was no budget left to ask the larger model.';
      this.answer(job, nowMs);
      return;
    }
    job.discountPpm = ppm;
    job.escalated = true;
    this.counts.escalated++;
    this.send([job], nowMs);
  }

  private answer(job: Job, nowMs: number): void {
    this.jobs.delete(job.id);
    if (job.ref === NONE) return;
    this.counts.answered++;
    const { deferrable, deadlineMs } = job.task;
    if (deferrable && deadlineMs !== null && nowMs > deadlineMs) this.counts.late++;
    this.port.answered(job.ref, nowMs, job);
  }

  /** Its call has brought nothing. In a cascade the small model's answer stands. */
  private giveUp(job: Job, nowMs: number): void {
    this.treasury.release(job, this.clock.epochMs(nowMs));
    if (job.answer === NONE) {
      this.refuse(job, 'failed', nowMs);
      return;
    }
    job.warning = 'The larger model did not answer.';
    this.answer(job, nowMs);
  }

  private refuse(job: Job, why: Refusal, nowMs: number): void {
    this.jobs.delete(job.id);
    this.counts.onRefused(why);
    if (job.ref !== NONE) this.port.refused(job.ref, why, nowMs, job);
  }

  private broken(job: Job, error: unknown, nowMs: number): void {
    this.drop(job, nowMs);
    if (!this.port.broken) throw error;
    if (job.ref !== NONE) this.port.broken(job.ref, error, nowMs, job);
  }

  private drop(job: Job, nowMs: number): void {
    this.treasury.release(job, this.clock.epochMs(nowMs));
    this.jobs.delete(job.id);
  }

  private take(callId: number): ModelCall {
    const call = this.calls.get(callId)!;
    this.calls.delete(callId);
    return call;
  }
}
