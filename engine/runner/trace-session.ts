import { InputError } from '../core/errors.ts';
import { scenarioByName } from '../scenarios/catalogue.ts';
import { RequestTracer } from '../simulation/request-trace-recorder.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { Wall } from './session.ts';
import type { TraceProgress, TraceReply, TraceRequest, TraceWorker } from './trace-protocol.ts';

/** Longest stretch of work between two looks at the messages. */
const SLICE_MS = 20;
/** A step of work is made longer or shorter until it takes about this. */
const STEP_MS = 4;
/** Simulated: a step is not shorter, and after the stretch always this long, so that a trace does not depend on the machine. */
const LEAST_STEP_MS = 250;
/** Simulated time after the stretch in which its requests may still end. */
const AFTER_S = 600;

/**
 * Simulates a run once more with a tracer, as fast as possible. It knows nothing of workers; trace-worker.ts exposes it, and a program
 * without threads uses it as it is.
 */
export class TraceSession implements TraceWorker {
  private onProgress: (progress: TraceProgress) => unknown = () => undefined;
  /** Counts up with each `trace` and `stop`; one that is no longer wanted ends by it. */
  private turn = 0;

  constructor(private readonly wall: Pick<Wall, 'nowMs' | 'yield'>) {}

  async watch(onProgress: (progress: TraceProgress) => unknown): Promise<void> {
    this.onProgress = onProgress;
  }

  async trace(request: TraceRequest): Promise<TraceReply> {
    const turn = ++this.turn;
    try {
      const { fromS, toS, most } = request;
      if (!(fromS >= 0 && toS > fromS))
        throw new InputError('stretch', 'an end after its beginning', `${fromS} to ${toS} s`);
      const tracer = new RequestTracer({ fromMs: fromS * 1000, toMs: toS * 1000, most });
      const simulation = open(request, tracer);
      const endMs = Math.min(simulation.durationMs, request.reachedS * 1000, (toS + AFTER_S) * 1000);
      let stepMs = 1000;
      let sliceEndsMs = this.wall.nowMs();
      while (simulation.nowMs < endMs && !tracer.isSettled) {
        const beganMs = this.wall.nowMs();
        if (beganMs >= sliceEndsMs) {
          this.onProgress({ nowS: simulation.nowMs / 1000, toS, found: tracer.found });
          await this.wall.yield();
          if (turn !== this.turn) return { kind: 'stopped' };
          sliceEndsMs = this.wall.nowMs() + SLICE_MS;
        }
        const isBefore = simulation.nowMs < toS * 1000;
        const boundMs = isBefore ? Math.min(endMs, toS * 1000) : endMs;
        simulation.advanceTo(Math.min(boundMs, simulation.nowMs + (isBefore ? stepMs : LEAST_STEP_MS)));
        const tookMs = this.wall.nowMs() - beganMs;
        if (tookMs < STEP_MS / 2) stepMs *= 2;
        else if (tookMs > STEP_MS * 2) stepMs = Math.max(LEAST_STEP_MS, stepMs / 2);
      }
      return { kind: 'window', window: tracer.result() };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', message, ...(error instanceof InputError ? { place: error.place } : {}) };
    }
  }

  async stop(): Promise<void> {
    this.turn++;
  }
}

function open({ run }: TraceRequest, tracer: RequestTracer): Simulation {
  const { scenario, seed, overrides = [], pulls = [] } = run;
  const data = typeof scenario === 'string' ? scenarioByName(scenario) : scenario;
  return new Simulation(data, seed, { overrides, pulls, tracer });
}
