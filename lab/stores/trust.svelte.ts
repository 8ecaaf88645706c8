import * as Comlink from 'comlink';
import type { CheckInfo, TraceCheck, TrustWorker } from '../../engine/runner/trust-protocol.ts';
import type { CheckResult } from '../../engine/trust/check.ts';

export type CheckPhase = 'idle' | 'waiting' | 'running' | 'done' | 'failed';

/** How one check stands. */
export interface CheckState {
  phase: CheckPhase;
  /** Share done, 0 to 1. */
  share: number;
  result?: CheckResult;
  /** Wall seconds that it took. */
  tookS?: number;
  message?: string;
}

/** What the store asks of a worker. */
export interface TrustHand {
  remote: Pick<TrustWorker, 'checks' | 'run' | 'replay'>;
  end(): void;
}
/** `failed` is called when the worker cannot be loaded or dies. */
export type HireTrust = (failed: (message: string) => void) => TrustHand;

export const hireTrust: HireTrust = (failed) => {
  const worker = new Worker(new URL('../../engine/runner/trust-worker.ts', import.meta.url), {
    type: 'module',
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    failed(
      event.message || 'The program of the checks could not be loaded. See whether the server still runs.',
    );
  });
  return { remote: Comlink.wrap<TrustWorker>(worker), end: () => worker.terminate() };
};

const IDLE: CheckState = { phase: 'idle', share: 0 };
/** Under this name the check of the reader's own trace stands. */
export const OWN_TRACE = 'own-trace';

/** The checks as the page sees them: a queue, worked off by a few workers that are hired when there is work and end with it. */
export class TrustStore {
  checks = $state.raw<readonly CheckInfo[]>([]);
  states = $state.raw<Readonly<Record<string, CheckState>>>({});
  /** The list itself could not be had. */
  failure = $state<string | undefined>();
  /** Which published trace the reader's file was. */
  trace = $state.raw<Omit<TraceCheck, 'result'> | undefined>();
  /** Said politely. */
  announcement = $state('');

  private queue: string[] = [];
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the page reads it
  private readonly hands = new Set<TrustHand>();
  /** Grows when everything is stopped: what comes of earlier work is nobody's. */
  private turn = 0;

  constructor(
    private readonly hire: HireTrust = hireTrust,
    private readonly workers = Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1)),
    private readonly nowMs = (): number => performance.now(),
  ) {}

  get busy(): boolean {
    return Object.values(this.states).some(({ phase }) => phase === 'running' || phase === 'waiting');
  }

  of(id: string): CheckState {
    return this.states[id] ?? IDLE;
  }

  /** Fetches the list of checks, once. */
  async load(): Promise<void> {
    if (this.checks.length > 0) return;
    this.failure = undefined;
    const hand = this.hire((message) => (this.failure = message));
    try {
      this.checks = await hand.remote.checks();
    } catch (error) {
      this.failure = words(error);
    } finally {
      hand.end();
    }
  }

  /** Adds checks to the queue; those under way are left as they are. */
  run(ids: readonly string[]): Promise<void> {
    const fresh = ids.filter((id) => !['running', 'waiting'].includes(this.of(id).phase));
    for (const id of fresh) this.put(id, { phase: 'waiting', share: 0 });
    this.queue.push(...fresh);
    const free = Math.min(this.workers - this.hands.size, this.queue.length);
    return Promise.all(Array.from({ length: Math.max(0, free) }, () => this.work())).then(() => {});
  }

  /** Replays a file of the reader, which must be one of the published traces. */
  async replay(file: File): Promise<void> {
    const { turn } = this;
    this.trace = undefined;
    await this.withHand(OWN_TRACE, async (hand, onProgress) => {
      const { result, ...trace } = await hand.remote.replay(file, onProgress);
      if (turn === this.turn) this.trace = trace;
      return result;
    });
  }

  /** Gives up what waits and what is under way. What is done stays. */
  stop(): void {
    this.turn++;
    this.queue = [];
    for (const hand of this.hands) hand.end();
    this.hands.clear();
    this.states = Object.fromEntries(
      Object.entries(this.states).filter(([, { phase }]) => phase === 'done' || phase === 'failed'),
    );
    this.announcement = 'Stopped.';
  }

  private async work(): Promise<void> {
    const { turn } = this;
    for (let id = this.queue.shift(); id !== undefined && turn === this.turn; id = this.queue.shift()) {
      const check = id;
      await this.withHand(check, (hand, onProgress) => hand.remote.run(check, onProgress));
    }
    if (turn === this.turn && !this.busy) this.announcement = this.sum();
  }

  private async withHand(
    id: string,
    work: (hand: TrustHand, onProgress: (share: number) => void) => Promise<CheckResult>,
  ): Promise<void> {
    const { turn } = this;
    const put = (state: CheckState) => turn === this.turn && this.put(id, state);
    put({ phase: 'running', share: 0 });
    let died: (message: string) => void = () => {};
    const death = new Promise<never>((_, reject) => (died = (message) => reject(new Error(message))));
    const hand = this.hire((message) => died(message));
    this.hands.add(hand);
    const beganMs = this.nowMs();
    // Progress comes through a channel of its own, and may come after the end.
    let ended = false;
    try {
      const onProgress = Comlink.proxy((share: number) => {
        if (!ended) put({ phase: 'running', share });
      });
      const result = await Promise.race([work(hand, onProgress), death]).finally(() => (ended = true));
      put({ phase: 'done', share: 1, result, tookS: (this.nowMs() - beganMs) / 1000 });
    } catch (error) {
      put({ phase: 'failed', share: 0, message: words(error) });
    } finally {
      hand.end();
      this.hands.delete(hand);
    }
  }

  private put(id: string, state: CheckState): void {
    this.states = { ...this.states, [id]: state };
  }

  private sum(): string {
    const done = Object.values(this.states).flatMap(({ result }) => result ?? []);
    const held = done.filter(({ holds }) => holds).length;
    return `${done.length} checks are done: ${held} hold, ${done.length - held} do not.`;
  }
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

let store: TrustStore | undefined;
/** One for the visit: it goes on while another page is open, and coming back finds what was measured. */
export const trust = (): TrustStore => (store ??= new TrustStore());
