/** At the latest then. */
const LATEST_MS = 4000;

/** Does something as soon as the page has nothing better to do. @returns a function that calls it off */
export function whenIdle(work: () => unknown): () => void {
  if (typeof requestIdleCallback === 'function') {
    const asked = requestIdleCallback(() => void work(), { timeout: LATEST_MS });
    return () => cancelIdleCallback(asked);
  }
  const timer = setTimeout(() => void work(), LATEST_MS);
  return () => clearTimeout(timer);
}
