import * as v from 'valibot';
import { InputError } from '../core/errors.ts';

const number = v.pipe(v.number(), v.finite('a finite number'));
const positive = v.pipe(number, v.gtValue(0, 'a number above 0'));
const part = v.pipe(number, v.gtValue(0, 'a share between 0 and 1'), v.ltValue(1, 'a share between 0 and 1'));

/** TTL from use (M9). The module's target: 70 % hits (Session 8 C). */
export const ttlTunerSchema = v.pipe(
  v.strictObject({
    on: v.optional(v.boolean(), false),
    target: v.optional(part, 0.7),
    minS: v.optional(positive, 10),
    maxS: v.optional(positive, 86_400),
    /** Largest change at once: the TTL is at most multiplied or divided by this. */
    stepFactor: v.optional(
      v.pipe(number, v.gtValue(1, 'a factor above 1'), v.maxValue(100, 'a factor of at most 100')),
      2,
    ),
    /** No change while the hit rate is this near to the target. */
    deadband: v.optional(part, 0.02),
    /** Least time over which a hit rate is measured. */
    everyS: v.optional(positive, 60),
    /**
     * Fewer lookups than this say nothing. 1000 at 70 % are known to ± 1.4 points (one standard deviation).
     */
    minSamples: v.optional(
      v.pipe(number, v.integer('a whole number'), v.minValue(1, 'a whole number of 1 or more')),
      1000,
    ),
  }),
  v.check((s) => s.minS <= s.maxS, 'a minS that is not above maxS'),
);

export type TtlTunerSettings = v.InferOutput<typeof ttlTunerSchema>;

/**
 * Moves a TTL until the hit rate meets its target.
 *
 * Model: with a fixed TTL T, requests of one key at rate λ hit with h = λT / (1 + λT), so the odds h / (1 −
 * h) are proportional to T, and the wanted TTL is T × odds(target) / odds(h). For a mix of keys the odds grow
 * more slowly than T, so a step by this rule falls short and never overshoots; the way to the target is
 * monotone. Each step goes half of the way on a logarithmic scale: so a cache whose TTL starts again at each
 * hit does not overshoot either, up to hit rates of 79 %, where they answer twice as strongly as assumed.
 *
 * A hit rate that was measured before the last change has worked through the cache says nothing of it: after
 * a change, counts are left out for one TTL as it was before. Without this wait, a tuner corrects the same
 * error several times (as autoscalers do whose new machines are not counted yet).
 */
export class TtlTuner {
  settings: TtlTunerSettings;
  /** Why the TTL does not move although the hit rate is off its target: the bound it stands at. */
  limited: 'min' | 'max' | null = null;
  /** As measured for the last decision; null before the first. */
  hitRate: number | null = null;
  private ttl: number;
  private hits = 0;
  private lookups = 0;
  /** Counting begins at this time. */
  private fromMs: number;
  private lastMs: number;

  constructor(settings: TtlTunerSettings, ttlS: number, nowMs: number) {
    if (!(ttlS > 0 && ttlS < Infinity)) throw new InputError('ttlS', 'a number above 0', String(ttlS));
    this.settings = settings;
    this.ttl = ttlS;
    this.fromMs = this.lastMs = nowMs;
  }

  get ttlS(): number {
    return this.ttl;
  }

  /**
   * Takes note of what happened since the last call and returns the TTL for new entries, in seconds. A clock
   * that goes back begins the measuring anew.
   * @throws InputError for counts that are no counts, or more hits than lookups.
   */
  update(hits: number, lookups: number, nowMs: number): number {
    if (!(hits >= 0 && hits <= lookups && lookups < Infinity))
      throw new InputError('hits', `a number from 0 to the ${lookups} lookups`, String(hits));
    const { on, everyS, minSamples } = this.settings;
    if (nowMs < this.lastMs) this.measureFrom(nowMs);
    // What happened since the last call counts only if all of it lies after the wait.
    if (on && this.lastMs >= this.fromMs) {
      this.hits += hits;
      this.lookups += lookups;
    }
    this.lastMs = nowMs;
    if (!on) this.measureFrom(nowMs);
    else if (nowMs >= this.fromMs + everyS * 1000 && this.lookups >= minSamples) this.decide(nowMs);
    return this.ttl;
  }

  private decide(nowMs: number): void {
    const { target, minS, maxS, deadband } = this.settings;
    const hitRate = (this.hitRate = this.hits / this.lookups);
    const beforeS = this.ttl;
    if (Math.abs(hitRate - target) > deadband) this.ttl *= this.factor(hitRate);
    this.ttl = Math.min(maxS, Math.max(minS, this.ttl));
    const off = hitRate < target - deadband ? 'max' : hitRate > target + deadband ? 'min' : null;
    this.limited =
      off !== null && this.ttl === (off === 'max' ? maxS : minS) && this.ttl === beforeS ? off : null;
    this.measureFrom(this.ttl === beforeS ? nowMs : nowMs + beforeS * 1000);
  }

  private factor(hitRate: number): number {
    const { target, stepFactor } = this.settings;
    if (hitRate === 0) return stepFactor;
    if (hitRate === 1) return 1 / stepFactor;
    const wanted = (target / (1 - target)) * ((1 - hitRate) / hitRate);
    return Math.min(stepFactor, Math.max(1 / stepFactor, Math.sqrt(wanted)));
  }

  private measureFrom(ms: number): void {
    this.fromMs = ms;
    this.hits = this.lookups = 0;
  }
}
