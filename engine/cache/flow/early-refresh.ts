import { ln } from '../../core/exact-math.ts';

/**
 * Whether a reader should renew a fresh entry now, before it expires: XFetch, now − Δ·β·ln(U) >= expiry, which a reader who is r
 * before expiry does with probability e^(−r/(Δβ)). So a popular entry is renewed by one reader a little early, instead of by
 * all of them too late; β = 1 is optimal for exponential recomputation times, larger is earlier, 0 is never.
 * Source: Vattani, Chierichetti, Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015.
 * @param loadMs Δ: how long the origin took last time, ms
 * @param uniform U in (0, 1)
 */
export function refreshesEarly(
  nowMs: number,
  freshUntilMs: number,
  loadMs: number,
  beta: number,
  uniform: number,
): boolean {
  return nowMs - loadMs * beta * ln(uniform) >= freshUntilMs;
}
