import * as v from 'valibot';
import { nonNegative, within } from './fields.ts';

/** Batching (L6, M8). The module's defaults: 5 requests or 100 ms (Session 8 C). */
export const batchSchema = v.strictObject({
  on: v.optional(v.boolean(), false),
  /** A batch of this many goes at once. */
  size: v.optional(within(1, 100_000), 5),
  /** Longest wait of the first of a batch. 0: only those of the same instant go together. */
  windowMs: v.optional(v.pipe(nonNegative, v.maxValue(3_600_000, 'a window of at most an hour')), 100),
});

export type BatchSettings = v.InferOutput<typeof batchSchema>;

/**
 * What became of an item: it opened a window (set one timer, for `dueMs(group)` with `generation(group)`), it
 * joined one, or it completed a batch, which is the list itself in order of arrival and belongs to the
 * caller.
 */
export type Added = 'opened' | 'joined' | number[];

interface Window {
  items: number[];
  generation: number;
  openedMs: number;
  dueMs: number;
  /** Sum over the items of arrival − openedMs, for the mean wait without a time for each. */
  offsetsMs: number;
}

/**
 * Gathers items of a group (agent type and model) until the batch is full or its window is over. The window
 * is opened by the first item and never moved by later ones: a steady trickle cannot put a batch off for
 * ever.
 *
 * Settings may change while windows are open. A smaller size, a shorter window and "off" take effect at the
 * group's next item or at its timer, whichever is first; a longer window from the next one that opens.
 */
export class Batcher {
  settings: BatchSettings;
  /** Batches that went, the items in them, and the sum of what those waited. */
  readonly counts = { batches: 0, items: 0, full: 0, timedOut: 0, waitedMs: 0 };
  private readonly windows = new Map<number, Window>();
  /**
   * One count for all groups: a number is never used twice, so that no late timer can meet a newer window.
   */
  private lastGeneration = 0;

  constructor(settings: BatchSettings) {
    this.settings = settings;
  }

  /** Items that wait, of all groups. */
  get waiting(): number {
    let n = 0;
    for (const window of this.windows.values()) n += window.items.length;
    return n;
  }

  add(group: number, item: number, nowMs: number): Added {
    const { on, size, windowMs } = this.settings;
    const window = this.windows.get(group);
    if (window === undefined) {
      if (on && size > 1) return this.open(group, item, nowMs, windowMs);
      this.count(1, 0);
      this.counts.full++;
      return [item];
    }
    window.items.push(item);
    window.offsetsMs += Math.max(0, nowMs - window.openedMs);
    if (on && window.items.length < size && nowMs < Math.min(window.dueMs, window.openedMs + windowMs))
      return 'joined';
    if (window.items.length >= size || !on) this.counts.full++;
    else this.counts.timedOut++;
    return this.close(group, window, nowMs);
  }

  /** When the open window of a group is over; Infinity when none is open. */
  dueMs(group: number): number {
    return this.windows.get(group)?.dueMs ?? Infinity;
  }

  /** Number of the open window of a group; 0 when none is open. */
  generation(group: number): number {
    return this.windows.get(group)?.generation ?? 0;
  }

  /**
   * The timer of a window has fired: its batch, or null when the window has gone by size since. The timer's
   * own window goes even if the clock reads a little before `dueMs`: real timers do fire early, and there
   * will be no second one.
   */
  due(group: number, generation: number, nowMs: number): number[] | null {
    const window = this.windows.get(group);
    if (window?.generation !== generation) return null;
    this.counts.timedOut++;
    return this.close(group, window, nowMs);
  }

  /** What waits in a group, at once (a shutdown, an operator); null when nothing does. */
  flush(group: number, nowMs: number): number[] | null {
    const window = this.windows.get(group);
    return window === undefined ? null : this.close(group, window, nowMs);
  }

  /**
   * Takes an item out (its caller gave up); false when it does not wait here. The window stays open for the
   * others; the last one out closes it, and its timer will find nothing.
   */
  remove(group: number, item: number): boolean {
    const window = this.windows.get(group);
    const at = window?.items.indexOf(item) ?? -1;
    if (window === undefined || at < 0) return false;
    // The arrival of the one who leaves is not kept: the mean of all takes its place in the sum.
    window.offsetsMs -= window.offsetsMs / window.items.length;
    window.items.splice(at, 1);
    if (window.items.length === 0) this.windows.delete(group);
    return true;
  }

  private open(group: number, item: number, nowMs: number, windowMs: number): 'opened' {
    this.windows.set(group, {
      items: [item],
      generation: ++this.lastGeneration,
      openedMs: nowMs,
      dueMs: nowMs + windowMs,
      offsetsMs: 0,
    });
    return 'opened';
  }

  private close(group: number, { items, openedMs, offsetsMs }: Window, nowMs: number): number[] {
    this.windows.delete(group);
    this.count(items.length, Math.max(0, items.length * (nowMs - openedMs) - offsetsMs));
    return items;
  }

  private count(items: number, waitedMs: number): void {
    this.counts.batches++;
    this.counts.items += items;
    this.counts.waitedMs += waitedMs;
  }
}

/** The answer of a service for one item: a value, or an error that concerns this item only. */
export type ItemAnswer<T> = { value: T } | { error: string };

/**
 * The answer of a service to a batch: each with the item it is for, in any order; or in the order asked,
 * unlabelled; or one error for all.
 */
export type BatchAnswers<T> =
  | { labelled: readonly ({ item: number } & ItemAnswer<T>)[] }
  | { inOrder: readonly ItemAnswer<T>[] }
  | { error: string };

export type Outcome<T> =
  | { item: number; kind: 'answer'; value: T }
  /** Nothing can be handed to it: it is asked for on its own. */
  | { item: number; kind: 'missing' }
  /** The service said no to this item. Asking again at once would get the same. */
  | { item: number; kind: 'failed'; error: string };

export interface Distribution<T> {
  /** One for each item asked, in the order asked. */
  outcomes: Outcome<T>[];
  /** Items to ask for one by one, in the order asked. */
  individually: number[];
  /** Answers that nobody asked for, and second answers for the same item. */
  surplus: number;
}

/**
 * Hands the answers of a batch to its items (L6), so that one bad item does not fail the others.
 *
 * Labelled answers go by their label; what has none is missing. Unlabelled answers say whose they are only by
 * their place: when their number is not that of the items, a place may be shifted, and with
 * `whenCountDiffers` "nobody" all are missing. "prefix" takes them as the first ones (an answer cut at its
 * token limit): the module's reading, which hands out wrong answers when one in the middle was left out. One
 * error for all makes all missing, since one item may be its cause; a batch of one has failed for good.
 */
export function distribute<T>(
  items: readonly number[],
  answers: BatchAnswers<T>,
  whenCountDiffers: 'nobody' | 'prefix' = 'nobody',
): Distribution<T> {
  if ('error' in answers) {
    const { error } = answers;
    if (items.length === 1) return distribution([{ item: items[0]!, kind: 'failed', error }], 0);
    return distribution(
      items.map((item) => ({ item, kind: 'missing' })),
      0,
    );
  }
  if ('labelled' in answers) {
    const byItem = new Map<number, ItemAnswer<T>>();
    const asked = new Set(items);
    let surplus = 0;
    for (const answer of answers.labelled)
      if (asked.has(answer.item) && !byItem.has(answer.item)) byItem.set(answer.item, answer);
      else surplus++;
    return distribution(
      items.map((item) => outcome(item, byItem.get(item))),
      surplus,
    );
  }
  const { inOrder } = answers;
  const usable = inOrder.length === items.length || whenCountDiffers === 'prefix';
  return distribution(
    items.map((item, i) => outcome(item, usable ? inOrder[i] : undefined)),
    Math.max(0, inOrder.length - items.length),
  );
}

function outcome<T>(item: number, answer: ItemAnswer<T> | undefined): Outcome<T> {
  if (answer === undefined) return { item, kind: 'missing' };
  return 'error' in answer
    ? { item, kind: 'failed', error: answer.error }
    : { item, kind: 'answer', value: answer.value };
}

function distribution<T>(outcomes: Outcome<T>[], surplus: number): Distribution<T> {
  const individually = outcomes.filter((o) => o.kind === 'missing').map((o) => o.item);
  return { outcomes, individually, surplus };
}
