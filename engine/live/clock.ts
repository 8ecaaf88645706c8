/** Time and timers of the live drivers; tests pass one that they move themselves. */
export interface Clock {
  /** Milliseconds since 1970, with fractions; never goes back. */
  now(): number;
  /** Calls `wake` at that time, or at once (but never within this call) when it has passed. Returns how to call it off. */
  at(atMs: number, wake: () => void): () => void;
}

const LONGEST_TIMER_MS = 2_147_483_647;
/** Beyond this the wall clock has been set, or the machine has slept. */
const DRIFT_MS = 1000;

/**
 * The wall clock with the resolution of the monotonic one: entries outlive the page, so times must mean the same in the next
 * session, and yet a step of a walk takes microseconds.
 */
export function wallClock(): Clock {
  let anchorMs = Date.now() - performance.now();
  let latestMs = -Infinity;
  const now = (): number => {
    const wallMs = Date.now();
    if (Math.abs(anchorMs + performance.now() - wallMs) > DRIFT_MS) anchorMs = wallMs - performance.now();
    latestMs = Math.max(latestMs, anchorMs + performance.now());
    return latestMs;
  };
  return {
    now,
    at(atMs, wake) {
      const ms = Math.ceil(Math.max(0, atMs - now()));
      const timer = setTimeout(wake, Math.min(ms, LONGEST_TIMER_MS));
      return () => clearTimeout(timer);
    },
  };
}
