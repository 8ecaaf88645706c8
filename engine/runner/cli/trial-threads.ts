import { MessageChannel, Worker } from 'node:worker_threads';
import type { Endpoint } from 'comlink';
import { handOver, ownHand, TrialRunner, type TrialHand } from '../trial-runner.ts';
import { TrialSession } from '../trial-session.ts';
import { nodeWall } from './node-wall.ts';

/** Trials over `jobs` threads; with one job, in this thread. Close it, or the process does not end. */
export function threadRunner(jobs: number): TrialRunner {
  return new TrialRunner(jobs === 1 ? () => ownHand(new TrialSession(nodeWall)) : threadHand, jobs);
}

function threadHand(): TrialHand {
  const { port1, port2 } = new MessageChannel();
  const thread = new Worker(new URL('./trial-thread.mjs', import.meta.url), {
    workerData: { port: port2 },
    transferList: [port2],
  });
  return handOver(
    port1 as unknown as Endpoint,
    () => {
      port1.close();
      void thread.terminate();
    },
    (listener) => {
      thread.on('error', (error: Error) => listener(error.message));
      thread.on('exit', (code) => listener(`it ended with code ${code}`));
    },
  );
}
