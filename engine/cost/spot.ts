import { exp, ln } from '../core/exact-math.ts';
import type { RandomStream } from '../core/random.ts';

/**
 * Spot capacity: cheaper agents that the provider takes back. Model: each is reclaimed at a constant hazard,
 * independent of the others and of its age, so the time to the notice is exponential. Real reclaims come in
 * waves; a wave is a fault of a scenario and not of this law.
 */

const HOUR_MS = 3_600_000;

/** Time from its launch to the notice of a spot agent, ms; Infinity without a hazard. Always draws once. */
export function reclaimAfterMs(perHour: number, random: RandomStream): number {
  const unit = -ln(random.uniform());
  return perHour > 0 ? (unit / perHour) * HOUR_MS : Infinity;
}

/** What a piece of work under way still takes, ms: exponential, and so the same whenever it began. */
export function residualMs(meanS: number, random: RandomStream): number {
  return -ln(random.uniform()) * meanS * 1000;
}

/** Interruptions to be expected in so many hours of spot agents (launch to notice). */
export const expectedInterruptions = (perHour: number, agentHours: number): number => perHour * agentHours;

/** Share of the work under way at a notice that is not finished when the agent ends. */
export function lostShare(noticeS: number, taskS: number): number {
  return taskS > 0 ? exp(-noticeS / taskS) : 0;
}

/**
 * Price of an hour in which a spot agent is ready to work, when each one lost is replaced at once. An agent
 * lives for an exponential time of mean 1/h and is of use only after its cold start c: e^(−hc)/h hours, so an
 * hour of use costs e^(hc) hours.
 */
export function usdPerReadyHour(usdPerHour: number, perHour: number, coldStartS: number): number {
  return usdPerHour * exp((perHour * coldStartS) / 3600);
}

/**
 * Interruptions an hour from which on a ready hour of spot costs more than one on demand; lost work not
 * counted.
 */
export function breakEvenPerHour(discountPpm: number, coldStartS: number): number {
  return coldStartS > 0 ? (-ln(1 - discountPpm / 1_000_000) * 3600) / coldStartS : Infinity;
}
