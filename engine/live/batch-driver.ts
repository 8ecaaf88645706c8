import { Batcher, distribute, type BatchAnswers, type BatchSettings } from '../latency/batcher.ts';
import { wallClock, type Clock } from './clock.ts';

/**
 * What a batch is sent to: one call for all items of a group, answered in one of the forms of `BatchAnswers`. It rejects when the
 * call failed as a whole. The signal aborts when nobody waits for it any more.
 */
export type BatchService<T, R> = (
  batch: { group: string; items: readonly number[]; values: readonly T[]; individually: boolean },
  signal: AbortSignal,
) => Promise<BatchAnswers<R>>;

export interface LiveBatchOptions<T, R> {
  settings: BatchSettings;
  call: BatchService<T, R>;
  clock?: Clock;
  /** Answers without labels, of another number than the items: see `distribute`. */
  whenCountDiffers?: 'nobody' | 'prefix';
  /** What has no answer in its batch is asked for alone, once; otherwise it has failed. */
  fallback?: boolean;
}

/** The service said no to an item, or had no answer for it. */
export class BatchItemError extends Error {
  override readonly name = 'BatchItemError';
}

interface Caller<T, R> {
  readonly group: number;
  readonly value: T;
  readonly settle: (result: R) => void;
  readonly reject: (error: unknown) => void;
  /** The call that its item is in; undefined while it waits. */
  call: Call | undefined;
}

interface Call {
  readonly controller: AbortController;
  /** Items that somebody waits for. */
  waiting: number;
}

const CLOSED = 'The batcher is closed.';
const NO_ANSWER = 'The service gave no answer to this item.';

/**
 * Drives a Batcher by the wall clock over a service that answers with promises (L6): the items of a group that come together go in
 * one call, calls of several groups run side by side, and everyone gets the answer to what he asked.
 */
export class LiveBatcher<T, R> {
  /** Its settings may be changed at any time; `counts` has what was gathered. */
  readonly batcher: Batcher;
  /** Calls made, those of one item that had no answer in its batch, such items, answers nobody asked for, and callers gone. */
  readonly counts = { calls: 0, individually: 0, missing: 0, surplus: 0, left: 0 };
  private readonly clock: Clock;
  private readonly callers = new Map<number, Caller<T, R>>();
  private readonly groups = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly timers = new Map<number, () => void>();
  private readonly underWay = new Set<Call>();
  private lastItem = 0;
  private closed = false;

  constructor(private readonly options: LiveBatchOptions<T, R>) {
    this.batcher = new Batcher(options.settings);
    this.clock = options.clock ?? wallClock();
  }

  /**
   * The service's answer to a value.
   * @param signal the caller leaves: the promise is rejected with its reason. The others of the batch notice nothing.
   * @throws BatchItemError (as a rejection) when the service refuses the item or has no answer to it.
   */
  ask(group: string, value: T, signal?: AbortSignal): Promise<R> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    if (this.closed) return Promise.reject(new Error(CLOSED));
    return new Promise((resolve, reject) => {
      const item = ++this.lastItem;
      const leave = (): void => this.leave(item, signal!.reason);
      const ended = (): void => signal?.removeEventListener('abort', leave);
      signal?.addEventListener('abort', leave, { once: true });
      this.callers.set(item, {
        group: this.groupOf(group),
        value,
        settle: (result) => (ended(), resolve(result)),
        reject: (error) => (ended(), reject(error as Error)),
        call: undefined,
      });
      this.gather(this.groupOf(group), item);
    });
  }

  /** Sends what waits in all groups now. */
  flush(): void {
    for (const group of this.groups.values())
      this.sendGathered(group, this.batcher.flush(group, this.clock.now()));
  }

  /** Refuses what waits and what runs, aborts the calls, and takes nothing more. */
  close(): void {
    this.closed = true;
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
    for (const group of this.groups.values()) this.batcher.flush(group, this.clock.now());
    for (const item of [...this.callers.keys()]) this.take(item)?.reject(new Error(CLOSED));
    for (const { controller } of this.underWay) controller.abort(new Error(CLOSED));
  }

  private gather(group: number, item: number): void {
    const added = this.batcher.add(group, item, this.clock.now());
    if (added === 'opened') {
      const generation = this.batcher.generation(group);
      const due = (): void => this.sendGathered(group, this.batcher.due(group, generation, this.clock.now()));
      this.timers.set(group, this.clock.at(this.batcher.dueMs(group), due));
    } else if (added !== 'joined') this.sendGathered(group, added);
  }

  private sendGathered(group: number, items: readonly number[] | null): void {
    if (!items) return;
    this.cancelTimer(group);
    void this.send(group, items, false);
  }

  private async send(group: number, items: readonly number[], individually: boolean): Promise<void> {
    const call: Call = { controller: new AbortController(), waiting: items.length };
    const asked = items.map((item) => this.callers.get(item)!);
    for (const caller of asked) caller.call = call;
    this.underWay.add(call);
    this.counts.calls++;
    if (individually) this.counts.individually++;
    const values = asked.map(({ value }) => value);
    let answers: BatchAnswers<R>;
    try {
      const batch = { group: this.names[group]!, items, values, individually };
      answers = checked(await this.options.call(batch, call.controller.signal));
    } catch (error) {
      answers = { error: error instanceof Error ? error.message : String(error) };
    }
    this.underWay.delete(call);
    this.hand(group, items, answers);
  }

  private hand(group: number, items: readonly number[], answers: BatchAnswers<R>): void {
    const { whenCountDiffers, fallback = true } = this.options;
    const { outcomes, surplus } = distribute(items, answers, whenCountDiffers);
    this.counts.surplus += surplus;
    for (const outcome of outcomes) {
      if (outcome.kind === 'missing') this.counts.missing++;
      if (!this.callers.has(outcome.item)) continue;
      if (outcome.kind === 'answer') this.take(outcome.item)!.settle(outcome.value);
      else if (outcome.kind === 'missing' && fallback && items.length > 1)
        void this.send(group, [outcome.item], true);
      else {
        const why = outcome.kind === 'failed' ? outcome.error : NO_ANSWER;
        this.take(outcome.item)!.reject(new BatchItemError(why));
      }
    }
  }

  private leave(item: number, reason: unknown): void {
    const caller = this.take(item)!;
    const { call, group } = caller;
    this.counts.left++;
    caller.reject(reason);
    if (call) {
      if (--call.waiting === 0) call.controller.abort(reason);
    } else {
      this.batcher.remove(group, item);
      if (this.batcher.generation(group) === 0) this.cancelTimer(group);
    }
  }

  private take(item: number): Caller<T, R> | undefined {
    const caller = this.callers.get(item);
    this.callers.delete(item);
    return caller;
  }

  private cancelTimer(group: number): void {
    this.timers.get(group)?.();
    this.timers.delete(group);
  }

  private groupOf(name: string): number {
    let group = this.groups.get(name);
    if (group === undefined) {
      this.groups.set(name, (group = this.names.length));
      this.names.push(name);
    }
    return group;
  }
}

function checked<R>(answers: BatchAnswers<R>): BatchAnswers<R> {
  const { error, labelled, inOrder } = Object(answers) as Partial<Record<string, unknown>>;
  if (typeof error === 'string' || Array.isArray(labelled) || Array.isArray(inOrder)) return answers;
  throw new TypeError('Expected labelled answers, answers in order, or an error.');
}
