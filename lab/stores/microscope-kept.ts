import type { TraceRequest } from '../../engine/runner/trace-protocol.ts';
import type { TraceWindow } from '../../engine/simulation/request-trace.ts';

/** Stretches that are kept, so that the way back to one is short. */
const MOST = 8;

/** The last stretches that were traced. */
export class KeptStretches {
  private readonly windows = new Map<string, TraceWindow>();

  /** Undefined also when the run has gone on since and some of its requests had not ended. */
  find(request: TraceRequest): TraceWindow | undefined {
    const window = this.windows.get(keyOf(request));
    if (!window) return undefined;
    const settled = window.traces.every((trace) => trace.endedAtMs !== null);
    return settled || window.untilMs >= request.reachedS * 1000 ? window : undefined;
  }

  keep(request: TraceRequest, window: TraceWindow): void {
    const key = keyOf(request);
    this.windows.delete(key);
    this.windows.set(key, window);
    if (this.windows.size > MOST) this.windows.delete(this.windows.keys().next().value!);
  }
}

/** What the requests of a stretch depend on, and where it is. */
function keyOf({ run: { scenario, seed, overrides = [], pulls = [] }, fromS, toS }: TraceRequest): string {
  return JSON.stringify([scenario, seed, overrides, pulls, fromS, toS]);
}
