import { NONE, type Tries } from './calls.ts';
import type { TraceBuilder } from './request-trace-builder.ts';
import type { SpanDetail, TraceOutcome } from './request-trace.ts';
import type { ServiceDesk } from './service-desk.ts';
import type { World } from './world.ts';

export interface TraceBounds {
  fromMs: number;
  toMs: number;
  /** Most requests that are traced. */
  most: number;
}

/** Which requests are traced, by the slots under which the engine speaks of them. */
export class TracedRequests {
  /** Whether any of them is under way. */
  watching = false;
  truncated = false;
  readonly builders: TraceBuilder[] = [];
  world!: World;
  desk!: ServiceDesk;
  tries!: Tries;
  /** By the request's slot: its trace, if it has one, and its number, which all have. */
  readonly builderOf: (TraceBuilder | null)[] = [];
  readonly idOf: number[] = [];
  private readonly byId = new Map<number, TraceBuilder>();
  private underWay = 0;

  constructor(readonly bounds: TraceBounds) {}

  isWithin(nowMs: number): boolean {
    return nowMs >= this.bounds.fromMs && nowMs < this.bounds.toMs;
  }

  /** Whether one that arrives now is to be traced. */
  isWanted(nowMs: number): boolean {
    if (!this.isWithin(nowMs)) return false;
    if (this.builders.length < this.bounds.most) return true;
    this.truncated = true;
    return false;
  }

  add(builder: TraceBuilder): TraceBuilder {
    this.builders.push(builder);
    this.byId.set(builder.id, builder);
    this.underWay++;
    this.watching = true;
    return builder;
  }

  end(builder: TraceBuilder, outcome: TraceOutcome, nowMs: number): void {
    builder.finish(outcome, nowMs);
    if (--this.underWay === 0) this.watching = false;
  }

  withId(id: number): TraceBuilder | undefined {
    return this.byId.get(id);
  }

  /** Of the request whose try it is. */
  of(t: number): TraceBuilder | null {
    return this.builderOf[this.tries.request[t]!] ?? null;
  }
  idOfTry(t: number): number {
    return this.idOf[this.tries.request[t]!]!;
  }
  copyOf(builder: TraceBuilder, t: number): 1 | 2 {
    return builder.twin === t ? 2 : 1;
  }

  begin(t: number, nowMs: number, detail: SpanDetail): void {
    const builder = this.of(t);
    builder?.begin(this.copyOf(builder, t), nowMs, detail);
  }

  /** Those of them who wait for a call. */
  waitingFor(call: number, then: (builder: TraceBuilder, copy: 1 | 2) => void): void {
    if (!this.watching) return;
    const { first } = this.desk.calls;
    for (let t = first[call]!; t !== NONE; t = this.tries.next[t]!) {
      const builder = this.of(t);
      if (builder && !builder.isOver) then(builder, this.copyOf(builder, t));
    }
  }

  /** Tries that wait for a call, traced or not. */
  membersOf(call: number): number {
    let n = 0;
    for (let t = this.desk.calls.first[call]!; t !== NONE; t = this.tries.next[t]!) n++;
    return n;
  }
}
