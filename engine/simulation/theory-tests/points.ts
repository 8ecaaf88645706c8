/** Where simulation and theory are compared. theory.test.ts checks that no point of the truth file is left out. */
import type { Law } from '../../core/distributions.ts';

export const MM1 = [
  { arrivalRate: 5, serviceRate: 10 },
  { arrivalRate: 8, serviceRate: 10 },
  { arrivalRate: 9, serviceRate: 10 },
  { arrivalRate: 9.5, serviceRate: 10 },
] as const;

export const MMC = [
  { arrivalRate: 1.5, serviceRate: 1, servers: 2 },
  { arrivalRate: 8, serviceRate: 1, servers: 10 },
  { arrivalRate: 9, serviceRate: 1, servers: 10 },
  { arrivalRate: 90, serviceRate: 1, servers: 100 },
  { arrivalRate: 45, serviceRate: 0.5, servers: 100 },
  { arrivalRate: 280, serviceRate: 3, servers: 100 },
] as const;

/** SCV: squared coefficient of variation of the service law. */
export const MG1: readonly { arrivalRate: number; scv: number; service: Law }[] = [
  { arrivalRate: 8, scv: 0, service: { law: 'constant', meanMs: 100 } },
  { arrivalRate: 8, scv: 1, service: { law: 'exponential', meanMs: 100 } },
  { arrivalRate: 8, scv: 0.25, service: { law: 'erlang', meanMs: 100, shape: 4 } },
  // SCV = e^(sigma²) − 1
  { arrivalRate: 8, scv: 4, service: { law: 'lognormal', meanMs: 100, sigma: 1.2686362411795196 } },
  {
    arrivalRate: 8,
    scv: 5.5,
    service: {
      law: 'hyperexponential',
      phases: [
        { share: 0.9, meanMs: 50 },
        { share: 0.1, meanMs: 550 },
      ],
    },
  },
  // Not in the truth file: values 40 (three parts) and 280 (one part), mean 100, variance 10800.
  {
    arrivalRate: 8,
    scv: 1.08,
    service: { law: 'empirical', valuesMs: [40, 280], weights: [3, 1] },
  },
];

/** `places`: the one in service included. */
export const MM1K = [
  { arrivalRate: 8, serviceRate: 10, places: 5 },
  { arrivalRate: 10, serviceRate: 10, places: 10 },
  { arrivalRate: 12, serviceRate: 10, places: 20 },
  { arrivalRate: 20, serviceRate: 10, places: 20 },
] as const;

export const ERLANG_A = [
  { arrivalRate: 12, serviceRate: 1, servers: 10, impatience: 0.5 },
  { arrivalRate: 20, serviceRate: 1, servers: 10, impatience: 1 },
  { arrivalRate: 9, serviceRate: 1, servers: 10, impatience: 0.5 },
] as const;

export const PRIORITY = [{ rates: [3, 5], serviceRate: 10 }] as const;

/** Zipf populations and caches under independent requests. */
export const CACHES = [
  { keys: 1000, exponent: 0.8, capacity: 50 },
  { keys: 1000, exponent: 0.8, capacity: 100 },
  { keys: 10_000, exponent: 0.8, capacity: 500 },
  { keys: 10_000, exponent: 1, capacity: 100 },
  { keys: 10_000, exponent: 1, capacity: 1000 },
  { keys: 10_000, exponent: 1.2, capacity: 500 },
  { keys: 100_000, exponent: 0.9, capacity: 5000 },
] as const;

/** One key. */
export const TTL = [
  { rate: 0.1, ttl: 60 },
  { rate: 1, ttl: 60 },
  { rate: 0.01, ttl: 300 },
  { rate: 10, ttl: 1 },
] as const;

/** A Zipf population. */
export const TTL_POPULATION = [
  { keys: 10_000, exponent: 1, totalRate: 100, ttl: 60 },
  { keys: 10_000, exponent: 1, totalRate: 1000, ttl: 60 },
] as const;

export const TTL_WITH_FETCH = [
  { rate: 100, ttl: 60, fetch: 2 },
  // A cycle of 1.5 million requests: checked as a formula, too long to simulate.
  { rate: 5000, ttl: 300, fetch: 2, tooLong: true },
  { rate: 10, ttl: 60, fetch: 0.5 },
] as const;

export const SINGLEFLIGHT = [
  { rate: 1, meanFetch: 1 },
  { rate: 10, meanFetch: 1 },
  { rate: 50, meanFetch: 0.2 },
  { rate: 100, meanFetch: 2 },
] as const;
