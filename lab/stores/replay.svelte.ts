import * as Comlink from 'comlink';
import type { CsvColumns } from '../../engine/cache/replay/formats/format.ts';
import type { ReplayPolicy } from '../../engine/cache/replay/replay.ts';
import type { FormatName } from '../../engine/cache/replay/trace-formats.ts';
import type { WorkloadRequest } from '../../engine/cache/workloads/catalogue.ts';
import type { ReplayWorker, TraceInfo } from '../../engine/runner/replay-protocol.ts';
import {
  forThePage,
  parseCapacities,
  runsOf,
  type CapacityUnit,
  type ReplayReport,
} from './replay-settings.ts';

export type ReplayPhase = 'idle' | 'reading' | 'generating' | 'replaying';

export interface ReplayOrder {
  /** Null: the file that was opened. */
  workload: WorkloadRequest | null;
  policies: readonly ReplayPolicy[];
  capacities: string;
  unit: CapacityUnit;
  seed: number;
}

/** Trace replay as the page sees it: one worker that holds one trace at a time. */
export class ReplayStore {
  phase = $state<ReplayPhase>('idle');
  /** Share of the phase that is done, 0 to 1. */
  progress = $state(0);
  /** The trace that the worker holds. */
  info = $state.raw<TraceInfo | undefined>();
  report = $state.raw<ReplayReport | undefined>();
  failure = $state<string | undefined>();
  /** Said politely. */
  announcement = $state('');

  private worker: Worker | undefined;
  private remote: Comlink.Remote<ReplayWorker> | undefined;
  private held = '';
  /** Counts what was begun: the end of something that was stopped is nobody's. */
  private turn = 0;

  get busy(): boolean {
    return this.phase !== 'idle';
  }

  /** Reads a file. `format` null: told from name and content. */
  open(file: File, format: FormatName | null, columns: CsvColumns): Promise<void> {
    return this.during('reading', async (remote, onProgress) => {
      this.info = undefined;
      this.held = '';
      const info = await remote.open(file, format, columns, onProgress);
      this.held = 'file';
      return () => {
        this.info = info;
        this.announcement = `${info.name} was read: ${info.requests.toLocaleString('en-US')} requests.`;
      };
    });
  }

  /** Generates the workload when the worker does not hold it yet, then replays. Errors in what was ordered are thrown. */
  async run({ workload, policies, capacities, unit, seed }: ReplayOrder): Promise<void> {
    const wanted = workload === null ? 'file' : JSON.stringify(workload);
    if (workload !== null && this.held !== wanted) {
      await this.during('generating', async (remote) => {
        this.info = undefined;
        this.held = '';
        const info = await remote.generate(workload);
        this.held = wanted;
        return () => (this.info = info);
      });
    }
    const { info } = this;
    if (!info || this.held !== wanted) return;
    const runs = runsOf(policies, parseCapacities(capacities, unit, info), unit);
    await this.during('replaying', async (remote, onProgress) => {
      const beganMs = performance.now();
      const results = await remote.run(runs, seed, onProgress);
      const tookMs = performance.now() - beganMs;
      return () => {
        this.report = { info, unit, runs, results, tookMs };
        this.announcement = `Replayed ${info.name} with ${policies.length} policies.`;
      };
    });
  }

  /** Stops what is under way. */
  stop(): void {
    const { phase } = this;
    this.turn++;
    this.phase = 'idle';
    this.announcement = 'Stopped.';
    // A workload is generated in one go, and hears nothing meanwhile.
    if (phase === 'generating') this.end();
    else void this.remote?.stop();
  }

  end(): void {
    this.turn++;
    this.worker?.terminate();
    this.worker = this.remote = undefined;
    this.held = '';
    this.info = undefined;
    this.phase = 'idle';
  }

  private async during(
    phase: ReplayPhase,
    work: (remote: Comlink.Remote<ReplayWorker>, onProgress: (done: number) => void) => Promise<() => void>,
  ): Promise<void> {
    const turn = ++this.turn;
    this.phase = phase;
    this.progress = 0;
    this.failure = undefined;
    this.announcement = '';
    try {
      const onProgress = Comlink.proxy((done: number) => {
        if (turn === this.turn) this.progress = done;
      });
      const finish = await work(this.remote ?? this.start(), onProgress);
      if (turn === this.turn) finish();
    } catch (error) {
      if (turn === this.turn)
        this.failure = forThePage(error instanceof Error ? error.message : String(error));
    } finally {
      if (turn === this.turn) this.phase = 'idle';
    }
  }

  private start(): Comlink.Remote<ReplayWorker> {
    const worker = new Worker(new URL('../../engine/runner/replay-worker.ts', import.meta.url), {
      type: 'module',
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker !== this.worker) return;
      this.end();
      this.failure = event.message
        ? `The replay stopped: ${event.message}. Run it again to start it anew.`
        : 'The replay’s program could not be loaded. See whether the server still runs, then run it again.';
    });
    this.worker = worker;
    this.remote = Comlink.wrap<ReplayWorker>(worker);
    return this.remote;
  }
}

let store: ReplayStore | undefined;
/** One for the visit: going to another page and back keeps the result. */
export const replay = (): ReplayStore => (store ??= new ReplayStore());
