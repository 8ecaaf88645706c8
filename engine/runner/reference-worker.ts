/** The worker's entry: references of a challenge, one after the other. */
import { runContestant } from './learner-run.ts';
import type { ContestantEnd, ContestantOrder, Progress } from './learner-protocol.ts';

export type ReferenceReply =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'end'; end: ContestantEnd }
  | { kind: 'failed'; message: string };

const reply = (message: ReferenceReply): void => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<ContestantOrder>) => {
  try {
    const progress = (now: Progress): void => reply({ kind: 'progress', progress: now });
    reply({ kind: 'end', end: runContestant(data, null, { nowMs: () => performance.now(), progress }) });
  } catch (error) {
    reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});
