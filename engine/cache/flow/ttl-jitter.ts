/**
 * Spreads the ends of entries that were made together: a time to live between (1 − jitter) × ttl and ttl, uniformly. It only
 * shortens, so that a policy's time to live stays a promise.
 * @param jitter 0 to 1
 * @param uniform in (0, 1)
 */
export function jitteredTtlMs(ttlMs: number, jitter: number, uniform: number): number {
  return jitter > 0 && ttlMs < Infinity ? ttlMs * (1 - jitter * uniform) : ttlMs;
}
