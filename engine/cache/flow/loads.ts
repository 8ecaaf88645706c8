import type { Fills } from './fills.ts';
import { makeEntry } from './make-entry.ts';
import type { Loaded, Step } from './protocol.ts';
import { closeStep, openStep, type Walk } from './walk.ts';
import type { Workshop } from './workshop.ts';
import type { Alarm, Wake } from './time-queue.ts';

interface Waiter {
  walk: Walk;
  step: Step;
}

interface Load {
  readonly id: number;
  readonly key: string;
  /** The first is the one that asked; its policy says how the value is kept. */
  readonly leader: Walk;
  readonly waiters: Waiter[];
  readonly startedMs: number;
  readonly mark: number;
  deadline: Alarm<Wake> | null;
  /** Another load of the key has landed meanwhile. */
  overtakenByTwin: boolean;
}

export interface LoadListener {
  onLoaded(
    walk: Walk,
    loaded: Loaded,
    entryFreshUntilMs: number | null,
    joined: boolean,
    nowMs: number,
  ): void;
  onLoadFailed(walk: Walk, message: string, nowMs: number): void;
}

/** Asks the origin, once for all who want the same key at the same time, and stores what it gave. */
export class Loads {
  listener!: LoadListener;
  private readonly byId = new Map<number, Load>();
  private readonly byKey = new Map<string, Load>();
  private nextLoad = 1;

  constructor(
    private readonly shop: Workshop,
    private readonly fills: Fills,
  ) {}

  get underWay(): number {
    return this.byId.size;
  }

  ask(walk: Walk, nowMs: number): void {
    const { shop } = this;
    const step = openStep(walk, null, nowMs);
    const shared = shop.settings.coalesceLoads ? this.byKey.get(walk.key) : undefined;
    if (shared) {
      shared.waiters.push({ walk, step });
      if (walk.request !== null) shop.counts.coalesced++;
      return;
    }
    const id = this.nextLoad++;
    const { loadTimeoutMs } = shop.settings;
    const load: Load = {
      id,
      key: walk.key,
      leader: walk,
      waiters: [{ walk, step }],
      startedMs: nowMs,
      mark: shop.log.mark(),
      deadline: null,
      overtakenByTwin: false,
    };
    if (loadTimeoutMs < Infinity)
      load.deadline = shop.alarms.set(nowMs + loadTimeoutMs, (thenMs) => {
        shop.effect({ kind: 'cancel-load', load: id });
        this.onFailed(id, `no answer within ${loadTimeoutMs} ms`, thenMs);
      });
    this.byId.set(id, load);
    this.byKey.set(walk.key, load);
    shop.counts.loads++;
    shop.effect({
      kind: 'load',
      load: id,
      key: walk.key,
      policy: walk.policy.name,
      context: walk.options.context,
    });
  }

  onLoaded(id: number, loaded: Loaded, nowMs: number): void {
    const load = this.take(id);
    if (!load) return;
    const { shop } = this;
    const { leader } = load;
    const entry = makeEntry(
      load.key,
      loaded,
      leader.options.tags ?? [],
      leader.policy,
      nowMs - load.startedMs,
      nowMs,
      shop.uniform,
    );
    const overtaken = shop.log.since(load.mark, load.key, entry?.tags ?? loaded.tags ?? []) !== undefined;
    shop.log.release(load.mark);
    if (overtaken) shop.counts.overtaken++;
    const renewsNothing = load.overtakenByTwin && shop.settings.lateDuplicates === 'ignore';
    const keep = entry !== undefined && loaded.cacheable !== false && !overtaken && !renewsNothing;
    if (keep) {
      this.markTwins(load);
      this.fills.fill(leader, entry, loaded.value, nowMs);
    }
    for (const { walk, step } of load.waiters) {
      const joined = walk !== leader;
      closeStep(step, joined ? 'joined' : 'loaded', nowMs, overtaken ? 'invalidated on its way' : undefined);
      this.listener.onLoaded(walk, loaded, keep ? entry.freshUntilMs : null, joined, nowMs);
    }
  }

  onFailed(id: number, message: string, nowMs: number): void {
    const load = this.take(id);
    if (!load) return;
    this.shop.log.release(load.mark);
    this.shop.counts.loadFailures++;
    for (const { walk, step } of load.waiters) {
      closeStep(step, 'failed', nowMs, message);
      this.listener.onLoadFailed(walk, message, nowMs);
    }
  }

  /** A walk waits no longer. */
  leave(walk: Walk, nowMs: number): void {
    for (const load of this.byId.values()) {
      const i = load.waiters.findIndex((w) => w.walk === walk);
      if (i < 0) continue;
      closeStep(load.waiters[i].step, 'cancelled', nowMs);
      load.waiters.splice(i, 1);
      if (load.waiters.length > 0 || this.shop.settings.onAbandon === 'finish') return;
      this.take(load.id);
      this.shop.log.release(load.mark);
      this.shop.effect({ kind: 'cancel-load', load: load.id });
      return;
    }
  }

  /** What is under way is outdated: who asks from now on gets a load of their own. */
  detach(outdated: (key: string, tags: readonly string[]) => boolean): void {
    for (const [key, load] of this.byKey)
      if (outdated(key, load.leader.options.tags ?? [])) this.byKey.delete(key);
  }

  private take(id: number): Load | undefined {
    const load = this.byId.get(id);
    if (!load) return undefined;
    this.byId.delete(id);
    if (this.byKey.get(load.key) === load) this.byKey.delete(load.key);
    if (load.deadline) load.deadline.cancelled = true;
    return load;
  }

  private markTwins(load: Load): void {
    if (this.shop.settings.coalesceLoads) return;
    for (const twin of this.byId.values()) if (twin.key === load.key) twin.overtakenByTwin = true;
  }
}
