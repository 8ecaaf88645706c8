/** The worker's entry: one whole run behind Comlink. Whoever does not want it any more ends the worker. */
import { expose, transfer } from 'comlink';
import { compareRun, type ComparedRun } from './compare-run.ts';
import type { RunRequest } from './protocol.ts';

export interface CompareWorker {
  /** Rejects with an Error fit for the learner. */
  run(request: RunRequest, onShare: (share: number) => unknown): Promise<ComparedRun>;
}

const worker: CompareWorker = {
  run: async (request, onShare) => {
    const run = compareRun(request, onShare);
    return transfer(run, [run.series.buffer]);
  },
};
expose(worker);
