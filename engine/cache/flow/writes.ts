import type { Fills } from './fills.ts';
import type { Loads } from './loads.ts';
import { makeEntry } from './make-entry.ts';
import type { FlowEvent, LevelWrite, Target, WriteOutcome } from './protocol.ts';
import type { Workshop } from './workshop.ts';

/** Values that a caller writes: to every level of the policy; one level's failure does not stop the others (C12). */
export class Writes {
  constructor(
    private readonly shop: Workshop,
    private readonly fills: Fills,
    private readonly loads: Loads,
  ) {}

  write(event: Extract<FlowEvent, { kind: 'write' }>, nowMs: number): void {
    const { shop } = this;
    const { request, key, stored, sizeBytes, options } = event;
    const policy = shop.policy(options.policy);
    shop.counts.writes++;
    const source = { stored, sizeBytes, ttlMs: options.ttlMs, metadata: options.metadata };
    const entry = makeEntry(key, source, options.tags ?? [], policy, null, nowMs, shop.uniform);
    const tiers = shop.tiersOf(policy);
    const target = { kind: 'key', key } as const;
    shop.log.add(target, nowMs, true);
    this.loads.detach((loading) => loading === key);
    const exclusive = shop.settings.hierarchy === 'exclusive';
    const levels: LevelWrite[] = [];
    const wanted = !entry ? [] : exclusive ? tiers.slice(0, 1) : tiers;
    const answer = (): void => {
      if (wanted.some((tier) => !shop.tiers[tier].synchronous)) this.publish(target, nowMs, levels);
      const outcome: WriteOutcome = { key, status: statusOf(levels), levels };
      if (outcome.status === 'failed') shop.counts.writesFailed++;
      shop.effect({ kind: 'written', request, outcome });
    };
    // Where it is not written, an older one must not stay.
    for (const tier of entry ? (exclusive ? tiers.slice(1) : []) : tiers) this.fills.drop(tier, key, nowMs);
    this.publish(target, nowMs, []);
    let missing = wanted.length;
    if (missing === 0) answer();
    for (const [i, tier] of wanted.entries())
      this.fills.put(tier, { entry: entry!, value: event.value }, 'writes', nowMs, (write) => {
        levels[i] = write;
        if (--missing === 0) answer();
      });
  }

  /** At once, so that what the others have under way is outdated; and again when the shared tiers have the new value. */
  private publish(target: Target, atMs: number, levels: readonly LevelWrite[]): void {
    if (!this.shop.settings.publishWrites) return;
    const failedAt = levels.filter(({ result }) => result === 'failed').map(({ level }) => level);
    this.shop.effect({ kind: 'publish', change: { target, atMs, write: true, failedAt } });
  }
}

function statusOf(levels: readonly LevelWrite[]): WriteOutcome['status'] {
  if (levels.some(({ result }) => result === 'kept' || result === 'queued')) return 'stored';
  return levels.some(({ result }) => result === 'failed') ? 'failed' : 'declined';
}
