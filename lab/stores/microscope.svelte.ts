import * as Comlink from 'comlink';
import type { Remote } from 'comlink';
import type { TraceProgress, TraceRequest, TraceWorker } from '../../engine/runner/trace-protocol.ts';
import type { RequestTrace, TraceWindow } from '../../engine/simulation/request-trace.ts';
import { KeptStretches } from './microscope-kept.ts';

/** A worker that traces; a test passes its own. */
export interface TraceConnection {
  tracer: Remote<TraceWorker>;
  end(): void;
}
export type ConnectTracer = (onFailure: (message: string) => void) => TraceConnection;

export const connectTracer: ConnectTracer = (onFailure) => {
  const worker = new Worker(new URL('../../engine/runner/trace-worker.ts', import.meta.url), {
    type: 'module',
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    onFailure(event.message || 'The program that traces requests could not be loaded.');
  });
  worker.addEventListener('messageerror', () => onFailure('A message of the tracer could not be read.'));
  return { tracer: Comlink.wrap<TraceWorker>(worker), end: () => worker.terminate() };
};

export type MicroscopePhase = 'idle' | 'tracing' | 'done' | 'failed' | 'cancelled';

/** The requests of one stretch of a run, one of them looked at. */
export class Microscope {
  phase = $state<MicroscopePhase>('idle');
  progress = $state.raw<TraceProgress | undefined>();
  window = $state.raw<TraceWindow | undefined>();
  failure = $state.raw<string | undefined>();
  selectedId = $state<number | undefined>();
  readonly selected = $derived(this.window?.traces.find((trace) => trace.id === this.selectedId));

  private connection: TraceConnection | undefined;
  private readonly kept = new KeptStretches();
  private last: { request: TraceRequest; wanted: number | undefined } | undefined;
  private turn = 0;

  constructor(private readonly connect: ConnectTracer = connectTracer) {}

  /**
   * Looks at the requests of a stretch.
   * @param wanted the request to begin with; without it, or when it is not among them, the slowest.
   */
  async look(request: TraceRequest, wanted?: number): Promise<void> {
    const turn = ++this.turn;
    this.last = { request, wanted };
    const known = this.kept.find(request);
    if (known) {
      if (this.phase === 'tracing') void this.connection?.tracer.stop();
      this.show(known, wanted);
      return;
    }
    this.phase = 'tracing';
    this.failure = undefined;
    this.progress = { nowS: 0, toS: request.toS, found: 0 };
    try {
      if (!this.connection) {
        this.connection = this.connect((message) => this.fail(message));
        await this.connection.tracer.watch(Comlink.proxy((progress) => this.tell(progress)));
      }
      const reply = await this.connection.tracer.trace(request);
      if (turn !== this.turn) return;
      if (reply.kind === 'failed') this.fail(reply.message);
      else if (reply.kind === 'stopped') this.phase = 'cancelled';
      else {
        this.kept.keep(request, reply.window);
        this.show(reply.window, wanted);
      }
    } catch (error) {
      if (turn === this.turn) this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** The last stretch that was asked for, once more. */
  again(): Promise<void> {
    return this.last ? this.look(this.last.request, this.last.wanted) : Promise.resolve();
  }

  cancel(): void {
    if (this.phase !== 'tracing') return;
    this.turn++;
    this.phase = 'cancelled';
    void this.connection?.tracer.stop();
  }

  select(id: number): void {
    this.selectedId = id;
  }

  end(): void {
    this.turn++;
    this.connection?.end();
    this.connection = undefined;
    this.phase = 'idle';
  }

  private show(window: TraceWindow, wanted: number | undefined): void {
    this.window = window;
    this.progress = undefined;
    this.phase = 'done';
    const has = (id: number | undefined): boolean => window.traces.some((trace) => trace.id === id);
    if (has(wanted)) this.selectedId = wanted;
    else if (!has(this.selectedId)) this.selectedId = slowest(window)?.id;
  }

  private tell(progress: TraceProgress): void {
    if (this.phase === 'tracing') this.progress = progress;
  }

  private fail(message: string): void {
    this.turn++;
    this.connection?.end();
    this.connection = undefined;
    this.phase = 'failed';
    this.failure = message;
  }
}

/** Of those who have not ended counts how long they have been under way. */
function slowest({ traces, untilMs }: TraceWindow): RequestTrace | undefined {
  const tookMs = (trace: RequestTrace): number => (trace.endedAtMs ?? untilMs) - trace.arrivedAtMs;
  return traces.reduce<RequestTrace | undefined>(
    (most, trace) => (!most || tookMs(trace) > tookMs(most) ? trace : most),
    undefined,
  );
}
