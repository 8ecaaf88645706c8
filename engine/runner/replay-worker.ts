/** The worker's entry: trace replay behind Comlink. */
import { expose } from 'comlink';
import type { CsvColumns } from '../cache/replay/formats/format.ts';
import type { ReplayResult } from '../cache/replay/replay.ts';
import { replayAll, type ReplayRun } from '../cache/replay/run.ts';
import type { FormatName } from '../cache/replay/trace-formats.ts';
import { uniqueBytes, type Trace } from '../cache/replay/trace.ts';
import { generateTrace, type WorkloadRequest } from '../cache/workloads/catalogue.ts';
import { chunksOf, readTrace } from './read-trace.ts';
import type { OnProgress, ReplayWorker, TraceInfo } from './replay-protocol.ts';

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();
/** A message to oneself comes after those that wait already, so `stop` is heard. */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });

class Replayer implements ReplayWorker {
  private trace: Trace | null = null;
  private stopping = new AbortController();

  async open(
    file: File,
    format: FormatName | null,
    columns: CsvColumns,
    onProgress: OnProgress,
  ): Promise<TraceInfo> {
    const signal = this.begin();
    this.trace = null;
    const read = await readTrace(
      { name: file.name, sizeBytes: file.size, chunks: chunksOf(file) },
      { format, columns, signal, onProgress: sparing(onProgress) },
    );
    return this.hold(read.trace, file.name, read.format);
  }

  generate(request: WorkloadRequest): Promise<TraceInfo> {
    this.begin();
    return Promise.resolve(this.hold(generateTrace(request, 'workload'), request.name, null));
  }

  async run(runs: ReplayRun[], seed: number, onProgress: OnProgress): Promise<ReplayResult[]> {
    if (this.trace === null) throw new Error('There is no trace yet: open a file or choose a workload.');
    const signal = this.begin();
    const results = await replayAll(this.trace, runs, {
      seed,
      signal,
      pause,
      onProgress: sparing(onProgress),
    });
    if (signal.aborted) throw new Error('stopped');
    return results;
  }

  stop(): Promise<void> {
    this.stopping.abort();
    return Promise.resolve();
  }

  private begin(): AbortSignal {
    this.stopping.abort();
    this.stopping = new AbortController();
    return this.stopping.signal;
  }

  private hold(trace: Trace, name: string, format: FormatName | null): TraceInfo {
    this.trace = trace;
    const { requests, unique } = trace;
    return { name, format, requests, unique, uniqueBytes: uniqueBytes(trace) };
  }
}

/** Tells each percent once: a message for each stretch would be too many. */
function sparing(onProgress: OnProgress): OnProgress {
  let told = -1;
  return (done) => {
    const percent = Math.floor(done * 100);
    if (percent === told) return;
    told = percent;
    onProgress(done);
  };
}

expose(new Replayer());
