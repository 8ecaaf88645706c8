import type { Recommendation } from '../../engine/tuning/recommend.ts';

/** A recommendation in the place that it has on the page. */
export interface Advice {
  recommendation: Recommendation;
  /** Wall time since when it is not recommended any more; null while it is. */
  goneSinceMs: number | null;
}

/** How long advice that is not given any more stays where it was, so that nothing moves under a finger. */
export const LINGER_MS = 4000;

/**
 * The list as it goes on: what is there keeps its place, what is new comes before the first that is less urgent, what is gone stays for a while.
 * @param held somebody points at the list or works in it: what is new comes last, and nothing goes
 */
export function followAdvice(
  list: readonly Advice[],
  recommendations: readonly Recommendation[],
  nowMs: number,
  held: boolean,
): Advice[] {
  const byId = new Map(recommendations.map((one) => [one.id, one]));
  const next: Advice[] = list.flatMap(({ recommendation, goneSinceMs }): Advice[] => {
    const still = byId.get(recommendation.id);
    if (still) return [{ recommendation: still, goneSinceMs: null }];
    const since = goneSinceMs ?? nowMs;
    return held || nowMs - since < LINGER_MS ? [{ recommendation, goneSinceMs: since }] : [];
  });
  for (const recommendation of recommendations) {
    if (list.some((one) => one.recommendation.id === recommendation.id)) continue;
    const before = next.findIndex((one) => one.recommendation.weight < recommendation.weight);
    next.splice(held || before < 0 ? next.length : before, 0, { recommendation, goneSinceMs: null });
  }
  return next;
}
