/**
 * Closed forms of what this room's machines do, without simulation; engine/simulation/theory.ts has those of queues and caches.
 * Times may be in any one unit, rates are per that unit. Loads and shares are from 0 to 1.
 */
import { exp, pow } from '../core/exact-math.ts';

/** Probability that a response takes longer than t: 1 at 0, falling to 0. */
export type Survival = (t: number) => number;

/**
 * Hedging: a second call is sent when the first has not answered by `delay`, and the first answer wins. Both calls are drawn
 * independently and meet no queue of each other's making. Source: Dean and Barroso, The Tail at Scale (CACM 2013).
 * A delay of 0 is the pair of tied requests: S(t)².
 */
export function hedgedSurvival(survival: Survival, delay: number, t: number): number {
  return t < delay ? survival(t) : survival(t) * survival(t - delay);
}

/** Extra calls per request: the share that has not answered by `delay`; 5 % when the delay is the p95. */
export function hedgedExtraShare(survival: Survival, delay: number): number {
  return survival(delay);
}

/** Quantile p of the hedged response, 0 <= p < 1, for a survival function that is continuous. */
export function hedgedQuantile(survival: Survival, delay: number, p: number): number {
  let high = 1;
  while (hedgedSurvival(survival, delay, high) > 1 - p) high *= 2;
  let low = 0;
  for (let i = 0; i < 100 && high - low > high * 1e-14; i++) {
    const middle = (low + high) / 2;
    if (hedgedSurvival(survival, delay, middle) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Mean of the hedged response: the integral of its survival function, to about six digits. Infinity where a hedged mean does not
 * exist is not recognised: the tail must fall faster than 1 / t.
 */
export function hedgedMean(survival: Survival, delay: number): number {
  const hedged: Survival = (t) => hedgedSurvival(survival, delay, t);
  let mean = delay > 0 ? simpson(hedged, 0, delay, 2048) : 0;
  // Beyond the delay in pieces that grow, until what is left cannot matter.
  let from = delay;
  let width = delay > 0 ? delay / 8 : 1 / 64;
  for (let i = 0; i < 200; i++) {
    const pieceMean = simpson(hedged, from, from + width, 256);
    mean += pieceMean;
    from += width;
    width *= 1.5;
    if (hedged(from) * from < mean * 1e-9) break;
  }
  return mean;
}

/** Exponential responses: the hedged mean in closed form. */
export function hedgedMeanExponential(mean: number, delay: number): number {
  const late = exp(-delay / mean);
  return mean * (1 - late) + (mean / 2) * late;
}

function simpson(f: Survival, from: number, to: number, intervals: number): number {
  const step = (to - from) / intervals;
  let sum = f(from) + f(to);
  for (let i = 1; i < intervals; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * step);
  return (sum * step) / 3;
}

/**
 * A request that waits for n calls is as slow as the slowest: the share of requests over a limit that each call is over with
 * probability `slowShare`. Source: Dean and Barroso 2013.
 */
export function fanOutSlowShare(slowShare: number, calls: number): number {
  return 1 - pow(1 - slowShare, calls);
}

/** Percentile (0 to 1) that each of n calls must meet for the request to meet `p`. */
export function fanOutPercentile(p: number, calls: number): number {
  return pow(p, 1 / calls);
}

/**
 * Queues of single servers when each arrival looks at d of them at random and joins the shortest: the share of queues with at
 * least k requests, as the number of queues grows without bound. d = 1 is the random choice. Load below 1.
 * Source: Mitzenmacher 2001; Vvedenskaya, Dobrushin and Karpelevich 1996.
 */
export function choicesQueueTail(load: number, d: number, k: number): number {
  let exponent = 0;
  for (let i = 0; i < k; i++) exponent = exponent * d + 1; // (d^k − 1) / (d − 1), and k for d = 1
  return pow(load, exponent);
}

/** Mean response in units of the mean service time. */
export function choicesMeanResponse(load: number, d: number): number {
  if (load >= 1) return Infinity;
  let sum = 0;
  let exponent = 0; // (d^k − d) / (d − 1), and k − 1 for d = 1
  for (;;) {
    const term = pow(load, exponent);
    sum += term;
    if (term < sum * (1 - load) * 1e-12) return sum;
    exponent = exponent * d + d;
  }
}

/** Batches that the first arrival opens and a timer of `window` closes; Poisson arrivals, no bound on the size. */
export function batchWindow(
  rate: number,
  window: number,
): { meanBatch: number; meanAddedWait: number; batchRate: number } {
  const joined = rate * window;
  return {
    meanBatch: 1 + joined,
    // The first waits the whole window, those who join half of it on average.
    meanAddedWait: (window + (joined * window) / 2) / (1 + joined),
    batchRate: rate / (1 + joined),
  };
}

/** One connection that is closed after `keepAlive` without a request; Poisson requests. */
export function keepAliveReuse(
  ratePerConnection: number,
  keepAlive: number,
  handshake: number,
): { reuseShare: number; meanHandshake: number } {
  const idle = exp(-ratePerConnection * keepAlive);
  return { reuseShare: 1 - idle, meanHandshake: idle * handshake };
}

/** Client-side throttling: the share of requests refused before they are sent. Source: Google, SRE book (2016), ch. 21. */
export function throttleShare(requests: number, accepts: number, k: number): number {
  return Math.max(0, (requests - k * accepts) / (requests + 1));
}

/** The rate that reaches a server that accepts `capacity` and refuses the rest, when all its clients throttle: a fluid limit. */
export function throttledRate(offered: number, capacity: number, k: number): number {
  return Math.min(offered, k * capacity);
}
