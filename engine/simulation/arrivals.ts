import { ln } from '../core/exact-math.ts';
import { RandomStream } from '../core/random.ts';
import type { Scenario } from './scenario.ts';

/** Random numbers drawn at once. */
const BLOCK = 256;

/**
 * Open arrivals with a rate that varies in time: a Poisson process by thinning (Lewis and Shedler 1979). Candidates come at
 * a ceiling rate; each is kept with probability rate(t) / ceiling, judged when its time has come, so that the rate may
 * change at any moment. The ceiling covers what the scenario scripts, hence a scripted surge does not reshuffle
 * the arrivals before it; a lever that exceeds the ceiling raises it from then on.
 */
export class Arrivals {
  /** Time of the next candidate; Infinity when the rate is nought for good. */
  nextMs = 0;
  private factorNow: number;
  /** Multiplies the rate, beside the factor: what the kinds of traffic add up to. */
  private mix = 1;
  private ceilingPerMs: number;
  /** Highest rate of the profile at factor 1. */
  private readonly peakPerMs: number;
  private readonly basePerMs: number;
  private readonly profile: { atMs: number; factor: number }[];
  private readonly gaps: RandomStream;
  private readonly kept: RandomStream;
  private segment = 0;
  // Drawn in blocks: logarithms that do not wait for each other take a fraction of the time.
  private readonly logarithms = new Float64Array(BLOCK);
  private gapAt = BLOCK;
  private readonly chances = new Float64Array(BLOCK);
  private keptAt = BLOCK;

  constructor(scenario: Scenario, seed: number) {
    this.basePerMs = scenario.load.ratePerS / 1000;
    this.profile = scenario.load.profile.map((p) => ({ atMs: p.atS * 1000, factor: p.factor }));
    this.peakPerMs =
      this.basePerMs * (this.profile.length > 0 ? Math.max(...this.profile.map((p) => p.factor)) : 1);
    this.factorNow = scenario.load.factor;
    const scripted = scenario.events.map((e) => Number(e.set['load.factor'] ?? 0));
    this.ceilingPerMs = this.peakPerMs * Math.max(this.factorNow, ...scripted);
    this.gaps = new RandomStream(seed, 'arrivals');
    this.kept = new RandomStream(seed, 'arrivals:thinning');
    this.draw();
  }

  get factor(): number {
    return this.factorNow;
  }

  setFactor(factor: number, nowMs: number): void {
    this.factorNow = factor;
    this.raiseCeiling(nowMs);
  }

  setMix(mix: number, nowMs: number): void {
    this.mix = mix;
    this.raiseCeiling(nowMs);
  }

  private raiseCeiling(nowMs: number): void {
    const needed = this.peakPerMs * this.factorNow * this.mix;
    if (needed <= this.ceilingPerMs) return;
    this.ceilingPerMs = needed;
    this.nextMs = nowMs; // exponential gaps have no memory: the pending one may be drawn again
    this.draw();
  }

  /** True when the candidate at `nextMs` is a request; either way the next candidate is drawn. */
  take(): boolean {
    if (this.keptAt === BLOCK) {
      this.kept.uniforms(this.chances);
      this.keptAt = 0;
    }
    const keep =
      this.chances[this.keptAt++]! * this.ceilingPerMs <
      this.basePerMs * this.factorNow * this.mix * this.profileAt(this.nextMs);
    this.draw();
    return keep;
  }

  private draw(): void {
    if (this.ceilingPerMs <= 0) {
      this.nextMs = Infinity;
      return;
    }
    if (this.gapAt === BLOCK) {
      this.gaps.uniforms(this.logarithms);
      for (let i = 0; i < BLOCK; i++) this.logarithms[i] = ln(this.logarithms[i]!);
      this.gapAt = 0;
    }
    this.nextMs -= this.logarithms[this.gapAt++]! / this.ceilingPerMs;
  }

  /** `atMs` never goes back. */
  private profileAt(atMs: number): number {
    const { profile } = this;
    if (profile.length === 0) return 1;
    while (this.segment < profile.length && profile[this.segment]!.atMs <= atMs) this.segment++;
    const before = profile[this.segment - 1];
    const after = profile[this.segment];
    if (!before) return after!.factor;
    if (!after) return before.factor;
    const share = (atMs - before.atMs) / (after.atMs - before.atMs);
    return before.factor + share * (after.factor - before.factor);
  }
}
