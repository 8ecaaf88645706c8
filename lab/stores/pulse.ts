/**
 * Calls `run` in an animation frame, at most once in `gapMs`. A call of the result asks for it; more calls before it
 * happens ask for the same one.
 */
export function pulse(gapMs: number, run: () => void): () => void {
  let asked = false;
  let lastMs = -Infinity;
  const frame = (nowMs: number): void => {
    if (nowMs - lastMs < gapMs) {
      requestAnimationFrame(frame);
      return;
    }
    asked = false;
    lastMs = nowMs;
    run();
  };
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(frame);
  };
}
