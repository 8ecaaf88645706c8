import { freshnessOf, type CacheEntry } from '../entry.ts';
import { whatIsWrongWith } from './check-entry.ts';
import { refreshesEarly } from './early-refresh.ts';
import type { Fills } from './fills.ts';
import type { LoadListener, Loads } from './loads.ts';
import { isAbsent, LOAD_MS } from './make-entry.ts';
import type { Loaded, ReadOptions, ReadOutcome, Step, TierResult } from './protocol.ts';
import { servableOnFailure, useOf } from './staleness.ts';
import type { TierDesk } from './tier-desk.ts';
import {
  closeStep,
  openStep,
  outcomeFromOrigin,
  outcomeFromTier,
  outcomeWithout,
  type Found,
  type Walk,
} from './walk.ts';
import type { Workshop } from './workshop.ts';
import type { WriteBehind } from './write-behind.ts';

/** Reads: from tier to tier in the policy's order, then to the origin. */
export class Lookups implements LoadListener {
  private readonly waiting = new Map<number, Walk>();
  /** Keys whose renewal is under way. */
  private readonly renewals = new Set<string>();

  constructor(
    private readonly shop: Workshop,
    private readonly desk: TierDesk,
    private readonly queue: WriteBehind,
    private readonly fills: Fills,
    private readonly loads: Loads,
  ) {}

  get underWay(): number {
    return this.waiting.size + this.renewals.size;
  }

  read(request: number, key: string, options: ReadOptions, nowMs: number): void {
    this.shop.counts.requests++;
    const walk = this.open(request, key, options, -Infinity, nowMs);
    this.waiting.set(request, walk);
    if (options.mode === 'reload') walk.at = walk.tiers.length;
    this.proceed(walk, nowMs);
  }

  abandon(request: number, nowMs: number): void {
    const walk = this.waiting.get(request);
    if (!walk) return;
    this.shop.counts.abandoned++;
    if (walk.op !== 0) {
      this.desk.cancel(walk.op);
      closeStep(walk.steps.at(-1)!, 'cancelled', nowMs);
    } else this.loads.leave(walk, nowMs);
    this.answer(walk, outcomeWithout(walk, 'abandoned', nowMs));
    this.end(walk);
  }

  onLoaded(walk: Walk, loaded: Loaded, freshUntilMs: number | null, joined: boolean, nowMs: number): void {
    if (walk.over) return;
    const freshForMs = freshUntilMs === null ? 0 : freshUntilMs - nowMs;
    const absent = loaded.absent === true;
    this.answer(
      walk,
      outcomeFromOrigin(walk, { value: loaded.value, absent, freshForMs, coalesced: joined }, nowMs),
    );
    this.end(walk);
  }

  onLoadFailed(walk: Walk, message: string, nowMs: number): void {
    if (walk.over) return;
    const { shop } = this;
    const { spare } = walk;
    if (walk.request === null) {
      shop.effect({ kind: 'notice', notice: { kind: 'renewal-failed', key: walk.key, error: message } });
    } else if (spare && this.stillServable(walk, spare.entry, nowMs)) {
      shop.counts.staleOnError++;
      this.answerFromTier(walk, spare, 'stale-if-error', nowMs, { error: message });
    } else {
      shop.counts.failed++;
      this.answer(walk, outcomeWithout(walk, 'origin-failed', nowMs, message));
    }
    this.end(walk);
  }

  private open(
    request: number | null,
    key: string,
    options: ReadOptions,
    newerThanMs: number,
    nowMs: number,
  ): Walk {
    const policy = this.shop.policy(options.policy);
    return {
      request,
      key,
      policy,
      options,
      tiers: this.shop.tiersOf(policy),
      startedMs: nowMs,
      mark: this.shop.log.mark(),
      newerThanMs,
      steps: [],
      at: 0,
      op: 0,
      spare: null,
      over: false,
    };
  }

  /** Asks the next tier; past the last one, the origin. */
  private proceed(walk: Walk, nowMs: number): void {
    const { shop } = this;
    if (walk.at === walk.tiers.length) {
      if (walk.options.mode === 'cached-only' && walk.request !== null) this.endUncached(walk, nowMs);
      else this.loads.ask(walk, nowMs);
      return;
    }
    const tier = walk.tiers[walk.at];
    const step = openStep(walk, shop.tiers[tier], nowMs);
    if (walk.request === null) shop.flows[tier].renewalLookups++;
    else shop.flows[tier].lookups++;
    const queued = this.queue.find(tier, walk.key);
    if (queued) {
      this.onFound(walk, step, { ...queued, tier }, nowMs, true);
      return;
    }
    const op = this.desk.ask(tier, { do: 'get', key: walk.key }, nowMs, (result, thenMs) => {
      walk.op = 0;
      if (!walk.over) this.onTier(walk, tier, step, result, thenMs);
    });
    if (op !== 0) walk.op = op; // otherwise it has gone on already
  }

  private onTier(walk: Walk, tier: number, step: Step, result: TierResult, nowMs: number): void {
    if (!result.ok) {
      this.onFailure(walk, tier, step, result, nowMs);
      return;
    }
    const { entry } = result;
    if (entry === undefined) {
      this.passOn(walk, tier, step, 'miss', nowMs);
      return;
    }
    const wrong = whatIsWrongWith(entry, walk.key);
    if (wrong !== undefined) {
      if (walk.request !== null) this.shop.flows[tier].failures++;
      closeStep(step, 'garbage', nowMs, wrong);
      this.fills.drop(tier, walk.key, nowMs);
      walk.at++;
      this.proceed(walk, nowMs);
      return;
    }
    this.onFound(walk, step, { entry, value: result.value, tier }, nowMs, false);
  }

  private onFailure(
    walk: Walk,
    tier: number,
    step: Step,
    { reason, message }: Extract<TierResult, { ok: false }>,
    nowMs: number,
  ): void {
    const flow = this.shop.flows[tier];
    if (walk.request !== null) {
      if (reason === 'circuit-open') flow.skipped++;
      else flow.failures++;
      if (reason === 'timeout') flow.timeouts++;
    }
    const known = reason === 'timeout' || reason === 'circuit-open' || reason === 'cancelled';
    closeStep(step, known ? reason : 'failed', nowMs, message);
    if (reason === 'corrupt') this.fills.drop(tier, walk.key, nowMs);
    walk.at++;
    this.proceed(walk, nowMs);
  }

  private onFound(walk: Walk, step: Step, found: Found, nowMs: number, queued: boolean): void {
    const { shop } = this;
    const { entry, tier } = found;
    if (shop.tombstones[tier].bars(entry) || shop.log.outdates(walk.mark, entry)) {
      this.passOn(walk, tier, step, 'invalidated', nowMs);
      return;
    }
    if (freshnessOf(entry, nowMs) === 'expired') {
      this.passOn(walk, tier, step, 'expired', nowMs);
      return;
    }
    if (walk.request === null) {
      this.onFoundByRenewal(walk, step, found, nowMs);
      return;
    }
    const use = useOf(entry, walk.policy, nowMs);
    if (use === 'serve') {
      closeStep(step, queued ? 'queued-write' : 'fresh', nowMs);
      shop.flows[tier].hits++;
      this.fills.touchSlower(walk, tier, nowMs);
      const promotedTo = this.fills.promote(walk, found, nowMs);
      const early = this.refreshesEarly(walk, entry, nowMs);
      this.answerFromTier(walk, found, 'hit', nowMs, { promotedTo, renewing: early ? 'early' : null });
      this.end(walk);
      if (early && this.renew(walk, entry, nowMs)) shop.counts.earlyRenewals++;
      return;
    }
    if (use === 'serve-and-renew' && walk.options.mode !== 'cached-only') {
      closeStep(step, 'stale', nowMs);
      shop.flows[tier].staleHits++;
      this.answerFromTier(walk, found, 'stale-while-revalidate', nowMs, { renewing: 'stale' });
      this.end(walk);
      if (this.renew(walk, entry, nowMs)) shop.counts.staleRenewals++;
      return;
    }
    if (use !== 'ignore' && (!walk.spare || walk.spare.entry.freshUntilMs < entry.freshUntilMs))
      walk.spare = found;
    this.passOn(walk, tier, step, 'stale', nowMs);
  }

  private onFoundByRenewal(walk: Walk, step: Step, found: Found, nowMs: number): void {
    const { entry } = found;
    if (!(nowMs < entry.freshUntilMs && entry.freshUntilMs > walk.newerThanMs)) {
      closeStep(step, 'not-newer', nowMs);
      walk.at++;
      this.proceed(walk, nowMs);
      return;
    }
    closeStep(step, 'fresh', nowMs);
    this.fills.promote(walk, found, nowMs);
    this.end(walk);
  }

  private passOn(walk: Walk, tier: number, step: Step, result: Step['result'], nowMs: number): void {
    closeStep(step, result, nowMs);
    if (walk.request !== null) this.shop.flows[tier].misses++;
    walk.at++;
    this.proceed(walk, nowMs);
  }

  private refreshesEarly(walk: Walk, entry: CacheEntry, nowMs: number): boolean {
    const { earlyRefreshBeta } = walk.policy;
    const loadMs = entry.metadata[LOAD_MS];
    if (earlyRefreshBeta <= 0 || typeof loadMs !== 'number' || walk.options.mode === 'cached-only')
      return false;
    if (this.renewals.has(walk.key)) return false;
    return refreshesEarly(nowMs, entry.freshUntilMs, loadMs, earlyRefreshBeta, this.shop.uniform());
  }

  /** Goes on in the background where the answered walk stopped. False when a renewal of the key is under way already. */
  private renew(answered: Walk, entry: CacheEntry, nowMs: number): boolean {
    if (this.renewals.has(answered.key)) return false;
    this.renewals.add(answered.key);
    const walk = this.open(null, answered.key, answered.options, entry.freshUntilMs, nowMs);
    walk.at = answered.at + 1;
    this.proceed(walk, nowMs);
    return true;
  }

  private stillServable(walk: Walk, entry: CacheEntry, nowMs: number): boolean {
    return servableOnFailure(entry, walk.policy, nowMs) && !this.shop.log.outdates(walk.mark, entry);
  }

  private endUncached(walk: Walk, nowMs: number): void {
    const { spare } = walk;
    if (spare && this.stillServable(walk, spare.entry, nowMs))
      this.answerFromTier(walk, spare, 'stale-if-error', nowMs);
    else this.answer(walk, outcomeWithout(walk, 'not-cached', nowMs));
    this.end(walk);
  }

  private answerFromTier(
    walk: Walk,
    found: Found,
    reason: 'hit' | 'stale-while-revalidate' | 'stale-if-error',
    nowMs: number,
    more: Partial<ReadOutcome> = {},
  ): void {
    const { counts, tiers } = this.shop;
    if (reason === 'hit') counts.answeredFresh++;
    else counts.answeredStale++;
    if (isAbsent(found.entry)) counts.answeredAbsent++;
    this.answer(walk, outcomeFromTier(walk, found, tiers[found.tier], reason, nowMs, more));
  }

  private answer(walk: Walk, outcome: ReadOutcome): void {
    if (walk.request !== null) this.shop.effect({ kind: 'answer', request: walk.request, outcome });
  }

  private end(walk: Walk): void {
    walk.over = true;
    this.shop.log.release(walk.mark);
    if (walk.request === null) this.renewals.delete(walk.key);
    else this.waiting.delete(walk.request);
  }
}
