/** The messages between a page and the worker that replays traces, and nothing else. */
import type { CsvColumns } from '../cache/replay/formats/format.ts';
import type { ReplayResult } from '../cache/replay/replay.ts';
import type { ReplayRun } from '../cache/replay/run.ts';
import type { FormatName } from '../cache/replay/trace-formats.ts';
import type { WorkloadRequest } from '../cache/workloads/catalogue.ts';

export interface TraceInfo {
  /** Of the file or of the workload. */
  name: string;
  /** Null for a generated one. */
  format: FormatName | null;
  requests: number;
  unique: number;
  /** Sum of the sizes of all keys, each once; null where the format has no sizes. */
  uniqueBytes: number | null;
}

/** Share that is done, 0 to 1. */
export type OnProgress = (done: number) => void;

/**
 * The worker's side, exposed through Comlink. It holds one trace at a time. A method rejects with an Error whose message is fit for
 * the learner; after `stop` the method that was under way rejects with the message "stopped".
 */
export interface ReplayWorker {
  /** Reads a file that was dropped on the page. `format` null: told from name and content. */
  open(
    file: File,
    format: FormatName | null,
    columns: CsvColumns,
    onProgress: OnProgress,
  ): Promise<TraceInfo>;
  generate(request: WorkloadRequest): Promise<TraceInfo>;
  /** Replays the trace once for each run; results come in the same order. */
  run(runs: ReplayRun[], seed: number, onProgress: OnProgress): Promise<ReplayResult[]>;
  stop(): Promise<void>;
}
