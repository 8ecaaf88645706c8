import type { Requests, Tries } from './calls.ts';
import type { Guard } from './guard.ts';
import type { Recorder } from './recorder.ts';
import type { GuardHooks } from './request-trace-hooks.ts';
import type { Orderer, ServiceDesk } from './service-desk.ts';

/** Orders of batches count from here, those of the gateway from 0. */
const FIRST_ORDER = 1 << 30;

/** Those whose calls are gathered: copies of tries, by the names under which they wait. */
export interface BatchMembers {
  readonly requests: Requests;
  /** Try of the copy with this name, or −1 when it has left. */
  tryNamed(name: number): number;
  /** The copy's batch goes to the station now. */
  onSent(name: number): void;
  onOutcome(name: number, answered: boolean, nowMs: number): void;
  expectWindow(guard: Guard, dueMs: number, generation: number): void;
}

/** Calls that were gathered, under way at their stations: each batch is one call there, and costs what its items cost. */
export class BatchCalls implements Orderer {
  /** Set by the world when there is a gateway: whose orders the others are. */
  others: Orderer | null = null;
  /** Set by a tracer of requests. */
  trace: GuardHooks | null = null;
  private readonly sent = new Map<number, { guard: Guard; items: readonly number[] }>();
  private lastOrder = FIRST_ORDER;

  constructor(
    private readonly desk: ServiceDesk,
    private readonly tries: Tries,
    private readonly recorder: Recorder,
    private readonly members: BatchMembers,
  ) {}

  add(guard: Guard, name: number, nowMs: number): void {
    const { batcher } = guard.batch!;
    const added = batcher.add(0, name, nowMs);
    if (added === 'opened') this.members.expectWindow(guard, batcher.dueMs(0), batcher.generation(0));
    else if (added !== 'joined') this.send(guard, added, nowMs);
  }

  /** The time of a window is over. */
  due(guard: Guard, generation: number, nowMs: number): void {
    const items = guard.batch!.batcher.due(0, generation, nowMs);
    this.goOn(guard, items, nowMs);
  }

  serviceMs(order: number, drawnMs: number): number {
    const batch = this.sent.get(order);
    if (!batch) return this.others!.serviceMs(order, drawnMs);
    return drawnMs + batch.guard.batch!.itemsMs(batch.items.length);
  }

  onEnded(order: number, nowMs: number): void {
    const batch = this.sent.get(order);
    if (!batch) {
      this.others!.onEnded(order, nowMs);
      return;
    }
    this.sent.delete(order);
    const { guard, items } = batch;
    for (let i = 0; i < items.length; i++) this.recorder.cost.add(guard.station.picoUsdPerCall);
    this.trace?.batchEnds(order, guard.station, nowMs);
    for (const { item, kind } of guard.batch!.outcomes(items).outcomes) {
      const t = this.members.tryNamed(item);
      if (t < 0) continue;
      if (kind !== 'answer') this.trace?.lacks(t, `batch ${kind}`, guard.station);
      if (kind === 'missing' && guard.batch!.settings.fallback) this.send(guard, [item], nowMs);
      else this.members.onOutcome(item, kind === 'answer', nowMs);
    }
    const { batcher } = guard.batch!;
    if (batcher.onAnswer) this.goOn(guard, batcher.onAnswer(nowMs), nowMs);
  }

  onDropped(order: number, nowMs: number): void {
    const batch = this.sent.get(order);
    if (!batch) {
      this.others!.onDropped(order, nowMs);
      return;
    }
    this.sent.delete(order);
    this.refuse(batch.items, nowMs);
  }

  /** Sends what goes now, or sets the timer that a plug-in wants. */
  private goOn(guard: Guard, items: readonly number[] | null, nowMs: number): void {
    const { batcher } = guard.batch!;
    if (items) this.send(guard, items, nowMs);
    else if (batcher.takeDelay?.()) this.members.expectWindow(guard, batcher.dueMs(0), batcher.generation(0));
  }

  private send(guard: Guard, items: readonly number[], nowMs: number): void {
    const { requests } = this.members;
    const waiting = items.map((item) => this.members.tryNamed(item));
    const asked = waiting.map((t) => this.tries.request[t]!);
    // As urgent as the most urgent of them.
    const priority = Math.min(...asked.map((request) => requests.priority[request]!));
    const order = ++this.lastOrder;
    this.sent.set(order, { guard, items });
    for (const item of items) this.members.onSent(item);
    this.trace?.batchGoes(order, waiting);
    if (this.desk.order(guard.station, order, waiting, requests.key[asked[0]!]!, priority, nowMs)) return;
    this.sent.delete(order);
    this.refuse(items, nowMs);
  }

  private refuse(items: readonly number[], nowMs: number): void {
    for (const item of items)
      if (this.members.tryNamed(item) >= 0) this.members.onOutcome(item, false, nowMs);
  }
}
