import type { RandomStream } from '../../core/random.ts';
import type { TierLevel } from '../tiers/tier.ts';
import { newFlowCounts, newTierFlow, type FlowCounts, type TierFlow } from './flow-stats.ts';
import { ChangeLog } from './invalidation.ts';
import { DEFAULT_POLICY, type FlowPolicy } from './policy.ts';
import type { Effect } from './protocol.ts';
import type { FlowSettings, FlowTier } from './settings.ts';
import { TimeQueue, type Wake } from './time-queue.ts';
import { Tombstones } from './tombstones.ts';

/** What the parts of one TieredCache share: settings, counters, alarms, and the effects of the decision being made. */
export class Workshop {
  readonly alarms = new TimeQueue<Wake>();
  readonly log = new ChangeLog();
  readonly counts: FlowCounts = newFlowCounts();
  readonly flows: readonly TierFlow[];
  readonly tombstones: readonly Tombstones[];
  readonly policies = new Map<string, FlowPolicy>();
  private readonly tiersByPolicy = new WeakMap<FlowPolicy, readonly number[]>();
  private outbox: Effect[] = [];

  constructor(
    readonly settings: FlowSettings,
    readonly tiers: readonly FlowTier[],
    readonly random: RandomStream,
    policies: readonly FlowPolicy[],
  ) {
    this.flows = tiers.map(newTierFlow);
    this.tombstones = tiers.map(() => new Tombstones());
    for (const policy of [DEFAULT_POLICY, ...policies]) this.policies.set(policy.name, policy);
  }

  readonly effect = (effect: Effect): void => {
    this.outbox.push(effect);
  };

  takeEffects(): Effect[] {
    const effects = this.outbox;
    this.outbox = [];
    return effects;
  }

  readonly uniform = (): number => this.random.uniform();

  /** Indices of the tiers that a policy uses, in its order. */
  tiersOf(policy: FlowPolicy): readonly number[] {
    let tiers = this.tiersByPolicy.get(policy);
    if (!tiers) {
      tiers = policy.levels.map((level) => this.tierAt(level)).filter((tier) => tier >= 0);
      this.tiersByPolicy.set(policy, tiers);
    }
    return tiers;
  }

  private tierAt(level: TierLevel): number {
    return this.tiers.findIndex((tier) => tier.level === level);
  }

  /** A name that is not known (any more) means the default: a policy may be gone that an old entry names. */
  policy(name: unknown): FlowPolicy {
    return this.policies.get(name as string) ?? this.policies.get(DEFAULT_POLICY.name)!;
  }
}
