import * as v from 'valibot';
import { VirtualTime } from '../cache/flow/virtual-time.ts';
import type { PicoUsd } from '../cost/money.ts';
import { PriceBook, type ModelProfile, type PriceRow } from '../cost/prices.ts';
import type { Task, Usage } from '../cost/task.ts';
import { Gateway } from './gateway.ts';
import type { Job } from './job.ts';
import type { GatewayPort, Refusal, Result } from './port.ts';
import { gatewaySchema } from './settings.ts';

/** A Friday noon. */
export const NOON = Date.parse('2026-11-27T12:00:00Z');
export const HOUR_MS = 3_600_000;

/** One price for all tokens, dollars for a million. */
export function flatPrices(usdPerM: number, more: Partial<PriceRow> = {}): PriceRow[] {
  return [
    {
      from: null,
      inputUsdPerM: usdPerM,
      outputUsdPerM: usdPerM,
      cacheReadUsdPerM: null,
      cacheWriteUsdPerM: null,
      ...more,
    },
  ];
}

/** At $30, $10 and $1 for a million tokens, so that 1000 tokens are 3 cents, 1 cent and 0.1 cents. */
export const MODELS: readonly ModelProfile[] = [
  { name: 'large', accuracy: 0.98, quality: 0.95, meanMs: 2000, prices: flatPrices(30) },
  { name: 'medium', accuracy: 0.96, quality: 0.9, meanMs: 500, prices: flatPrices(10) },
  { name: 'small', accuracy: 0.92, quality: 0.8, meanMs: 1000, prices: flatPrices(1) },
];

/** 1000 tokens in, 1000 out at most, 500 expected. */
export function taskOf(more: Partial<Task> = {}): Task {
  return {
    tenant: 'shop',
    agentType: 'support',
    criticality: 'normal',
    inputTokens: 1000,
    repeatedTokens: 0,
    prefixTokens: 0,
    expectedOutputTokens: 500,
    maxOutputTokens: 1000,
    complexity: 0.5,
    minAccuracy: 0,
    maxLatencyMs: 60_000,
    budgetUsd: null,
    deferrable: false,
    deadlineMs: null,
    session: -1,
    ...more,
  };
}

export type SettingsInput = Partial<v.InferInput<typeof gatewaySchema>>;

/** A gateway with a port that writes everything down. Calls end when the test says so. */
export class Bench implements GatewayPort {
  readonly time: VirtualTime;
  readonly gateway: Gateway;
  /** Calls under way, in the order of their start. */
  readonly open: number[] = [];
  /** Calls that were started, as "model: refs". */
  readonly started: string[] = [];
  /** What became of each request: the model that answered it, or why it was refused. */
  readonly outcome = new Map<number, string>();
  readonly ended: { ref: number; job: Job; atMs: number }[] = [];
  readonly waits: { ref: number; why: string; untilMs: number }[] = [];
  readonly errors: unknown[] = [];
  readonly paidPico: PicoUsd[] = [];
  /** The gateway's names of requests. */
  readonly jobs = new Map<number, number>();
  /** Set to true: the models take no call. */
  full = false;
  private lastRef = 0;

  constructor(
    settings: SettingsInput = {},
    {
      models = MODELS,
      startMs = NOON,
      u = () => 0.5,
    }: { models?: readonly ModelProfile[]; startMs?: number; u?: (job: number) => number } = {},
  ) {
    this.time = new VirtualTime(startMs);
    this.gateway = new Gateway(
      v.parse(gatewaySchema, { model: 'large', ...settings }),
      new PriceBook(models),
      this,
      { epochMs: Math.floor, msOfDay: (epochMs) => epochMs % 86_400_000 },
      u,
      startMs,
    );
  }

  get nowMs(): number {
    return this.time.nowMs;
  }
  /** Dollars of every settlement so far. */
  get paidUsd(): number[] {
    return this.paidPico.map((pico) => pico / 1e12);
  }

  /** Asks now; returns the request's name. */
  ask(more: Partial<Task> = {}): number {
    const ref = ++this.lastRef;
    this.jobs.set(ref, this.gateway.request(ref, taskOf(more), this.nowMs));
    return ref;
  }

  leave(ref: number): void {
    this.gateway.abandon(this.jobs.get(ref)!, this.nowMs);
  }

  wait(ms: number): void {
    this.time.advanceTo(this.nowMs + ms);
  }

  /** The oldest call under way ends; every answer has so many tokens, or as many as are allowed. */
  end({ tokens = 500, confidence = 1, leftOut = [] as number[] } = {}): void {
    const call = this.open.shift()!;
    const results = this.gateway
      .call(call)
      .jobs.map((job, i) => (leftOut.includes(i) ? null : this.resultOf(job, tokens, confidence)));
    this.gateway.ended(call, results, this.nowMs);
  }

  fail(): void {
    this.gateway.failed(this.open.shift()!, this.nowMs);
  }

  resultOf(job: Job, tokens: number, confidence = 1): Result {
    const { cachedTokens, cacheWriteTokens, maxOutputTokens, task } = job;
    const outputTokens = Math.min(tokens, maxOutputTokens);
    return {
      usage: { inputTokens: task.inputTokens, cachedTokens, cacheWriteTokens, outputTokens },
      confidence,
    };
  }

  start(call: number): void {
    if (this.full) {
      this.gateway.failed(call, this.nowMs);
      return;
    }
    const { model, jobs } = this.gateway.call(call);
    this.open.push(call);
    this.started.push(`${this.gateway.chooser.nameOf(model)}: ${jobs.map((job) => job.ref).join(' ')}`);
  }
  timer(timer: number, atMs: number): void {
    this.time.at(atMs, () => this.gateway.due(timer, this.nowMs));
  }
  paid(_job: Job, _usage: Usage, cost: PicoUsd): void {
    this.paidPico.push(cost);
  }
  answered(ref: number, nowMs: number, job: Job): void {
    this.note(ref, this.gateway.chooser.nameOf(job.answer), nowMs, job);
  }
  refused(ref: number, why: Refusal, nowMs: number, job: Job): void {
    this.note(ref, why, nowMs, job);
  }
  broken(ref: number, error: unknown, nowMs: number, job: Job): void {
    this.errors.push(error);
    this.note(ref, 'broken', nowMs, job);
  }
  held(ref: number, why: string, untilMs: number): void {
    this.waits.push({ ref, why, untilMs });
  }

  private note(ref: number, what: string, atMs: number, job: Job): void {
    if (this.outcome.has(ref)) throw new Error(`Request ${ref} has ended twice.`);
    this.outcome.set(ref, what);
    this.ended.push({ ref, job, atMs });
  }
}
