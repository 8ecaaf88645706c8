import { usdOf, type PicoUsd } from '../cost/money.ts';
import type { Usage } from '../cost/task.ts';
import type { Job, ModelCall } from '../gateway/job.ts';
import type { Refusal } from '../gateway/port.ts';
import type { GatewayHooks, MemoryHooks } from './request-trace-hooks.ts';
import type { PaidWork } from './request-trace-paid.ts';
import type { TracedRequests } from './request-trace-registry.ts';
import type { Station } from './station.ts';

/** What the gateway decides for the requests, and what they pay; and when their instances stand still. */
export class GatewayTracer implements GatewayHooks, MemoryHooks {
  constructor(
    private readonly requests: TracedRequests,
    private readonly paidWork: PaidWork,
  ) {}

  held(t: number, why: 'batch' | 'off-peak', untilMs: number): void {
    this.requests.begin(t, this.requests.world.nowMs, { kind: 'held', why, untilMs });
  }

  asksModel(call: ModelCall, model: string, station: Station, nowMs: number): void {
    const { requests } = this;
    const waiting = call.jobs.filter((job) => job.ref >= 0);
    for (const job of waiting) {
      const builder = requests.of(job.ref);
      if (!builder) continue;
      this.paidWork.jobBegins(job.id, builder, model);
      builder.close(1, nowMs);
      builder.mark(1, nowMs, {
        kind: 'choice',
        model,
        station: station.name,
        reservedUsd: usdOf(job.worst),
        cachedTokens: job.cachedTokens,
        priceShare: job.discountPpm / 1e6,
        rule: job.rule?.name ?? null,
        warning: job.warning,
        escalated: job.escalated,
        with: waiting.flatMap((other) => (other === job ? [] : [requests.idOfTry(other.ref)])),
      });
    }
  }

  failed(call: ModelCall): void {
    for (const job of call.jobs) this.paidWork.jobFails(job.id);
  }

  denied(t: number, why: Refusal): void {
    // What has failed is known from the station.
    if (why !== 'failed') this.requests.of(t)?.lacks(why, 'gateway');
  }

  paid(job: Job, usage: Usage, cost: PicoUsd): void {
    this.paidWork.jobEnds(job.id, usage, cost, this.requests.world.nowMs);
  }

  standsStill(t: number, instance: number, answer: boolean): void {
    this.requests.begin(t, this.requests.world.nowMs, { kind: 'paused', instance, answer });
  }

  lostWith(t: number): void {
    this.requests.of(t)?.lacks('memory', null);
  }
}
