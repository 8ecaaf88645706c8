import { HedgedCalls } from '../latency/hedge.ts';
import { BatchCalls, type BatchMembers } from './batch-calls.ts';
import type { CallerSettings } from './caller-schema.ts';
import { NONE, type Requests, type Tries } from './calls.ts';
import { ConnectionDesk, type ConnectionUsers } from './connection-desk.ts';
import { EventKind, SUBJECT } from './event-kind.ts';
import type { EventQueue } from './event-queue.ts';
import type { Ending, Guard } from './guard.ts';
import { guardsOf } from './guards.ts';
import type { PathWalk } from './path-walk.ts';
import type { PlugIns } from './plug-ins.ts';
import type { Recorder } from './recorder.ts';
import type { GuardHooks } from './request-trace-hooks.ts';
import type { Scenario } from './scenario.ts';
import type { ServiceDesk, Waiters } from './service-desk.ts';
import type { Station } from './station.ts';
import type { TierCaches } from './tier-caches.ts';
import { Due, Stage, VisitTable, VisitTimers } from './visit-table.ts';

/** What becomes of a try that visited a guarded station. */
export interface Visitors extends Waiters {
  /** The breaker of its station is open. */
  onCircuitOpen(t: number, nowMs: number): void;
  /** The lookup of its tier failed, and counts as a miss. */
  onLookupFailed(t: number, nowMs: number): void;
}

/**
 * Tries at stations that have a guard: the breaker is asked, a connection taken or a batch joined, the station asked, and, when the
 * answer takes long, a second copy sent. A hedge is a second call of the same try: it shares its time-out and is no retry. The
 * first answer is the try's; the other copy is taken out of the queue or, once in service, is done for nobody.
 *
 * The connection of a copy that is given up is closed, as its answer was not read.
 */
export class Visits implements Waiters, BatchMembers, ConnectionUsers {
  /** By station; null: none. */
  readonly guards: readonly (Guard | null)[];
  readonly table = new VisitTable();
  readonly batches: BatchCalls;
  readonly connections = new ConnectionDesk(this);
  /** The settings in force; levers change them. */
  readonly breaker: CallerSettings['breaker'];
  readonly hedge: CallerSettings['hedge'];
  visitors!: Visitors;
  /** Set by a tracer of requests. */
  trace: GuardHooks | null = null;
  private readonly timers = new VisitTimers();
  private readonly copies: HedgedCalls;

  constructor(
    scenario: Scenario,
    seed: number,
    stations: readonly Station[],
    private readonly rules: Pick<CallerSettings, 'onTimeout'>,
    readonly requests: Requests,
    private readonly tries: Tries,
    private readonly events: EventQueue,
    private readonly walk: PathWalk,
    private readonly desk: ServiceDesk,
    recorder: Recorder,
    batching?: PlugIns['batching'],
  ) {
    const { breaker, hedge } = scenario.caller;
    this.breaker = breaker && { ...breaker };
    this.hedge = hedge && { ...hedge };
    this.copies = new HedgedCalls();
    this.guards = guardsOf(scenario, stations, seed, batching);
    this.batches = new BatchCalls(desk, tries, recorder, this);
    this.renewBreakers();
    this.renewHedges();
  }

  /** New machines by the settings in force, which know nothing of the past. */
  renewBreakers(): void {
    for (const guard of this.guards) guard?.useBreaker(this.breaker);
  }
  renewHedges(): void {
    for (const guard of this.guards) guard?.useHedge(this.hedge);
    this.copies.cancelAt = this.hedge?.cancelAt ?? 'answer';
    this.desk.tellsBegun = this.copies.cancelAt === 'begin';
  }

  /** The end of the warm-up. */
  mark(): void {
    for (const guard of this.guards) guard?.mark();
  }

  /** A try reaches a station that has a guard. */
  begin(guard: Guard, t: number, nowMs: number): void {
    const { table } = this;
    const tier = this.tierOf(t);
    if (guard.breaker && !guard.breaker.tryEnter(nowMs)) {
      guard.tally.now.refused++;
      this.trace?.breakerRefuses(t, guard, nowMs);
      if (tier?.onFailure === 'miss') this.visitors.onLookupFailed(t, nowMs);
      else this.visitors.onCircuitOpen(t, nowMs);
      return;
    }
    const v = table.open(t, guard.station.index, nowMs);
    const serial = table.serial[v]!;
    this.copies.start(v);
    guard.tally.now.calls++;
    if (tier && tier.lookupTimeoutMs < Infinity)
      this.schedule(nowMs + tier.lookupTimeoutMs, Due.Lookup, v, serial);
    const hedgeMs = guard.hedge?.delayMs(nowMs) ?? Infinity;
    guard.hedge?.onFirst();
    if (hedgeMs > 0 && hedgeMs < Infinity) this.schedule(nowMs + hedgeMs, Due.Hedge, v, serial);
    this.send(guard, 2 * v, t, nowMs);
    // The first copy may be over by now: a full queue refuses at once.
    if (hedgeMs === 0 && table.isOpen(v, serial)) this.second(guard, v, nowMs);
  }

  /** The try's caller has left. */
  leave(t: number, nowMs: number): void {
    const v = this.table.visitOf(t);
    if (v !== NONE) this.giveUp(v, nowMs);
  }

  onServed(t: number, nowMs: number): void {
    const c = this.table.copyOf(t);
    if (c === NONE) this.visitors.onServed(t, nowMs);
    else this.finish(c, 'answered', nowMs);
  }

  onRefused(t: number, nowMs: number): void {
    const c = this.table.copyOf(t);
    if (c === NONE) this.visitors.onRefused(t, nowMs);
    else this.finish(c, 'refused', nowMs);
  }

  onBegun(t: number, nowMs: number): void {
    const c = this.table.copyOf(t);
    if (c !== NONE && this.copies.onBegin(c >> 1, copyOf(c))) this.endCopy(c ^ 1, 'cancelled', nowMs);
  }

  onTimer(timer: number, nowMs: number): void {
    const { timers, table } = this;
    timers.take(timer);
    const { takenDue: due, takenSubject: subject, takenDetail: detail } = timers;
    if (due === Due.Pool) {
      this.connections.onTimer(this.guards[subject]!, detail, nowMs);
      return;
    }
    if (due === Due.Window) {
      this.batches.due(this.guards[subject]!, detail, nowMs);
      return;
    }
    const v = due === Due.Connected ? subject >> 1 : subject;
    if (!table.isOpen(v, detail)) return;
    const guard = this.guards[table.station[v]!]!;
    if (due === Due.Hedge) this.second(guard, v, nowMs);
    else if (due === Due.Connected) {
      if (table.stage[subject] === Stage.Handshake) this.arrive(guard, subject, nowMs);
    } else {
      const t = table.owner[v]!;
      this.trace?.lacks(t, 'lookupTimeout', guard.station);
      this.giveUp(v, nowMs);
      this.failed(t, nowMs);
    }
  }

  copyNamed(name: number): number {
    return this.table.named(name);
  }
  tryNamed(name: number): number {
    const c = this.copyNamed(name);
    return c === NONE ? NONE : this.table.tryOf[c]!;
  }
  onSent(name: number): void {
    this.table.stage[this.copyNamed(name)] = Stage.Desk;
  }
  onOutcome(name: number, answered: boolean, nowMs: number): void {
    this.finish(this.copyNamed(name), answered ? 'answered' : 'refused', nowMs);
  }
  expectWindow(guard: Guard, dueMs: number, generation: number): void {
    this.schedule(dueMs, Due.Window, guard.station.index, generation);
  }
  onGranted(c: number, handshakeMs: number, nowMs: number): void {
    const { table } = this;
    const guard = this.guards[table.station[c >> 1]!]!;
    this.trace?.connects(table.tryOf[c]!, guard, handshakeMs, nowMs);
    if (handshakeMs === 0) {
      this.arrive(guard, c, nowMs);
      return;
    }
    table.stage[c] = Stage.Handshake;
    this.schedule(nowMs + handshakeMs, Due.Connected, c, table.serial[c >> 1]!);
  }
  onNoConnection(c: number, why: 'timedOut' | 'refused' | 'reset', nowMs: number): void {
    const { station } = this.guards[this.table.station[c >> 1]!]!;
    this.trace?.lacks(this.table.tryOf[c]!, `connection ${why}`, station);
    this.finish(c, 'refused', nowMs);
  }
  expectPool(guard: Guard, dueMs: number, pool: number): void {
    this.schedule(dueMs, Due.Pool, guard.station.index, pool);
  }

  /** Sends the second copy, if it is still of use and may go. */
  private second(guard: Guard, v: number, nowMs: number): void {
    const { table, tries } = this;
    const { hedge, breaker, station } = guard;
    // With coalescing it would join the flight of the first, and end with it.
    if (hedge === null || station.coalesce || !this.copies.mayHedge(v)) return;
    if (!hedge.trySecond() || (breaker && !breaker.tryEnter(nowMs))) return;
    const t = table.owner[v]!;
    const twin = tries.open(tries.request[t]!, tries.deadlineMs[t]!);
    tries.node[twin] = tries.node[t]!;
    this.copies.second(v);
    guard.tally.now.sent++;
    this.send(guard, 2 * v + 1, twin, nowMs);
  }

  private send(guard: Guard, c: number, t: number, nowMs: number): void {
    const { table } = this;
    table.begin(c, t, nowMs);
    if (copyOf(c) === 1) this.trace?.hedges(t, guard, nowMs);
    if (guard.connections === null) this.arrive(guard, c, nowMs);
    else {
      table.stage[c] = Stage.Pool;
      this.trace?.asksConnection(t, guard, nowMs);
      this.connections.ask(guard, this.table.name(c), this.instanceOf(t), nowMs);
    }
  }

  /** A copy is at the station, or at the door of its batch. */
  private arrive(guard: Guard, c: number, nowMs: number): void {
    const { table, requests } = this;
    const t = table.tryOf[c]!;
    if (guard.batch) {
      table.stage[c] = Stage.Window;
      this.trace?.gathers(t, guard, nowMs);
      this.batches.add(guard, this.table.name(c), nowMs);
      return;
    }
    table.stage[c] = Stage.Desk;
    const request = this.tries.request[t]!;
    const priority = requests.priority[request]!;
    this.desk.arrive(guard.station, t, requests.key[request]!, this.instanceOf(t), priority, nowMs);
  }

  /** The copy has its answer, or will have none. */
  private finish(c: number, ending: 'answered' | 'refused', nowMs: number): void {
    const { table, copies } = this;
    const v = c >> 1;
    const guard = this.guards[table.station[v]!]!;
    const t = table.owner[v]!;
    const end = copies.onEnd(v, copyOf(c), ending === 'answered');
    if (end === 'answer') {
      guard.hedge?.onAnswer(nowMs - table.startedMs[v]!, nowMs);
      if (copyOf(c) === 1) guard.tally.now.won++;
      if (copies.cancelOther(v, copyOf(c))) this.endCopy(c ^ 1, 'cancelled', nowMs);
    }
    this.endCopy(c, ending, nowMs);
    if (end === 'wait') return;
    table.close(v);
    if (end === 'answer') this.visitors.onServed(t, nowMs);
    else this.failed(t, nowMs);
  }

  private failed(t: number, nowMs: number): void {
    if (this.tierOf(t)?.onFailure === 'miss') this.visitors.onLookupFailed(t, nowMs);
    else this.visitors.onRefused(t, nowMs);
  }

  /** Nobody waits for the visit any more. */
  private giveUp(v: number, nowMs: number): void {
    const { table, copies } = this;
    // Struck off first, and out of the queue for a connection first: what one gives back must not go to the other.
    const left = [2 * v, 2 * v + 1].filter((c) => copies.isUnderWay(v, copyOf(c)));
    for (const c of left) {
      copies.cancelOther(v, copyOf(c ^ 1));
      table.forget(c);
    }
    if (left.length === 2 && table.stage[left[1]!] === Stage.Pool) left.reverse();
    for (const c of left) this.endCopy(c, 'late', nowMs);
    table.close(v);
  }

  /** Takes a copy out of wherever it is, and gives back what it holds. */
  private endCopy(c: number, ending: Ending, nowMs: number): void {
    const { table } = this;
    const guard = this.guards[table.station[c >> 1]!]!;
    const stage = table.stage[c]! as Stage;
    const t = table.tryOf[c]!;
    const name = table.nameOf[c]!;
    const taken = ending === 'late' || ending === 'cancelled';
    table.end(c);
    this.trace?.copyEnds(t, ending, nowMs);
    // A copy that never left says nothing about the station.
    const asked = stage === Stage.Handshake || stage === Stage.Desk;
    guard.report(asked ? ending : 'cancelled', nowMs - table.sentMs[c]!, nowMs);
    if (taken && stage === Stage.Pool) this.connections.cancel(guard, name, this.instanceOf(t), nowMs);
    if (taken && stage === Stage.Window) guard.batch!.batcher.remove(0, name);
    if (taken && stage === Stage.Desk)
      this.desk.leave(t, nowMs, ending === 'cancelled' || this.rules.onTimeout === 'cancel');
    if (guard.connections) this.connections.release(guard, c, !taken, nowMs);
    if (copyOf(c) === 1) this.tries.settle(t);
  }

  private schedule(atMs: number, due: Due, subject: number, detail: number): void {
    this.events.push(atMs, EventKind.Visit + SUBJECT * this.timers.set(due, subject, detail));
  }

  private instanceOf(t: number): number {
    return this.requests.instance[this.tries.request[t]!]!;
  }

  private tierOf(t: number): TierCaches | null {
    return this.walk.path[this.tries.node[t]!]!.tier;
  }
}

function copyOf(c: number): 0 | 1 {
  return (c & 1) as 0 | 1;
}
