import { RandomStream } from '../core/random.ts';
import { Balancer } from '../latency/balancer.ts';
import type { StationPart } from './station-part.ts';
import type { StationReplicasSettings } from './station-schema.ts';

/**
 * The equal parts of a station and the balancer that chooses among them: a proxy, which counts a call as under way until the replica is
 * done with it, also when its caller has left. Calls that a replica drops, or that it refuses as its queue is full, are failures to it.
 */
export class Replicas {
  readonly settings: StationReplicasSettings;
  /** Share of its calls that each replica fails at once. */
  readonly failShare: Float64Array;
  private balancer: Balancer;
  private readonly balancing: RandomStream;
  private readonly failing: RandomStream;

  constructor(
    settings: StationReplicasSettings,
    name: string,
    seed: number,
    private readonly parts: readonly StationPart[],
  ) {
    this.settings = { ...settings };
    this.failShare = new Float64Array(settings.count);
    for (const { replica, share } of settings.fail) this.failShare[replica - 1] = share;
    for (const { replica, factor } of settings.slow) parts[replica - 1]!.slow = factor;
    this.balancing = new RandomStream(seed, `balancing:${name}`);
    this.failing = new RandomStream(seed, `failing:${name}`);
    this.balancer = new Balancer(settings.count, this.settings);
  }

  /** The settings have changed: a new balancer, which knows of the calls under way but of no response times. */
  renew(): void {
    this.balancer = new Balancer(this.settings.count, this.settings);
    this.recount();
  }

  /** Calls were taken out of queues that it was not told of. */
  recount(): void {
    for (const [r, part] of this.parts.entries()) this.balancer.inFlight[r] = part.busy + part.waiting;
  }

  /** Calls under way, as the balancer counts them. */
  get underWay(): Int32Array {
    return this.balancer.inFlight;
  }

  /** Chooses for the next call. */
  pick(nowMs: number): StationPart {
    return this.parts[this.balancer.pick(this.balancing, nowMs)]!;
  }

  /** Whether the replica fails this call. */
  fails(part: StationPart): boolean {
    const share = this.failShare[part.index]!;
    return share > 0 && this.failing.uniform() < share;
  }

  onStart(part: StationPart): void {
    this.balancer.onStart(part.index);
  }

  onEnd(part: StationPart, rttMs: number, ok: boolean, nowMs: number): void {
    this.balancer.onEnd(part.index, rttMs, ok, nowMs);
  }
}
