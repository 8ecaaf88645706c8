import { InputError } from '../core/errors.ts';
import { outcomeOf } from '../tuning/outcome.ts';
import { openTrial, type TrialRequest } from '../tuning/trial.ts';
import type { Wall } from './session.ts';
import type { TrialReply, TrialWorker } from './trial-protocol.ts';

/** Longest stretch of work between two looks at the messages. */
const SLICE_MS = 20;
/** A step of work is made longer or shorter until it takes about this. */
const STEP_MS = 4;
/** Simulated; below it a step does next to nothing, however slow the machine is at the moment. */
const LEAST_STEP_MS = 16;

/**
 * Makes runs to their end, in slices, and answers with what they come to. It knows nothing of workers; trial-worker.ts exposes
 * it, and a program without threads uses it as it is.
 */
export class TrialSession implements TrialWorker {
  private onProgress: (share: number) => unknown = () => undefined;
  /** Counts up with each `run` and `stop`; a run that is no longer wanted ends by it. */
  private turn = 0;
  /** Also over several short runs: whoever shares the thread gets a turn. */
  private sliceEndsMs = 0;

  constructor(private readonly wall: Pick<Wall, 'nowMs' | 'yield'>) {}

  async watch(onProgress: (share: number) => unknown): Promise<void> {
    this.onProgress = onProgress;
  }

  async run(request: TrialRequest): Promise<TrialReply> {
    const turn = ++this.turn;
    try {
      const simulation = openTrial(request);
      let stepMs = 1000;
      while (!simulation.done) {
        if (this.wall.nowMs() >= this.sliceEndsMs) {
          this.onProgress(simulation.nowMs / simulation.durationMs);
          await this.wall.yield();
          if (turn !== this.turn) return { failure: { message: 'stopped' } };
          this.sliceEndsMs = this.wall.nowMs() + SLICE_MS;
        }
        const beganMs = this.wall.nowMs();
        simulation.advanceTo(simulation.nowMs + stepMs);
        const tookMs = this.wall.nowMs() - beganMs;
        if (tookMs < STEP_MS / 2) stepMs *= 2;
        else if (tookMs > STEP_MS * 2 && stepMs > LEAST_STEP_MS) stepMs /= 2;
      }
      return { outcome: outcomeOf(simulation, request.figures) };
    } catch (error) {
      return {
        failure: {
          message: error instanceof Error ? error.message : String(error),
          ...(error instanceof InputError ? { place: error.place } : {}),
        },
      };
    }
  }

  async stop(): Promise<void> {
    this.turn++;
  }
}
