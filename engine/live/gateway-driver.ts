import { msOfDayAt } from '../cost/calendar.ts';
import type { PicoUsd } from '../cost/money.ts';
import { PriceBook, type ModelProfile } from '../cost/prices.ts';
import { checkBounds } from '../cost/selection-candidate.ts';
import type { Task, Usage } from '../cost/task.ts';
import { Gateway } from '../gateway/gateway.ts';
import type { Job } from '../gateway/job.ts';
import type { GatewayPort, Refusal, Result } from '../gateway/port.ts';
import type { GatewaySettings } from '../gateway/settings.ts';

/** A call as a model gets it: one task, or several in a batch. The lists are in the order of the tasks. */
export interface ProviderCall {
  model: string;
  tasks: readonly Task[];
  /** Answers are cut here. */
  maxOutputTokens: readonly number[];
  /** What the prompt cache is thought to hold of the input, and what is to be written to it. */
  cachedTokens: readonly number[];
  cacheWriteTokens: readonly number[];
}

/**
 * What stands for a model: resolves with one result for each task, null for one it left out; rejects when the call failed as a
 * whole. The signal aborts when the gateway closes, not when a caller leaves: what runs is paid for.
 */
export type Provider = (call: ProviderCall, signal: AbortSignal) => Promise<readonly (Result | null)[]>;

export type LiveAnswer =
  | {
      kind: 'answered';
      /** Whose answer it is. */
      model: string;
      /** All calls together, pico-dollars. */
      costPico: PicoUsd;
      calls: { model: string; usage: Usage; costPico: PicoUsd }[];
      /** A cascade asked the large model. */
      escalated: boolean;
      /** Requests that shared the call of the answer; 1: alone. */
      batchOf: number;
      warning: string | null;
      /** Name of the rule that decided. */
      rule: string | null;
      /** Until the first call. */
      waitedMs: number;
    }
  | { kind: 'refused'; why: Refusal; warning: string | null };

export interface LiveGatewayOptions {
  settings: GatewaySettings;
  models: readonly ModelProfile[];
  provider: Provider;
  /** Milliseconds since 1970 UTC. */
  clock: { nowMs(): number };
  /** Runs something after a time and returns how to call it off. */
  timers: { set(delayMs: number, run: () => void): () => void };
  /** Uniform random number for a job, to spread deferred work. */
  u?: (job: number) => number;
  /** A task waits for a batch or for the night. */
  onHeld?(task: Task, why: 'batch' | 'off-peak', untilMs: number): void;
}

interface Pending {
  task: Task;
  settle: (answer: LiveAnswer) => void;
  reject: (error: unknown) => void;
  askedMs: number;
  startedMs: number | null;
  calls: { model: string; usage: Usage; costPico: PicoUsd }[];
  /** Requests in the call that runs, and in the last one that was paid for. */
  sharing: number;
  batchOf: number;
  /** While it is held. */
  job: Job | null;
}

/** Browsers and Node count a delay in 32 bits. */
const LONGEST_TIMER_MS = 2_147_483_647;
const CLOSED = 'The gateway is closed.';

/** Drives a Gateway by the wall clock, over models that answer with promises. */
export class LiveGateway {
  /** State to look at: budgets, ledger, counts, chooser. */
  readonly gateway: Gateway;
  private readonly pending = new Map<number, Pending>();
  private readonly cancelTimers = new Map<number, () => void>();
  private readonly controller = new AbortController();
  private lastRef = 0;

  /** @throws InputError for prices, rules or names of models that are wrong. */
  constructor(private readonly options: LiveGatewayOptions) {
    const { settings, models, u = () => Math.random() } = options;
    const clock = {
      epochMs: Math.floor,
      msOfDay: (epochMs: number) => msOfDayAt(settings.timeZone, epochMs),
    };
    this.gateway = new Gateway(settings, new PriceBook(models), this.port(), clock, u, this.nowMs);
  }

  /**
   * Asks a model, or says why none was asked.
   * @param signal the caller leaves: the promise is rejected with its reason; what runs by then is paid for all the same.
   * @throws InputError (as a rejection) for a task or a usage that cannot be.
   */
  ask(task: Task, signal?: AbortSignal): Promise<LiveAnswer> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      checkBounds(task);
      if (this.controller.signal.aborted) {
        resolve({ kind: 'refused', why: 'failed', warning: CLOSED });
        return;
      }
      const ref = ++this.lastRef;
      const nowMs = this.nowMs;
      let job = -1;
      const leave = (): void => {
        this.pending.delete(ref);
        reject(signal!.reason as Error);
        this.gateway.abandon(job, this.nowMs);
      };
      const ended = (): void => signal?.removeEventListener('abort', leave);
      this.pending.set(ref, {
        task,
        settle: (answer) => {
          ended();
          resolve(answer);
        },
        reject: (error) => {
          ended();
          reject(error as Error);
        },
        askedMs: nowMs,
        startedMs: null,
        calls: [],
        sharing: 1,
        batchOf: 1,
        job: null,
      });
      job = this.gateway.request(ref, task, nowMs);
      if (!signal || !this.pending.has(ref)) return;
      // Whoever was told that it waits may have aborted it.
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** Cancels timers, refuses what waits, and aborts what runs; what answers all the same is booked and handed out. */
  close(): void {
    if (this.controller.signal.aborted) return;
    this.controller.abort(new Error(CLOSED));
    for (const cancel of this.cancelTimers.values()) cancel();
    this.cancelTimers.clear();
    for (const [ref, { job, settle }] of this.pending) {
      if (!job?.held) continue;
      this.pending.delete(ref);
      this.gateway.abandon(job.id, this.nowMs);
      settle({ kind: 'refused', why: 'failed', warning: CLOSED });
    }
  }

  private get nowMs(): number {
    return this.options.clock.nowMs();
  }

  private port(): GatewayPort {
    return {
      start: (call, nowMs) => this.start(call, nowMs),
      timer: (timer, atMs) => this.setTimer(timer, atMs),
      paid: (job, usage, costPico) => {
        const pending = this.pending.get(job.ref);
        if (!pending) return;
        pending.calls.push({ model: this.gateway.chooser.nameOf(job.model), usage, costPico });
        pending.batchOf = pending.sharing;
      },
      answered: (ref, _, job) => {
        const { calls, batchOf, askedMs, startedMs, settle } = this.take(ref);
        settle({
          kind: 'answered',
          model: this.gateway.chooser.nameOf(job.answer),
          costPico: job.spent,
          calls,
          escalated: job.escalated,
          batchOf,
          warning: job.warning,
          rule: job.rule?.name ?? null,
          waitedMs: startedMs! - askedMs,
        });
      },
      refused: (ref, why, _, { warning }) => this.take(ref).settle({ kind: 'refused', why, warning }),
      broken: (ref, error) => this.take(ref).reject(error),
      held: (ref, why, untilMs, job) => {
        const pending = this.pending.get(ref)!;
        pending.job = job;
        this.options.onHeld?.(pending.task, why, untilMs);
      },
    };
  }

  private start(callId: number, nowMs: number): void {
    if (this.controller.signal.aborted) {
      this.gateway.failed(callId, nowMs);
      return;
    }
    const { model, jobs } = this.gateway.call(callId);
    for (const { ref } of jobs) {
      const pending = this.pending.get(ref);
      if (!pending) continue;
      pending.startedMs ??= nowMs;
      pending.sharing = jobs.length;
    }
    void this.run(callId, {
      model: this.gateway.chooser.nameOf(model),
      tasks: jobs.map((job) => job.task),
      maxOutputTokens: jobs.map((job) => job.maxOutputTokens),
      cachedTokens: jobs.map((job) => job.cachedTokens),
      cacheWriteTokens: jobs.map((job) => job.cacheWriteTokens),
    });
  }

  private async run(callId: number, call: ProviderCall): Promise<void> {
    let results: readonly (Result | null)[];
    try {
      results = await this.options.provider(call, this.controller.signal);
      if (!Array.isArray(results)) throw new TypeError('A provider answers with a list of results.');
    } catch {
      this.gateway.failed(callId, this.nowMs);
      return;
    }
    this.gateway.ended(callId, results, this.nowMs);
  }

  /** Sleeps in pieces where the time is too far, and again where a timer has come early. */
  private setTimer(timer: number, atMs: number): void {
    const leftMs = Math.ceil(Math.max(0, atMs - this.nowMs));
    const cancel = this.options.timers.set(Math.min(leftMs, LONGEST_TIMER_MS), () => {
      if (this.nowMs < atMs) {
        this.setTimer(timer, atMs);
        return;
      }
      this.cancelTimers.delete(timer);
      this.gateway.due(timer, this.nowMs);
    });
    this.cancelTimers.set(timer, cancel);
  }

  private take(ref: number): Pending {
    const pending = this.pending.get(ref)!;
    this.pending.delete(ref);
    return pending;
  }
}
