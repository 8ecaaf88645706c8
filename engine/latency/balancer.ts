import * as v from 'valibot';
import { InputError } from '../core/errors.ts';
import { exp } from '../core/exact-math.ts';
import type { RandomStream } from '../core/random.ts';
import { count, positive, share, within } from './fields.ts';

const MAX_CHOICES = 16;

export const balancerSchema = v.strictObject({
  /**
   * `least-loaded` looks at all replicas, `p2c` at `choices` drawn at random, both for the fewest calls under way; `p2c-ewma` at the
   * choices for the least expected response.
   */
  kind: v.picklist(['random', 'round-robin', 'least-loaded', 'p2c', 'p2c-ewma']),
  choices: v.optional(within(2, MAX_CHOICES), 2),
  /** Mean life of what is remembered of response times. */
  decayMs: v.optional(positive, 10_000),
  /** A failed call counts as one that took so long. Null: as what it took, see Balancer. */
  failurePenaltyMs: v.optional(v.nullable(positive), 5000),
  /** Failures one after the other that take a replica out; null: none is taken out. */
  ejectAfter: v.optional(v.nullable(count), null),
  ejectMs: v.optional(positive, 30_000),
  /** When more than this share would be out, all are in: better a poor replica than none. */
  maxEjectedShare: v.optional(share, 0.5),
});
export type BalancerSettings = v.InferOutput<typeof balancerSchema>;

/**
 * Chooses a replica for each call. Each `pick` that is used is followed by onStart and, when the call ends, onEnd.
 * Sources: Mitzenmacher, The Power of Two Choices (2001); Finagle's peak EWMA (a slower response than remembered is believed
 * at once, a faster one by and by; the expected response is that times the calls under way and one); Envoy's outlier ejection
 * and panic threshold.
 *
 * Failure mode: the black hole. A replica that fails at once has nothing under way and a short response time, so it is the best of any
 * that are compared: of all, or of those drawn, which is why with few choices the hole gets no more than choices / replicas. With
 * `failurePenaltyMs` a failure counts like a call that takes so long: in the remembered response, and, where calls are counted, as one
 * still under way for that time on average. Null shows the hole. Random and round robin have none, and no protection
 * from a slow replica either.
 */
export class Balancer {
  /** Calls under way. */
  readonly inFlight: Int32Array;
  private readonly costMs: Float64Array;
  private readonly seenMs: Float64Array;
  /** Failed calls that are still counted as under way; falls off with time. */
  private readonly phantoms: Float64Array;
  private readonly phantomMs: Float64Array;
  private readonly failures: Int32Array;
  private readonly ejectedUntilMs: Float64Array;
  /** Replicas to choose from, the first `poolSize` of them. */
  private readonly pool: Int32Array;
  private poolSize: number;
  private nextReturnMs = Infinity;
  private turn = 0;
  private readonly drawn = new Int32Array(MAX_CHOICES);

  /** @throws InputError for fewer than one replica. */
  constructor(
    readonly replicas: number,
    private readonly settings: BalancerSettings,
  ) {
    if (!Number.isInteger(replicas) || replicas < 1)
      throw new InputError('replicas', 'a whole number of 1 or more', String(replicas));
    this.inFlight = new Int32Array(replicas);
    this.costMs = new Float64Array(replicas);
    this.seenMs = new Float64Array(replicas);
    this.phantoms = new Float64Array(replicas);
    this.phantomMs = new Float64Array(replicas);
    this.failures = new Int32Array(replicas);
    this.ejectedUntilMs = new Float64Array(replicas);
    this.pool = Int32Array.from({ length: replicas }, (_, r) => r);
    this.poolSize = replicas;
  }

  /** The replica for the next call, 0 … replicas − 1. `nowMs` never goes back. */
  pick(random: RandomStream, nowMs: number): number {
    if (nowMs >= this.nextReturnMs) this.refill(nowMs);
    switch (this.settings.kind) {
      case 'random':
        return this.pool[random.below(this.poolSize)]!;
      case 'round-robin':
        return this.pool[this.turn++ % this.poolSize]!;
      case 'least-loaded':
        return this.leastOfAll(random, nowMs);
      default:
        return this.leastOfChoices(random, nowMs);
    }
  }

  onStart(replica: number): void {
    this.inFlight[replica]!++;
  }

  onEnd(replica: number, rttMs: number, ok: boolean, nowMs: number): void {
    this.inFlight[replica]!--;
    const { failurePenaltyMs, ejectAfter } = this.settings;
    const penalised = !ok && failurePenaltyMs !== null;
    this.observe(replica, penalised ? Math.max(rttMs, failurePenaltyMs) : rttMs, nowMs);
    if (penalised) {
      this.phantoms[replica] = this.phantomsOf(replica, nowMs) + 1;
      this.phantomMs[replica] = nowMs;
    }
    this.failures[replica] = ok ? 0 : this.failures[replica]! + 1;
    if (ejectAfter !== null && this.failures[replica]! >= ejectAfter) this.eject(replica, nowMs);
  }

  isEjected(replica: number, nowMs: number): boolean {
    return nowMs < this.ejectedUntilMs[replica]!;
  }

  private leastOfAll(random: RandomStream, nowMs: number): number {
    // From a random place, or equals would always go to the first.
    const from = random.below(this.poolSize);
    let best = this.pool[from]!;
    let bestLoad = this.load(best, nowMs);
    for (let i = 1; i < this.poolSize; i++) {
      const replica = this.pool[(from + i) % this.poolSize]!;
      const load = this.load(replica, nowMs);
      if (load < bestLoad) {
        best = replica;
        bestLoad = load;
      }
    }
    return best;
  }

  private leastOfChoices(random: RandomStream, nowMs: number): number {
    const choices = Math.min(this.settings.choices, this.poolSize);
    let best = -1;
    let bestLoad = Infinity;
    for (let i = 0; i < choices; i++) {
      const replica = this.drawOther(random, i);
      const load = this.load(replica, nowMs);
      if (best < 0 || load < bestLoad) {
        best = replica;
        bestLoad = load;
      }
    }
    return best;
  }

  /** Draws one that is not among the `already` drawn: Floyd's method, one draw each. */
  private drawOther(random: RandomStream, already: number): number {
    const last = this.poolSize - Math.min(this.settings.choices, this.poolSize) + already;
    let place = random.below(last + 1);
    for (let j = 0; j < already; j++) if (this.drawn[j] === place) place = last;
    this.drawn[already] = place;
    return this.pool[place]!;
  }

  private load(replica: number, nowMs: number): number {
    const calls = this.inFlight[replica]!;
    if (this.settings.kind !== 'p2c-ewma') return calls + this.phantomsOf(replica, nowMs);
    const costMs = this.costMs[replica]! * this.weight(this.seenMs[replica]!, this.settings.decayMs, nowMs);
    // Of a replica that has not answered yet nothing is known but that it has been asked.
    return costMs === 0 && calls > 0 ? Number.MAX_VALUE : costMs * (calls + 1);
  }

  private observe(replica: number, rttMs: number, nowMs: number): void {
    const known = this.costMs[replica]!;
    const weight = this.weight(this.seenMs[replica]!, this.settings.decayMs, nowMs);
    this.costMs[replica] = rttMs > known * weight ? rttMs : known * weight + rttMs * (1 - weight);
    this.seenMs[replica] = nowMs;
  }

  private phantomsOf(replica: number, nowMs: number): number {
    const phantoms = this.phantoms[replica]!;
    return phantoms === 0
      ? 0
      : phantoms * this.weight(this.phantomMs[replica]!, this.settings.failurePenaltyMs!, nowMs);
  }

  private weight(sinceMs: number, lifeMs: number, nowMs: number): number {
    return exp((sinceMs - nowMs) / lifeMs);
  }

  private eject(replica: number, nowMs: number): void {
    this.ejectedUntilMs[replica] = nowMs + this.settings.ejectMs;
    this.failures[replica] = 0;
    this.refill(nowMs);
  }

  private refill(nowMs: number): void {
    this.poolSize = 0;
    this.nextReturnMs = Infinity;
    for (let r = 0; r < this.replicas; r++)
      if (this.isEjected(r, nowMs)) this.nextReturnMs = Math.min(this.nextReturnMs, this.ejectedUntilMs[r]!);
      else this.pool[this.poolSize++] = r;
    if (this.replicas - this.poolSize <= this.settings.maxEjectedShare * this.replicas && this.poolSize > 0)
      return;
    for (let r = 0; r < this.replicas; r++) this.pool[r] = r;
    this.poolSize = this.replicas;
  }
}
