import { Replay, type ReplayCapacity, type ReplayPolicy, type ReplayResult } from './replay.ts';
import type { Trace } from './trace.ts';

export interface ReplayRun {
  policy: ReplayPolicy;
  capacity: ReplayCapacity;
}

export interface RunOptions {
  /** For the random policy. */
  seed?: number;
  /** Share of all work that is done, 0 to 1. */
  onProgress?: (done: number) => void;
  /** Awaited between stretches; a worker hears messages meanwhile. */
  pause?: () => Promise<void>;
  /** Looked at between stretches; an AbortSignal is one. */
  signal?: { readonly aborted: boolean };
  /** Requests in a stretch. */
  stretch?: number;
}

/**
 * Replays the trace once for each run, in order.
 * @returns the results in the same order; fewer when `signal` said to stop.
 */
export async function replayAll(
  trace: Trace,
  runs: readonly ReplayRun[],
  { seed = 1, onProgress, pause, signal, stretch = 500_000 }: RunOptions = {},
): Promise<ReplayResult[]> {
  const results: ReplayResult[] = [];
  for (const { policy, capacity } of runs) {
    const replay = new Replay(trace, policy, capacity, seed);
    while (!replay.done) {
      if (signal?.aborted === true) return results;
      replay.advance(stretch);
      onProgress?.((results.length + replay.replayed / trace.requests) / runs.length);
      await pause?.();
    }
    results.push(replay.result());
  }
  return results;
}
