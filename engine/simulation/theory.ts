/**
 * What theory says about the systems that the engine simulates: closed forms and fixed points, no simulation.
 *
 * Times may be in any unit, rates are per that unit: with rates per second, times come out in seconds. Loads must be
 * below saturation where a formula says so; beyond it the means are Infinity.
 */
import { exp, ln } from '../core/exact-math.ts';

/** Steady state of a queue that serves everybody who comes. Times in the unit of the rates. */
export interface QueueTheory {
  /** Mean share of servers at work. */
  utilisation: number;
  /** Share of arrivals that must wait. */
  waitProbability: number;
  meanWait: number;
  /** Wait and service together. */
  meanResponse: number;
  meanQueue: number;
  meanInSystem: number;
}

function queue(rate: number, servers: number, meanService: number, waits: number, wait: number): QueueTheory {
  return {
    utilisation: Math.min(1, (rate * meanService) / servers),
    waitProbability: waits,
    meanWait: wait,
    meanResponse: wait + meanService,
    meanQueue: rate * wait,
    meanInSystem: rate * (wait + meanService),
  };
}

/** M/M/1: Poisson arrivals, exponential service, one server. Source: Kleinrock, Queueing Systems I (1975), § 3.2. */
export function mm1(arrivalRate: number, serviceRate: number): QueueTheory {
  return mmc(arrivalRate, serviceRate, 1);
}

/** Quantile p of the response time of M/M/1, first come first served: it is exponential. */
export function mm1ResponseQuantile(arrivalRate: number, serviceRate: number, p: number): number {
  return arrivalRate < serviceRate ? -ln(1 - p) / (serviceRate - arrivalRate) : Infinity;
}

/**
 * Erlang B: share of calls lost when there is no place to wait.
 * @param offered arrival rate × mean service time, in erlangs. Source: Erlang 1917, by the stable recursion.
 */
export function erlangB(servers: number, offered: number): number {
  let b = 1;
  for (let k = 1; k <= servers; k++) b = (offered * b) / (k + offered * b);
  return b;
}

/** Erlang C: share of calls that wait when everybody may; 1 from saturation on. */
export function erlangC(servers: number, offered: number): number {
  if (offered >= servers) return 1;
  const b = erlangB(servers, offered);
  return b / (1 - (offered / servers) * (1 - b));
}

/** M/M/c: Poisson arrivals, exponential service, c servers, one queue. Source: Erlang 1917. */
export function mmc(arrivalRate: number, serviceRate: number, servers: number): QueueTheory {
  const waits = erlangC(servers, arrivalRate / serviceRate);
  const spare = servers * serviceRate - arrivalRate;
  return queue(arrivalRate, servers, 1 / serviceRate, waits, spare > 0 ? waits / spare : Infinity);
}

/** Quantile p of the wait of M/M/c, first come first served; 0 for those who do not wait. */
export function mmcWaitQuantile(
  arrivalRate: number,
  serviceRate: number,
  servers: number,
  p: number,
): number {
  const spare = servers * serviceRate - arrivalRate;
  if (spare <= 0) return Infinity;
  return Math.max(0, ln(erlangC(servers, arrivalRate / serviceRate) / (1 - p)) / spare);
}

/**
 * M/G/1: Poisson arrivals, any law of service times, one server.
 * @param scv squared coefficient of variation of the service time, variance / mean². Source: Pollaczek 1930, Khinchine 1932.
 */
export function mg1(arrivalRate: number, meanService: number, scv: number): QueueTheory {
  const load = arrivalRate * meanService;
  const wait = load < 1 ? (load / (1 - load)) * ((1 + scv) / 2) * meanService : Infinity;
  return queue(arrivalRate, 1, meanService, Math.min(1, load), wait);
}

/** Steady state of a queue with a bound. */
export interface BoundedQueueTheory {
  /** Share of arrivals that are refused. */
  blockProbability: number;
  /** Rate of those that are served. */
  throughput: number;
  meanInSystem: number;
  /** Of those that are served. */
  meanResponse: number;
}

/** M/M/1/K: at most `places` in the system, the one in service included. Any load. */
export function mm1k(arrivalRate: number, serviceRate: number, places: number): BoundedQueueTheory {
  const load = arrivalRate / serviceRate;
  let weight = 1;
  let sum = 1;
  let mean = 0;
  for (let n = 1; n <= places; n++) {
    weight *= load;
    sum += weight;
    mean += n * weight;
  }
  const blockProbability = weight / sum;
  const throughput = arrivalRate * (1 - blockProbability);
  const meanInSystem = mean / sum;
  return { blockProbability, throughput, meanInSystem, meanResponse: meanInSystem / throughput };
}

/** Steady state of a queue whose customers lose patience. */
export interface ImpatientQueueTheory {
  waitProbability: number;
  abandonProbability: number;
  meanQueue: number;
  /** Over all customers, those who gave up included. */
  meanWait: number;
}

/**
 * Erlang A (M/M/c+M): those who wait leave at rate `impatience` each. Any load.
 * Source: Palm 1946; Garnett, Mandelbaum and Reiman 2002. Solved as a birth–death chain, cut where its terms vanish.
 */
export function erlangA(
  arrivalRate: number,
  serviceRate: number,
  servers: number,
  impatience: number,
): ImpatientQueueTheory {
  let weight = 1;
  let sum = 1;
  let waiting = 0;
  let queued = 0;
  for (let n = 1; ; n++) {
    const leaving = Math.min(n, servers) * serviceRate + Math.max(0, n - servers) * impatience;
    weight *= arrivalRate / leaving;
    sum += weight;
    if (n >= servers) {
      waiting += weight;
      queued += (n - servers) * weight;
      if (leaving > 2 * arrivalRate && weight < sum * 1e-18) break;
    }
    if (weight > 1e200) {
      // Only ratios matter; this keeps them finite for large systems.
      sum /= weight;
      waiting /= weight;
      queued /= weight;
      weight = 1;
    }
  }
  const meanQueue = queued / sum;
  return {
    waitProbability: waiting / sum,
    abandonProbability: (impatience * meanQueue) / arrivalRate,
    meanQueue,
    meanWait: meanQueue / arrivalRate,
  };
}

/**
 * Mean waits of an M/G/1 queue with priorities, non-preemptive, by class, the most urgent first.
 * @param classes arrival rate, mean and squared coefficient of variation of service. Source: Cobham 1954.
 */
export function priorityWaits(
  classes: readonly { rate: number; meanService: number; scv: number }[],
): number[] {
  let residual = 0;
  for (const { rate, meanService, scv } of classes)
    residual += (rate * meanService * meanService * (1 + scv)) / 2;
  let above = 0;
  return classes.map(({ rate, meanService }) => {
    const upTo = above + rate * meanService;
    const wait = upTo < 1 ? residual / ((1 - above) * (1 - upTo)) : Infinity;
    above = upTo;
    return wait;
  });
}

/** Hit rate of a cache under independent requests, and the time an entry nobody asks for stays, in requests. */
export interface CacheTheory {
  hitRate: number;
  characteristicTime: number;
}

/**
 * LRU by Che's approximation: an entry stays for a time that is nearly the same for all, t with Σ (1 − e^(−p·t)) = capacity.
 * Within 0.01 from a thousand keys on. @param weights popularity, any scale; capacity in entries, fewer than keys.
 * Source: Che, Tung and Wang 2002; Fricker, Robert and Roberts 2012.
 */
export function cheLru(weights: ArrayLike<number>, capacity: number): CacheTheory {
  return fixedPoint(weights, capacity, (pt) => 1 - exp(-pt));
}

/** FIFO (and RANDOM) by the same reasoning: Σ p·t / (1 + p·t) = capacity. Source: Gallo et al. 2014; Fricker et al. 2012. */
export function cheFifo(weights: ArrayLike<number>, capacity: number): CacheTheory {
  return fixedPoint(weights, capacity, (pt) => pt / (1 + pt));
}

function fixedPoint(
  weights: ArrayLike<number>,
  capacity: number,
  presence: (pt: number) => number,
): CacheTheory {
  const total = sumOf(weights);
  const held = (t: number): number => {
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += presence((weights[i]! / total) * t);
    return sum;
  };
  if (capacity >= weights.length) return { hitRate: 1, characteristicTime: Infinity };
  let low = 0;
  let high = capacity;
  while (held(high) < capacity) high *= 2;
  for (let i = 0; i < 60 && high - low > high * 1e-12; i++) {
    const middle = (low + high) / 2;
    if (held(middle) < capacity) low = middle;
    else high = middle;
  }
  let hitRate = 0;
  for (let i = 0; i < weights.length; i++) {
    const p = weights[i]! / total;
    hitRate += p * presence(p * high);
  }
  return { hitRate, characteristicTime: high };
}

/**
 * Hit rate of one key in a cache with a time to live and room for all, Poisson requests, instant fills.
 * Fixed: the life counts from the fill. Sliding: from the last hit.
 */
export function ttlHitRate(rate: number, ttl: number, mode: 'fixed' | 'sliding'): number {
  return mode === 'fixed' ? (rate * ttl) / (1 + rate * ttl) : 1 - exp(-rate * ttl);
}

/** The same over a population: `totalRate` is shared out by `weights`. */
export function ttlPopulationHitRate(
  weights: ArrayLike<number>,
  totalRate: number,
  ttl: number,
  mode: 'fixed' | 'sliding',
): number {
  const total = sumOf(weights);
  let hitRate = 0;
  for (let i = 0; i < weights.length; i++) {
    const share = weights[i]! / total;
    hitRate += share * ttlHitRate(totalRate * share, ttl, mode);
  }
  return hitRate;
}

/**
 * One key with a fixed time to live whose fetch takes `fetch`: what is a hit, and how often the origin is asked when
 * identical fetches share one call, and when they do not. A cycle is 1/rate + fetch + ttl.
 */
export function ttlWithFetch(
  rate: number,
  ttl: number,
  fetch: number,
): { hitRate: number; originRateShared: number; originRateEach: number; stampede: number } {
  const cycle = 1 / rate + fetch + ttl;
  const stampede = 1 + rate * fetch;
  return {
    hitRate: (rate * ttl) / (1 + rate * (ttl + fetch)),
    originRateShared: 1 / cycle,
    originRateEach: stampede / cycle,
    stampede,
  };
}

/**
 * Singleflight: requests for one key that find a fetch under way wait for it. `originRate` holds for any law of fetch times.
 * @param fetchScv squared coefficient of variation of the fetch time, for the mean response over all who ask.
 */
export function singleflight(
  rate: number,
  meanFetch: number,
  fetchScv: number,
): { originRate: number; savedShare: number; meanResponse: number } {
  const joined = rate * meanFetch;
  const secondMoment = meanFetch * meanFetch * (1 + fetchScv);
  return {
    originRate: rate / (1 + joined),
    savedShare: joined / (1 + joined),
    // The first waits the fetch; each who joins waits what is left of it.
    meanResponse: (meanFetch + (rate * secondMoment) / 2) / (1 + joined),
  };
}

/** Tries per request, and share of requests answered, when each try fails independently. */
export function retryAmplification(
  failureProbability: number,
  retries: number,
): { tries: number; success: number } {
  let tries = 0;
  let reached = 1;
  for (let n = 0; n <= retries; n++) {
    tries += reached;
    reached *= failureProbability;
  }
  return { tries, success: 1 - reached };
}

/** A retry storm: callers give up after `timeoutS`, try again at once, and the work they left is still done. */
export interface Storm {
  ratePerS: number;
  /** The surge: the rate times this, for so long. */
  surgeFactor: number;
  surgeS: number;
  /** Calls that the station can finish. */
  capacityPerS: number;
  timeoutS: number;
  retries: number;
}

/** Load below which no surge can leave a storm behind: capacity / (1 + retries). */
export function stableRatePerS(capacityPerS: number, retries: number): number {
  return capacityPerS / (1 + retries);
}

/**
 * The fluid rule of metastability: a surge starts a storm when the wait it leaves behind, backlog / capacity, exceeds the
 * time-out; the storm outlives the surge when the load with all its retries exceeds the capacity.
 * Source: Bronson et al., Metastable Failures in Distributed Systems (HotOS 2021), as a fluid limit.
 */
export function stormStays(storm: Storm): boolean {
  const { ratePerS, surgeFactor, surgeS, capacityPerS, timeoutS, retries } = storm;
  const waitS = ((ratePerS * surgeFactor - capacityPerS) * surgeS) / capacityPerS;
  return waitS > timeoutS && ratePerS > stableRatePerS(capacityPerS, retries);
}

/** What a request takes in a storm: every try runs into its time-out. */
export function stormPlateau(timeout: number, retries: number): number {
  return timeout * (1 + retries);
}

/** Load that an origin stands with its cache empty; between this and `warm` a lost cache may not come back. */
export function cacheLoads(
  originCapacity: number,
  hitRate: number,
  coldHitRate = 0,
): { cold: number; warm: number } {
  return { cold: originCapacity / (1 - coldHitRate), warm: originCapacity / (1 - hitRate) };
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
