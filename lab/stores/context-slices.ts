import type { Steps } from '../../engine/latency/context/steps.ts';

/** Longest piece of work between two chances to draw; a frame has 16 ms. */
const SLICE_MS = 8;

/**
 * Does the steps in slices, so that the page goes on answering.
 * @param tell is told after each slice how many steps are done.
 * @throws the signal's reason (as a rejection) when it aborts.
 */
export async function inSlices<T>(
  steps: Steps<T>,
  signal: AbortSignal,
  tell: (done: number) => void = () => {},
  nowMs: () => number = () => performance.now(),
): Promise<T> {
  let done = 0;
  for (;;) {
    signal.throwIfAborted();
    const endMs = nowMs() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return step.value;
      done++;
    } while (nowMs() < endMs);
    tell(done);
    await turn();
  }
}

/** The next turn of the event loop. A timer would wait 4 ms, and a second where the page is in the background. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
