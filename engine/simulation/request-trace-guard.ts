import { NONE } from './calls.ts';
import type { Ending, Guard } from './guard.ts';
import type { TraceBuilder } from './request-trace-builder.ts';
import type { GuardHooks } from './request-trace-hooks.ts';
import type { PaidWork } from './request-trace-paid.ts';
import type { TracedRequests } from './request-trace-registry.ts';
import { stateOf } from './request-trace-station.ts';
import type { FailureCause } from './request-trace.ts';
import type { Station } from './station.ts';

/** What stands between the requests and stations: breakers, second copies, connections and batches. */
export class GuardTracer implements GuardHooks {
  constructor(
    private readonly requests: TracedRequests,
    private readonly paidWork: PaidWork,
  ) {}

  breakerRefuses(t: number, guard: Guard, nowMs: number): void {
    const state = guard.breaker!.state(nowMs) === 'open' ? 'open' : 'half-open';
    this.requests.of(t)?.lacks('breaker', guard.station.name, null, state);
  }

  lacks(t: number, cause: FailureCause, station: Station): void {
    this.requests.of(t)?.lacks(cause, station.name, stateOf(station));
  }

  hedges(t: number, guard: Guard, nowMs: number): void {
    const builder = this.requests.of(t);
    if (!builder) return;
    builder.twin = t;
    builder.mark(2, nowMs, { kind: 'hedge', station: guard.station.name });
  }

  copyEnds(t: number, ending: Ending, nowMs: number): void {
    const builder = this.requests.of(t);
    if (!builder) return;
    const ends = { answered: 'done', refused: 'done', late: 'left', cancelled: 'cancelled' } as const;
    builder.close(this.requests.copyOf(builder, t), nowMs, ends[ending]);
    // Another try may go by this slot soon.
    if (builder.twin === t) builder.twin = NONE;
  }

  asksConnection(t: number, guard: Guard, nowMs: number): void {
    this.requests.begin(t, nowMs, { kind: 'connection', station: guard.station.name });
  }

  connects(t: number, guard: Guard, handshakeMs: number, nowMs: number): void {
    if (handshakeMs > 0) this.requests.begin(t, nowMs, { kind: 'handshake', station: guard.station.name });
    else {
      const builder = this.requests.of(t);
      builder?.close(this.requests.copyOf(builder, t), nowMs);
    }
  }

  gathers(t: number, guard: Guard, nowMs: number): void {
    this.requests.begin(t, nowMs, { kind: 'window', station: guard.station.name, with: [] });
  }

  batchGoes(order: number, tries: readonly number[]): void {
    const { requests } = this;
    const ids = tries.map((t) => requests.idOfTry(t));
    const members: TraceBuilder[] = [];
    for (const t of tries) {
      const builder = requests.of(t);
      if (!builder) continue;
      members.push(builder);
      const copy = requests.copyOf(builder, t);
      const span = builder.isWaiting(copy, 'window') ? builder.last('window', copy) : undefined;
      if (span) span.with = ids.filter((id) => id !== builder.id);
    }
    if (members.length > 0) this.paidWork.batchBegins(order, members);
  }

  batchEnds(order: number, station: Station, nowMs: number): void {
    this.paidWork.batchEnds(order, station, nowMs);
  }
}
