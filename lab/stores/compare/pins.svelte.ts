/** Runs that are pinned for the session, and those that were computed again from their addresses. */
import { wrap } from 'comlink';
import { SvelteMap } from 'svelte/reactivity';
import type { ComparedRun } from '../../../engine/runner/compare-run.ts';
import type { CompareWorker } from '../../../engine/runner/compare-worker.ts';
import type { RunRequest } from '../../../engine/runner/protocol.ts';
import type { Ghost } from '../../charts/definition.ts';
import { Readings, type Reading } from '../../charts/reading.ts';
import { readRunAddress } from '../run-address.ts';
import { requestOf } from '../run-address-open.ts';
import { Series } from '../series.ts';
import { EMPTY, MOST_RUNS, type CompareAddress } from './address.ts';

export interface Computed {
  state: 'running' | 'done' | 'failed';
  run?: ComparedRun;
  readings?: readonly Reading[];
  message?: string;
}

export interface Pin {
  /** The query that opens the run, without the question mark. */
  query: string;
  scenario: string;
  seed: number;
  /** Whether its lines are drawn behind those of the lab. */
  ghost: boolean;
  /** What the run came to when it was pinned; undefined when it had not ended. */
  fingerprint?: string;
}

/** A run in a worker of its own, which ends with it. */
export type Compute = (request: RunRequest) => Promise<ComparedRun>;

const computeInWorker: Compute = (request) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../../../engine/runner/compare-worker.ts', import.meta.url), {
      type: 'module',
    });
    const end = (settle: () => void): void => {
      worker.terminate();
      settle();
    };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      end(() => reject(new Error(event.message || 'The worker could not be loaded. Reload the page.')));
    });
    wrap<CompareWorker>(worker)
      .run(request)
      .then(
        (run) => end(() => resolve(run)),
        (error: unknown) => end(() => reject(error instanceof Error ? error : new Error(String(error)))),
      );
  });

/** Readings that a ghost line has at most. */
const MOST_READINGS = 400;

function readingsOf(run: ComparedRun): readonly Reading[] {
  const series = new Series(run.columns, run.intervalS);
  series.append(0, run.rows, run.series);
  const readings = new Readings();
  const window = { fromS: 0, toS: run.scenario.durationS };
  readings.update(series, run.scenario, window, MOST_READINGS, { ended: true });
  return readings.all;
}

export class PinStore {
  pins = $state.raw<readonly Pin[]>([]);
  /** By query. */
  readonly computed = new SvelteMap<string, Computed>();
  /** Where the page was left. */
  address = $state.raw<CompareAddress>(EMPTY);

  constructor(private readonly compute: Compute = computeInWorker) {}

  /** Pins a run, and puts it among those that are compared as long as there is room. */
  pin(pin: Pin): void {
    this.pins = [...this.pins.map((one) => ({ ...one, ghost: false })), pin].filter(
      (one, i, all) => all.findLastIndex(({ query }) => query === one.query) === i,
    );
    const { runs } = this.address;
    if (!runs.includes(pin.query))
      this.address = { ...this.address, runs: [...runs, pin.query].slice(-MOST_RUNS) };
    this.ask(pin.query);
  }

  unpin(query: string): void {
    this.pins = this.pins.filter((pin) => pin.query !== query);
    this.address = { ...this.address, runs: this.address.runs.filter((one) => one !== query) };
  }

  /** Draws this pin behind the lab's lines, or none. */
  haunt(query: string | undefined): void {
    this.pins = this.pins.map((pin) => ({ ...pin, ghost: pin.query === query }));
  }

  pinsOf(scenario: string): readonly Pin[] {
    return this.pins.filter((pin) => pin.scenario === scenario);
  }

  /** What is drawn behind a run of this scenario. */
  ghostsOf(scenario: string): readonly Ghost[] {
    return this.pinsOf(scenario).flatMap(({ ghost, query, seed }) => {
      const readings = ghost ? this.computed.get(query)?.readings : undefined;
      return readings ? [{ name: `pinned, seed ${seed}`, readings }] : [];
    });
  }

  /** Computes the run unless it is there or under way. One that failed is tried again. */
  ask(query: string): void {
    const state = this.computed.get(query)?.state;
    if (state === undefined || state === 'failed') void this.go(query);
  }

  private async go(query: string): Promise<void> {
    this.note(query, { state: 'running' });
    try {
      const request = await requestOf(readRunAddress(new URLSearchParams(query)));
      const run = await this.compute(request);
      this.note(query, { state: 'done', run, readings: readingsOf(run) });
    } catch (error) {
      this.note(query, { state: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  private note(query: string, computed: Computed): void {
    this.computed.set(query, computed);
  }
}

let store: PinStore | undefined;
/** One for the visit: it holds while other pages are open. */
export const pins = (): PinStore => (store ??= new PinStore());
