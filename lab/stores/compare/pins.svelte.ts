/** Runs that are pinned for the session, and those that were computed again from their addresses. */
import { proxy, wrap } from 'comlink';
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
import { keepPins, keptPins } from './pins-kept.ts';

export interface Computed {
  state: 'running' | 'done' | 'failed' | 'stopped';
  /** How much of a run under way is done, 0 to 1. */
  share: number;
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

export interface Watch {
  onShare: (share: number) => unknown;
  /** Ends the run. What was promised stays open then: nobody waits for it. */
  signal: AbortSignal;
}
/** A run in a worker of its own, which ends with it. */
export type Compute = (request: RunRequest, watch: Watch) => Promise<ComparedRun>;

const computeInWorker: Compute = (request, { onShare, signal }) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../../../engine/runner/compare-worker.ts', import.meta.url), {
      type: 'module',
    });
    const end = (settle: () => void): void => {
      worker.terminate();
      settle();
    };
    signal.addEventListener('abort', () => worker.terminate());
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      end(() => reject(new Error(event.message || 'The worker could not be loaded. Reload the page.')));
    });
    wrap<CompareWorker>(worker)
      .run(request, proxy(onShare))
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
  pins = $state.raw<readonly Pin[]>(keptPins());
  /** By query. */
  readonly computed = new SvelteMap<string, Computed>();
  /** Where the page was left; at first, the pinned. */
  address = $state.raw<CompareAddress>({
    ...EMPTY,
    runs: this.pins.map(({ query }) => query).slice(-MOST_RUNS),
  });
  /** Of the runs under way, by query. */
  private readonly stopping: Partial<Record<string, AbortController>> = {};

  constructor(private readonly compute: Compute = computeInWorker) {}

  /** Pins a run, and puts it among those that are compared as long as there is room. */
  pin(pin: Pin): void {
    this.pins = [...this.pins.map((one) => ({ ...one, ghost: false })), pin].filter(
      (one, i, all) => all.findLastIndex(({ query }) => query === one.query) === i,
    );
    keepPins(this.pins);
    const { runs } = this.address;
    if (!runs.includes(pin.query))
      this.address = { ...this.address, runs: [...runs, pin.query].slice(-MOST_RUNS) };
    this.ask(pin.query);
  }

  unpin(query: string): void {
    this.pins = this.pins.filter((pin) => pin.query !== query);
    keepPins(this.pins);
    this.address = { ...this.address, runs: this.address.runs.filter((one) => one !== query) };
  }

  /** Draws this pin behind the lab's lines, or none. */
  haunt(query: string | undefined): void {
    this.pins = this.pins.map((pin) => ({ ...pin, ghost: pin.query === query }));
    keepPins(this.pins);
    if (query !== undefined) this.ask(query);
  }

  pinsOf(scenario: string): readonly Pin[] {
    return this.pins.filter((pin) => pin.scenario === scenario);
  }

  /** What is drawn behind a run of this scenario. */
  ghostsOf(scenario: string): readonly Ghost[] {
    return this.pinsOf(scenario).flatMap(({ ghost, query }) => {
      const readings = ghost ? this.computed.get(query)?.readings : undefined;
      return readings ? [{ name: 'pinned', readings }] : [];
    });
  }

  /** Computes the run unless it is there or under way. One that failed or was stopped is tried again. */
  ask(query: string): void {
    const state = this.computed.get(query)?.state;
    if (state !== 'running' && state !== 'done') void this.go(query);
  }

  /** Ends a run that is under way. */
  stop(query: string): void {
    const known = this.computed.get(query);
    if (known?.state !== 'running') return;
    this.stopping[query]?.abort();
    this.computed.set(query, { state: 'stopped', share: known.share });
  }

  private async go(query: string): Promise<void> {
    const stopping = new AbortController();
    this.stopping[query] = stopping;
    const note = (computed: Computed): void => {
      if (!stopping.signal.aborted) this.computed.set(query, computed);
    };
    note({ state: 'running', share: 0 });
    try {
      const request = await requestOf(readRunAddress(new URLSearchParams(query)));
      const run = await this.compute(request, {
        // What is told goes another way than the answer, and may come after it.
        onShare: (share) =>
          this.computed.get(query)?.state === 'running' && note({ state: 'running', share }),
        signal: stopping.signal,
      });
      note({ state: 'done', share: 1, run, readings: readingsOf(run) });
    } catch (error) {
      note({ state: 'failed', share: 0, message: error instanceof Error ? error.message : String(error) });
    }
  }
}

let store: PinStore | undefined;
/** One for the visit: it holds while other pages are open. */
export const pins = (): PinStore => (store ??= new PinStore());
