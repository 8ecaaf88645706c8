import * as Comlink from 'comlink';
import type { Outcome } from '../../engine/tuning/outcome.ts';
import type { TrialRequest } from '../../engine/tuning/trial.ts';
import type { FigureData, KnobValues } from './format.ts';
import type { FigureWorker } from './figure-worker.ts';

const NOT_LOADED =
  'The figure’s program could not be loaded. See whether the server still runs, then try again.';

type Remote = Comlink.Remote<FigureWorker>;

/** One worker for all figures of the page; started when it is first asked, and anew after it died. */
let started: { remote: Remote; died: Promise<never>; worker: Worker } | undefined;

function connection() {
  if (started) return started;
  const worker = new Worker(new URL('./figure-worker.ts', import.meta.url), { type: 'module' });
  const died = new Promise<never>((_, reject) =>
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      worker.terminate();
      started = undefined;
      reject(new Error(event.message ? `The figure stopped: ${event.message}` : NOT_LOADED));
    }),
  );
  // Nobody may be waiting when it dies.
  died.catch(() => {});
  return (started = { remote: Comlink.wrap<FigureWorker>(worker), died, worker });
}

async function ask<T>(question: (remote: Remote) => Promise<T>): Promise<T> {
  const { remote, died } = connection();
  return Promise.race([question(remote), died]);
}

/** What runs come to, in the worker. */
export const outcomesOf = (requests: TrialRequest[]): Promise<Outcome[]> =>
  ask((remote) => remote.outcomes(requests));

export type Compute = (section: string, knobs: KnobValues) => Promise<FigureData>;
const compute: Compute = (section, knobs) => ask((remote) => remote.compute(section, knobs));

/** A figure as the page has it: the newest of what was asked, and the picture that is shown until it comes. */
export class FigureReader {
  data = $state.raw<FigureData>() as FigureData;
  /** Where the knobs stand; the picture may be a moment behind. */
  knobs = $state.raw<KnobValues>({});
  busy = $state(false);
  failure = $state<string | undefined>();
  /** True once the picture was computed on this page. */
  live = $state(false);
  private wanted: KnobValues | undefined;

  constructor(
    private readonly section: string,
    still: FigureData,
    private readonly compute_: Compute = compute,
  ) {
    this.data = still;
    this.knobs = still.knobs;
  }

  turn(name: string, value: number): void {
    this.knobs = { ...this.knobs, [name]: value };
    void this.read();
  }

  set(knobs: KnobValues): void {
    this.knobs = knobs;
    void this.read();
  }

  /** Computes for the knobs as they stand. What was asked meanwhile is computed next, and only the newest of it. */
  async read(): Promise<void> {
    this.wanted = this.knobs;
    if (this.busy) return;
    this.busy = true;
    this.failure = undefined;
    try {
      while (this.wanted) {
        const knobs: KnobValues = this.wanted;
        this.wanted = undefined;
        this.data = await this.compute_(this.section, knobs);
        this.live = true;
      }
    } catch (error) {
      this.wanted = undefined;
      this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      this.busy = false;
    }
  }
}
