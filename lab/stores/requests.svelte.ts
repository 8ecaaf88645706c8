import { parse } from '../../engine/core/schema.ts';
import { wallClock } from '../../engine/live/clock.ts';
import * as v from 'valibot';
import { EmbedderStore } from './embedder.svelte.ts';
import { get, promptsOf, timingsOf } from './requests-browser.ts';
import type { Timing } from './requests-figures.ts';
import {
  arrivals,
  batchPlanSchema,
  fetchPlanSchema,
  type Arrival,
  type BatchPlan,
  type FetchPlan,
} from './requests-plan.ts';
import { runBatches, runFetches, type BatchRun, type FetchRun } from './requests-run.ts';

export interface BatchResult {
  plan: BatchPlan;
  came: readonly Arrival[];
  /** The same requests at the same times, each in a call of its own, and gathered. */
  alone: BatchRun;
  batched: BatchRun;
}

export interface FetchResult {
  plan: FetchPlan;
  came: readonly Arrival[];
  run: FetchRun;
  /** By the place of the request; times count from the start of the run. */
  timings: ReadonlyMap<number, Timing>;
}

/** The page about real requests: batches to the encoder's worker, and fetches to this site through a pool. */
export class RequestsStore {
  batchPlan = $state.raw<BatchPlan>(v.parse(batchPlanSchema, {}));
  fetchPlan = $state.raw<FetchPlan>(v.parse(fetchPlanSchema, {}));
  batches = $state.raw<BatchResult>();
  fetches = $state.raw<FetchResult>();
  running = $state<'' | 'alone' | 'batched' | 'fetches'>('');
  progress = $state(0);
  failure = $state('');
  readonly embedder = new EmbedderStore();

  private controller = new AbortController();
  private runs = 0;
  private readonly clock = wallClock();

  /** @throws InputError naming what is wrong; nothing is changed then. */
  setBatch(change: Partial<Record<keyof BatchPlan, unknown>>): void {
    this.batchPlan = parse(batchPlanSchema, { ...this.batchPlan, ...change }, 'plan');
  }
  setFetch(change: Partial<Record<keyof FetchPlan, unknown>>): void {
    this.fetchPlan = parse(fetchPlanSchema, { ...this.fetchPlan, ...change }, 'plan');
  }

  async runBatches(): Promise<void> {
    const plan = this.batchPlan;
    const came = arrivals(plan);
    const texts = promptsOf(plan.requests);
    await this.doing('alone', async (signal) => {
      if (!this.embedder.ready) await this.embedder.load();
      if (!this.embedder.ready)
        throw new Error('The encoder could not be loaded, so there is nothing to send batches to.');
      const service = (prompts: readonly string[]) => this.embedder.embedMany(prompts);
      // The first call of all pays for what is compiled then.
      await service([texts[0]]);
      const run = (how: BatchPlan) => {
        this.progress = 0;
        const tell = (done: number) => (this.progress = done / came.length);
        return runBatches(how, came, (key) => texts[key], service, { clock: this.clock, signal, tell });
      };
      const alone = await run({ ...plan, size: 1, fault: 'none' });
      this.running = 'batched';
      const batched = await run(plan);
      this.batches = { plan, came, alone, batched };
    });
  }

  async runFetches(): Promise<void> {
    const plan = this.fetchPlan;
    const came = arrivals(plan);
    const tag = `surge-${Date.now()}-${++this.runs}`;
    await this.doing('fetches', async (signal) => {
      performance.clearResourceTimings();
      performance.setResourceTimingBufferSize(1000);
      const startMs = performance.now();
      const run = await runFetches(
        plan,
        came,
        location.host,
        (place, inner) => get(`${tag}-${place}`, inner),
        {
          clock: this.clock,
          signal,
          tell: (done) => (this.progress = done / came.length),
        },
      );
      const timings = await timingsOf(tag, startMs, run.sent.size);
      if (run.asked.every(({ error }) => error !== '')) throw new Error(run.asked[0].error);
      this.fetches = { plan, came, run, timings };
    });
  }

  cancel(): void {
    this.controller.abort(new DOMException('Cancelled.', 'AbortError'));
  }

  private async doing(what: 'alone' | 'fetches', how: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.running) return;
    this.controller = new AbortController();
    const { signal } = this.controller;
    this.failure = '';
    this.progress = 0;
    this.running = what;
    try {
      await how(signal);
    } catch (error) {
      if (!signal.aborted) this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      this.running = '';
    }
  }
}

let store: RequestsStore | undefined;
export const requestsStore = (): RequestsStore => (store ??= new RequestsStore());
