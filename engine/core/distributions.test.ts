import { describe, expect, it } from 'vitest';
import { lawMeanMs, LawSampler, type Law } from './distributions.ts';
import { RandomStream } from './random.ts';

const LAWS: { law: Law; meanMs: number; scv: number }[] = [
  { law: { law: 'constant', meanMs: 70 }, meanMs: 70, scv: 0 },
  { law: { law: 'exponential', meanMs: 70 }, meanMs: 70, scv: 1 },
  { law: { law: 'lognormal', meanMs: 70, sigma: 0.5 }, meanMs: 70, scv: Math.exp(0.25) - 1 },
  { law: { law: 'lognormal', meanMs: 70, sigma: 0 }, meanMs: 70, scv: 0 },
  { law: { law: 'erlang', meanMs: 70, shape: 5 }, meanMs: 70, scv: 0.2 },
  {
    law: {
      law: 'hyperexponential',
      phases: [
        { share: 0.9, meanMs: 50 },
        { share: 0.1, meanMs: 550 },
      ],
    },
    meanMs: 100,
    scv: 5.5,
  },
  { law: { law: 'empirical', valuesMs: [10, 20, 60] }, meanMs: 30, scv: (400 + 100 + 900) / 3 / 900 },
  { law: { law: 'empirical', valuesMs: [40, 280], weights: [3, 1] }, meanMs: 100, scv: 1.08 },
];

const BATCHES = 24;
const DRAWS = 20_000;
/** Student's t, 23 degrees of freedom, 99.99 %. */
const T = 4.6931;

function interval(values: number[]): { mean: number; halfWidth: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, x) => a + (x - mean) ** 2, 0) / (values.length - 1);
  return { mean, halfWidth: T * Math.sqrt(variance / values.length) };
}

describe('a law of times', () => {
  it.each(LAWS)('has the mean and the variation it states: $law.law', ({ law, meanMs, scv }) => {
    expect(lawMeanMs(law)).toBeCloseTo(meanMs, 10);
    const moments = Array.from({ length: BATCHES }, (_, batch) => {
      const sampler = new LawSampler(law, new RandomStream(batch, 'law'));
      let sum = 0;
      let squares = 0;
      let least = Infinity;
      for (let i = 0; i < DRAWS; i++) {
        const x = sampler.next();
        least = Math.min(least, x);
        sum += x;
        squares += (x - meanMs) ** 2;
      }
      expect(least).toBeGreaterThanOrEqual(0);
      return { mean: sum / DRAWS, scv: squares / DRAWS / meanMs ** 2 };
    });
    const mean = interval(moments.map((m) => m.mean));
    const variation = interval(moments.map((m) => m.scv));
    expect(mean.halfWidth).toBeLessThanOrEqual(0.02 * meanMs);
    expect(Math.abs(mean.mean - meanMs)).toBeLessThanOrEqual(mean.halfWidth + 1e-9 * meanMs);
    expect(variation.halfWidth).toBeLessThanOrEqual(0.06 * scv + 1e-12);
    expect(Math.abs(variation.mean - scv)).toBeLessThanOrEqual(variation.halfWidth + 1e-12);
  });

  it('is exponential in its tail, too', () => {
    const sampler = new LawSampler({ law: 'exponential', meanMs: 1 }, new RandomStream(1, 'tail'));
    let beyond = 0;
    for (let i = 0; i < 400_000; i++) if (sampler.next() > 5) beyond++;
    const expected = 400_000 * Math.exp(-5);
    expect(Math.abs(beyond - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it('scales without another draw', () => {
    const law: Law = { law: 'lognormal', meanMs: 100, sigma: 1 };
    const [plain, scaled] = [1, 1].map((seed) => new LawSampler(law, new RandomStream(seed, 'scale')));
    scaled!.scale = 0.25;
    expect(scaled!.statedMeanMs).toBe(100);
    for (let i = 0; i < 100; i++) expect(scaled!.next()).toBe(plain!.next() * 0.25);
  });
});

describe('draws made ahead', () => {
  it.each(LAWS)('are those of drawing one by one: $law.law', ({ law }) => {
    const stream = new RandomStream(5, 'ahead');
    const oneByOne = new LawSampler(law, {
      uint32: () => stream.uint32(),
      uniform: () => stream.uniform(),
      below: (bound) => stream.below(bound),
    });
    const ahead = new LawSampler(law, new RandomStream(5, 'ahead'));
    for (let i = 0; i < 1000; i++) {
      ahead.scale = oneByOne.scale = 1 + (i % 3);
      expect(ahead.next()).toBe(oneByOne.next());
    }
  });
});
