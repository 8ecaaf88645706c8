import type { Target, TierAction, TierResult } from './protocol.ts';
import type { TierDesk } from './tier-desk.ts';
import type { Tombstone } from './tombstones.ts';
import type { Workshop } from './workshop.ts';

/** Deletions retried in one go when a tier answers again. */
const RETRIES = 50;

/** Deletes in one tier. From the moment it is decided, what is to be deleted is not served, even if it cannot be deleted. */
export class Deletions {
  constructor(
    private readonly shop: Workshop,
    private readonly desk: TierDesk,
  ) {}

  /** `done` hears how many entries went, or why it failed. */
  delete(
    tier: number,
    target: Target,
    nowMs: number,
    done: (deleted: number, error?: string) => void = () => {},
  ): void {
    const { tombstones, tiers } = this.shop;
    const { capabilities, name } = tiers[tier];
    if (
      (target.kind === 'tag' && !capabilities.tags) ||
      (target.kind === 'prefix' && !capabilities.prefixes)
    ) {
      tombstones[tier].set(target, nowMs, 'idle');
      done(0, `${name} cannot delete by ${target.kind}; what it holds of it is not served any more`);
      return;
    }
    this.carryOut(tier, tombstones[tier].set(target, nowMs, 'busy'), nowMs, done);
  }

  /** A tier answers again: the deletions that it missed. */
  onRecovered(tier: number, nowMs: number): void {
    for (const stone of this.shop.tombstones[tier].takeDue(RETRIES))
      this.carryOut(tier, stone, nowMs, (_, error) => {
        if (error === undefined) this.onRecovered(tier, nowMs);
      });
  }

  private carryOut(
    tier: number,
    stone: Tombstone,
    nowMs: number,
    done: (deleted: number, error?: string) => void,
  ): void {
    const { target } = stone;
    const end = (result: TierResult): void => {
      if (result.ok) {
        this.shop.tombstones[tier].lift(stone);
        done(Number.isInteger(result.count) ? result.count! : 0);
        return;
      }
      stone.state = result.reason === 'unsupported' ? 'idle' : 'due';
      done(0, result.message);
    };
    if (target.kind === 'key') this.desk.change(tier, target.key, deletionOf(target), nowMs, end);
    else this.desk.ask(tier, deletionOf(target), nowMs, end);
  }
}

function deletionOf(target: Target): TierAction {
  switch (target.kind) {
    case 'key':
      return { do: 'delete', key: target.key };
    case 'tag':
      return { do: 'delete-tag', tag: target.tag };
    case 'prefix':
      return { do: 'delete-prefix', prefix: target.prefix };
    case 'all':
      return { do: 'clear' };
  }
}
