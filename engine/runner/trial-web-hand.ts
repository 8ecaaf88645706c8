import { handOver, type TrialHand } from './trial-runner.ts';

/** A new worker of the browser, for `TrialRunner`. */
export function webHand(): TrialHand {
  const worker = new Worker(new URL('./trial-worker.ts', import.meta.url), { type: 'module' });
  return handOver(
    worker,
    () => worker.terminate(),
    (listener) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.message || 'its program could not be loaded');
      });
      worker.addEventListener('messageerror', () => listener('a message could not be read'));
    },
  );
}
