import { AliasTable } from './alias-table.ts';
import { exp, ln, normalQuantile } from './exact-math.ts';
import { RandomStream, type RandomSource } from './random.ts';

/** A law of non-negative times in milliseconds, as data. */
export type Law =
  | { law: 'constant'; meanMs: number }
  | { law: 'exponential'; meanMs: number }
  /** `sigma` is the standard deviation of the logarithm; SCV = e^(sigma²) − 1. */
  | { law: 'lognormal'; meanMs: number; sigma: number }
  /** Sum of `shape` exponentials; SCV = 1 / shape. */
  | { law: 'erlang'; meanMs: number; shape: number }
  /** With probability `share` an exponential of that mean; shares add to 1. */
  | { law: 'hyperexponential'; phases: { share: number; meanMs: number }[] }
  /** Draws one of the values; `weights` are optional and parallel to them. */
  | { law: 'empirical'; valuesMs: number[]; weights?: number[] | undefined };

/** Mean of a law in milliseconds. */
export function lawMeanMs(law: Law): number {
  switch (law.law) {
    case 'hyperexponential':
      return law.phases.reduce((sum, p) => sum + p.share * p.meanMs, 0);
    case 'empirical': {
      const weights = law.weights ?? law.valuesMs.map(() => 1);
      const total = weights.reduce((sum, w) => sum + w, 0);
      return law.valuesMs.reduce((sum, v, i) => sum + v * weights[i]!, 0) / total;
    }
    default:
      return law.meanMs;
  }
}

/** Draws made at once. */
const BLOCK = 64;

/**
 * Draws from a law, times a scale that may change while the run goes on (a faster model, a slower network).
 *
 * Draws are made in blocks ahead of their use: logarithms that do not wait for each other take a fraction of the time, and a draw is a
 * read. The numbers are those of drawing one by one.
 */
export class LawSampler {
  /** Multiplies every draw; 1 leaves the law as it was stated. */
  scale = 1;
  /** Mean of the law as stated, in milliseconds, before the scale. */
  readonly statedMeanMs: number;
  private readonly fill: (random: RandomSource, block: Float64Array) => void;
  private readonly block: Float64Array;
  private at: number;

  /** @param random a stream must be this sampler's own; from another source each number is drawn when it is wanted. */
  constructor(
    law: Law,
    private readonly random: RandomSource,
  ) {
    this.statedMeanMs = lawMeanMs(law);
    this.fill = filler(law);
    this.block = new Float64Array(random instanceof RandomStream ? BLOCK : 1);
    this.at = this.block.length;
  }

  /** One draw, in milliseconds. */
  next(): number {
    if (this.at === this.block.length) {
      this.fill(this.random, this.block);
      this.at = 0;
    }
    return this.block[this.at++]! * this.scale;
  }
}

function filler(law: Law): (random: RandomSource, block: Float64Array) => void {
  switch (law.law) {
    case 'constant':
      return (_, block) => {
        block.fill(law.meanMs);
      };
    case 'exponential':
      return (random, block) => {
        for (let i = 0; i < block.length; i++) block[i] = -ln(random.uniform()) * law.meanMs;
      };
    case 'lognormal': {
      const median = law.meanMs * exp((-law.sigma * law.sigma) / 2);
      return (random, block) => {
        for (let i = 0; i < block.length; i++)
          block[i] = median * exp(law.sigma * normalQuantile(random.uniform()));
      };
    }
    case 'erlang': {
      const phaseMs = law.meanMs / law.shape;
      return (random, block) => {
        for (let i = 0; i < block.length; i++) {
          let sum = 0;
          for (let phase = 0; phase < law.shape; phase++) sum -= ln(random.uniform());
          block[i] = sum * phaseMs;
        }
      };
    }
    case 'hyperexponential': {
      const table = new AliasTable(law.phases.map((p) => p.share));
      const means = law.phases.map((p) => p.meanMs);
      return (random, block) => {
        for (let i = 0; i < block.length; i++) block[i] = -ln(random.uniform()) * means[table.draw(random)]!;
      };
    }
    case 'empirical': {
      const table = new AliasTable(law.weights ?? law.valuesMs.map(() => 1));
      return (random, block) => {
        for (let i = 0; i < block.length; i++) block[i] = law.valuesMs[table.draw(random)]!;
      };
    }
  }
}
