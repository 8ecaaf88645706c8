import { AliasTable } from './alias-table.ts';
import { exp, ln, normalQuantile } from './exact-math.ts';
import type { RandomSource } from './random.ts';

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

/** Draws from a law, times a scale that may change while the run goes on (a faster model, a slower network). */
export class LawSampler {
  /** Multiplies every draw; 1 leaves the law as it was stated. */
  scale = 1;
  /** Mean of the law as stated, in milliseconds, before the scale. */
  readonly statedMeanMs: number;
  private readonly draw: (random: RandomSource) => number;

  constructor(
    law: Law,
    private readonly random: RandomSource,
  ) {
    this.statedMeanMs = lawMeanMs(law);
    this.draw = drawer(law);
  }

  /** One draw, in milliseconds. */
  next(): number {
    return this.draw(this.random) * this.scale;
  }
}

function drawer(law: Law): (random: RandomSource) => number {
  switch (law.law) {
    case 'constant':
      return () => law.meanMs;
    case 'exponential':
      return (random) => -ln(random.uniform()) * law.meanMs;
    case 'lognormal': {
      const median = law.meanMs * exp((-law.sigma * law.sigma) / 2);
      return (random) => median * exp(law.sigma * normalQuantile(random.uniform()));
    }
    case 'erlang': {
      const phaseMs = law.meanMs / law.shape;
      return (random) => {
        let sum = 0;
        for (let i = 0; i < law.shape; i++) sum -= ln(random.uniform());
        return sum * phaseMs;
      };
    }
    case 'hyperexponential': {
      const table = new AliasTable(law.phases.map((p) => p.share));
      const means = law.phases.map((p) => p.meanMs);
      return (random) => -ln(random.uniform()) * means[table.draw(random)]!;
    }
    case 'empirical': {
      const table = new AliasTable(law.weights ?? law.valuesMs.map(() => 1));
      return (random) => law.valuesMs[table.draw(random)]!;
    }
  }
}
