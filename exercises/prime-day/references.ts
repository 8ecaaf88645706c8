/** Runs of the references, in a worker of the page's own: nothing of the learner's is in them. */
import type { ContestantOrder, ContestantReport, Progress } from '../../engine/runner/learner-protocol.ts';
import type { ReferenceReply } from '../../engine/runner/reference-worker.ts';

/** What has been run: a run is defined by its order, and costs seconds. */
const known = new Map<string, ContestantReport>();
const mostKnown = 200;
const nameOf = ({ kind, seed, reference }: ContestantOrder) => `${kind} ${seed} ${reference}`;

export const knownReport = (order: ContestantOrder): ContestantReport | undefined => known.get(nameOf(order));

/** @throws Error when the worker cannot do it, or `signal` ends it. */
export function runReference(
  order: ContestantOrder,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: Progress) => void } = {},
): Promise<ContestantReport> {
  const before = knownReport(order);
  if (before) return Promise.resolve(before);
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../../engine/runner/reference-worker.ts', import.meta.url), {
      type: 'module',
    });
    const over = () => {
      worker.terminate();
      signal?.removeEventListener('abort', stop);
    };
    const refuse = (message: string) => {
      over();
      reject(new Error(message));
    };
    const stop = () => refuse('The run was stopped.');
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop);
    worker.onerror = (event) => {
      event.preventDefault();
      refuse(event.message || 'The worker’s program could not be loaded.');
    };
    worker.onmessage = ({ data }: MessageEvent<ReferenceReply>) => {
      if (data.kind === 'progress') onProgress?.(data.progress);
      else if (data.kind === 'failed') refuse(data.message);
      else if (data.end.kind === 'fault') refuse(data.end.fault.got);
      else {
        over();
        if (known.size >= mostKnown) known.clear();
        known.set(nameOf(order), data.end.report);
        resolve(data.end.report);
      }
    };
    worker.postMessage(order);
  });
}
