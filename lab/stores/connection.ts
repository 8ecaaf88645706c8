import * as Comlink from 'comlink';
import type { Remote } from 'comlink';
import type { SimulationWorker } from '../../engine/runner/protocol.ts';

/** A worker that simulates, as the store of a run needs it; a test passes its own. */
export interface Connection {
  simulation: Remote<SimulationWorker>;
  /** Ends the worker; it answers nothing any more. */
  end(): void;
}

export type Connect = (onFailure: (message: string) => void) => Connection;

/** Starts a real worker. `onFailure` hears of it when the worker can't be loaded or dies. */
export const connectWorker: Connect = (onFailure) => {
  const worker = new Worker(new URL('../../engine/runner/worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    onFailure(
      event.message
        ? `simulation: expected a worker that runs, got “${event.message}”. Restart the run to start a new one.`
        : 'simulation: expected its worker to load, got no answer to the request for its file. ' +
            'See whether the server still runs, then restart the run.',
    );
  });
  worker.addEventListener('messageerror', () =>
    onFailure(
      'simulation: expected a readable message from its worker, got one that could not be read. Restart the run.',
    ),
  );
  return { simulation: Comlink.wrap<SimulationWorker>(worker), end: () => worker.terminate() };
};
