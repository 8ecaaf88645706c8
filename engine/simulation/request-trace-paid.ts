import type { PicoUsd } from '../cost/money.ts';
import type { Usage } from '../cost/task.ts';
import { NONE } from './calls.ts';
import type { TraceBuilder } from './request-trace-builder.ts';
import type { Station } from './station.ts';

/** Who has started what will be paid for: calls, batches and jobs of the gateway go on when their requests are over. */
export class PaidWork {
  /** Paid for calls whose requests nobody can tell any more. */
  forgotten: PicoUsd = 0;
  private readonly calls = new Map<number, TraceBuilder>();
  private readonly batches = new Map<number, readonly TraceBuilder[]>();
  private readonly jobs = new Map<number, { builder: TraceBuilder; model: string }>();

  /** Nothing is under way that somebody who is traced has started. */
  get isSettled(): boolean {
    return this.calls.size + this.batches.size + this.jobs.size === 0;
  }

  begins(call: number, builder: TraceBuilder): void {
    this.calls.set(call, builder);
  }

  ends(call: number, station: Station, nowMs: number, within: boolean): void {
    const pico = station.picoUsdPerCall;
    const builder = this.calls.get(call);
    this.calls.delete(call);
    if (pico === 0) return;
    if (builder) builder.addCost(station.name, pico, nowMs);
    else if (within) this.forgotten += pico;
  }

  /** The call will be done under another name. */
  forgets(call: number): void {
    this.calls.delete(call);
  }

  drops(call: number, order: number): void {
    this.calls.delete(call);
    if (order !== NONE) this.batches.delete(order);
  }

  batchBegins(order: number, members: readonly TraceBuilder[]): void {
    this.batches.set(order, members);
  }

  /** A batch costs what its members would have cost one by one. */
  batchEnds(order: number, station: Station, nowMs: number): void {
    for (const builder of this.batches.get(order) ?? [])
      if (station.picoUsdPerCall > 0) builder.addCost(station.name, station.picoUsdPerCall, nowMs);
    this.batches.delete(order);
  }

  jobBegins(job: number, builder: TraceBuilder, model: string): void {
    this.jobs.set(job, { builder, model });
  }

  jobFails(job: number): void {
    this.jobs.delete(job);
  }

  jobEnds(job: number, usage: Usage, pico: PicoUsd, nowMs: number): void {
    const known = this.jobs.get(job);
    if (!known) return;
    this.jobs.delete(job);
    const { inputTokens: input, cachedTokens: cached, cacheWriteTokens: cacheWrite, outputTokens } = usage;
    known.builder.addCost(known.model, pico, nowMs, { input, cached, cacheWrite, output: outputTokens });
  }
}
