import { freshnessOf, type CacheEntry } from '../entry.ts';
import type { Deletions } from './deletions.ts';
import { covers } from './invalidation.ts';
import type { Target, TierResult } from './protocol.ts';
import type { TierDesk } from './tier-desk.ts';
import type { Alarm, Wake } from './time-queue.ts';
import type { Workshop } from './workshop.ts';

interface Waiting {
  readonly entry: CacheEntry;
  readonly value: unknown;
  failedTries: number;
  /** The other instances are told when it has been written. */
  readonly announce: boolean;
  /** While it is being written: it was deleted, or a newer one took its place; it is neither found nor tried again. */
  fate: 'alive' | 'deleted' | 'superseded';
}

/** Every entry that came in is in exactly one of the others: accepted = written + declined + … + waiting. */
export interface WriteBehindStats {
  accepted: number;
  written: number;
  /** The tier did not want them. */
  declined: number;
  /** A newer write of the key came before they were written. */
  superseded: number;
  /** Invalidated while they waited. */
  invalidated: number;
  /** Past their end before they were written. */
  expired: number;
  /** Given up after too many failed tries; each batch of them was told by a `write-lost` notice. */
  lost: number;
  waiting: number;
  /** Not taken, because the queue was full: these were written through. Not among the accepted. */
  overflowed: number;
}

interface Queue {
  readonly waiting: Map<string, Waiting>;
  /** The batch that is being written. */
  flying: Map<string, Waiting>;
  alarm: Alarm<Wake> | null;
  /** After a failure nothing is tried before this time, unless somebody insists. */
  pausedUntilMs: number;
  readonly stats: Omit<WriteBehindStats, 'waiting'>;
}

const LONGEST_WAIT_MS = 60_000;

/**
 * Writes for slow tiers, gathered into batches (write-behind). Nothing is lost silently: a full queue refuses, a failed batch is
 * tried again, what is given up is told. Readers find what waits.
 */
export class WriteBehind {
  /** Called after each batch. */
  onBatch: (tier: number, ok: boolean, nowMs: number) => void = () => {};
  private readonly queues: readonly Queue[];

  constructor(
    private readonly shop: Workshop,
    private readonly desk: TierDesk,
    private readonly deletions: Deletions,
  ) {
    this.queues = shop.tiers.map(() => ({
      waiting: new Map(),
      flying: new Map(),
      alarm: null,
      pausedUntilMs: -Infinity,
      stats: {
        accepted: 0,
        written: 0,
        declined: 0,
        superseded: 0,
        invalidated: 0,
        expired: 0,
        lost: 0,
        overflowed: 0,
      },
    }));
  }

  /** False when the queue is full. */
  add(tier: number, entry: CacheEntry, value: unknown, announce: boolean, nowMs: number): boolean {
    const queue = this.queues[tier];
    const { writeBehind } = this.shop.settings;
    const present = queue.waiting.get(entry.key);
    if (present && present.entry.createdAtMs > entry.createdAtMs) {
      queue.stats.accepted++;
      queue.stats.superseded++; // by what is there: an older copy came by another way
      return true;
    }
    const flying = queue.flying.get(entry.key);
    if (flying) flying.fate = 'superseded';
    if (queue.waiting.delete(entry.key)) queue.stats.superseded++;
    else if (this.waiting(tier) >= writeBehind.maxQueued) {
      queue.stats.overflowed++;
      return false;
    }
    queue.stats.accepted++;
    queue.waiting.set(entry.key, { entry, value, failedTries: 0, announce, fate: 'alive' });
    if (nowMs < queue.pausedUntilMs) this.writeBy(tier, queue.pausedUntilMs);
    else if (queue.waiting.size >= writeBehind.batch) this.write(tier, nowMs);
    else this.writeBy(tier, nowMs + writeBehind.flushAfterMs);
    return true;
  }

  find(tier: number, key: string): { entry: CacheEntry; value: unknown } | undefined {
    const { waiting, flying } = this.queues[tier];
    const written = flying.get(key);
    return waiting.get(key) ?? (written?.fate === 'alive' ? written : undefined);
  }

  /**
   * Takes out what was invalidated, or written anew elsewhere. What is being written already is deleted again when it has
   * arrived.
   */
  forget(tier: number, target: Target, nowMs: number, writtenAnew = false): void {
    const queue = this.queues[tier];
    for (const [key, item] of queue.flying) {
      if (!covers(target, key, item.entry.tags)) continue;
      item.fate = writtenAnew ? 'superseded' : 'deleted';
      if (!writtenAnew) this.shop.tombstones[tier].set({ kind: 'key', key }, nowMs, 'busy');
    }
    for (const [key, { entry }] of queue.waiting) {
      if (!covers(target, key, entry.tags)) continue;
      queue.waiting.delete(key);
      queue.stats.invalidated++;
    }
  }

  /** Writes at once what waits, up to a batch. */
  write(tier: number, nowMs: number): void {
    const queue = this.queues[tier];
    if (queue.flying.size > 0) return; // the next batch follows this one
    this.stopAlarm(queue);
    const { batch, flushAfterMs } = this.shop.settings.writeBehind;
    for (const [key, item] of queue.waiting) {
      if (queue.flying.size === batch) break;
      if (this.isBusy(tier, item)) continue; // in a later batch
      queue.waiting.delete(key);
      if (freshnessOf(item.entry, nowMs) === 'expired') {
        queue.stats.expired++;
        continue;
      }
      queue.flying.set(key, item);
      this.desk.lanes.enter(tier, key, nowMs, () => {});
    }
    if (queue.flying.size === 0) {
      if (queue.waiting.size > 0) this.writeBy(tier, nowMs + flushAfterMs);
      this.onBatch(tier, queue.waiting.size === 0, nowMs);
      return;
    }
    const items = [...queue.flying.values()];
    const entries = items.map(({ entry }) => entry);
    this.desk.ask(tier, { do: 'set-many', entries }, nowMs, (result, thenMs) => {
      queue.flying = new Map();
      for (const { entry } of items) this.desk.lanes.leave(tier, entry.key, thenMs);
      const lost = items.filter((item, i) => this.settle(tier, item, i, result, thenMs));
      if (lost.length > 0) this.tellLost(tier, lost, result);
      this.goOn(tier, items, result, thenMs);
    });
  }

  waiting(tier: number): number {
    const { waiting, flying } = this.queues[tier];
    return waiting.size + flying.size;
  }

  stats(tier: number): WriteBehindStats {
    return { ...this.queues[tier].stats, waiting: this.waiting(tier) };
  }

  /** A change of its key is under way, or a deletion that would take it along. */
  private isBusy(tier: number, { entry }: Waiting): boolean {
    return !this.desk.lanes.isFree(tier, entry.key) || this.shop.tombstones[tier].isBusyWith(entry);
  }

  /** Returns true when the entry is given up. */
  private settle(tier: number, item: Waiting, i: number, result: TierResult, nowMs: number): boolean {
    const { stats, waiting } = this.queues[tier];
    const { key } = item.entry;
    const { settings, tombstones, flows } = this.shop;
    const kept = result.ok ? result.keptEach?.[i] : undefined;
    if (typeof kept === 'boolean') {
      if (kept) stats.written++;
      else {
        stats.declined++;
        flows[tier].declined++;
      }
      // Deleted while it was being written; or declined, so that an older one may be left.
      if (item.fate === 'deleted' || (!kept && item.fate === 'alive'))
        this.deletions.delete(tier, { kind: 'key', key }, nowMs);
      else if (kept) {
        tombstones[tier].liftBefore(key, item.entry.createdAtMs);
        if (item.announce && item.fate === 'alive') this.announce(tier, item.entry);
      }
      return false;
    }
    if (result.ok || result.reason !== 'circuit-open') item.failedTries++; // no answer for an entry is a failure
    const givenUp = item.failedTries >= settings.writeBehind.attempts;
    if (item.fate === 'deleted') stats.invalidated++;
    else if (item.fate === 'superseded') stats.superseded++;
    else if (!givenUp) waiting.set(key, item);
    else {
      stats.lost++;
      flows[tier].writeFailures++;
    }
    // What the tier still holds under the key is outdated. It is not deleted while a newer one waits to be written.
    const state = item.fate === 'deleted' || (item.fate === 'alive' && givenUp) ? 'due' : 'idle';
    tombstones[tier].set({ kind: 'key', key }, item.entry.createdAtMs, state);
    return item.fate === 'alive' && givenUp;
  }

  private announce(tier: number, { key, createdAtMs }: CacheEntry): void {
    if (!this.shop.tiers[tier].capabilities.shared || !this.shop.settings.publishWrites) return;
    const target = { kind: 'key', key } as const;
    this.shop.effect({ kind: 'publish', change: { target, atMs: createdAtMs, write: true, failedAt: [] } });
  }

  private tellLost(tier: number, items: readonly Waiting[], result: TierResult): void {
    const notice = {
      kind: 'write-lost',
      tier: this.shop.tiers[tier].name,
      keys: items.map(({ entry }) => entry.key),
      error: result.ok ? 'the tier did not say what became of it' : result.message,
    } as const;
    this.shop.effect({ kind: 'notice', notice });
  }

  private goOn(tier: number, items: readonly Waiting[], result: TierResult, nowMs: number): void {
    const queue = this.queues[tier];
    const { batch, flushAfterMs, retryMs } = this.shop.settings.writeBehind;
    if (result.ok) {
      queue.pausedUntilMs = -Infinity;
      if (queue.waiting.size >= batch) this.write(tier, nowMs);
      else if (queue.waiting.size > 0) this.writeBy(tier, nowMs + flushAfterMs);
    } else {
      const waitMs = backoffMs(retryMs, items);
      const retryAtMs = this.desk.breakers[tier].retryAtMs;
      queue.pausedUntilMs = Math.max(nowMs + waitMs, retryAtMs);
      if (queue.waiting.size > 0) this.writeBy(tier, queue.pausedUntilMs);
    }
    this.onBatch(tier, result.ok, nowMs);
  }

  /** Unless a write is due already. */
  private writeBy(tier: number, atMs: number): void {
    const queue = this.queues[tier];
    if (queue.alarm || queue.flying.size > 0) return;
    queue.alarm = this.shop.alarms.set(atMs, (nowMs) => {
      queue.alarm = null;
      this.write(tier, nowMs);
    });
  }

  private stopAlarm(queue: Queue): void {
    if (queue.alarm) queue.alarm.cancelled = true;
    queue.alarm = null;
  }
}

/** Doubles with every failed try. */
function backoffMs(retryMs: number, items: readonly Waiting[]): number {
  const tries = items.reduce((most, item) => Math.max(most, item.failedTries), 1);
  let waitMs = retryMs;
  for (let i = 1; i < tries && waitMs < LONGEST_WAIT_MS; i++) waitMs *= 2;
  return Math.min(waitMs, LONGEST_WAIT_MS);
}
