import { connectionPoolSettings } from '../../engine/latency/connection-pool-settings.ts';
import type { ConnectionPoolStats } from '../../engine/latency/connection-pool-stats.ts';
import type { BatchAnswers } from '../../engine/latency/batcher.ts';
import { LiveBatcher } from '../../engine/live/batch-driver.ts';
import type { Clock } from '../../engine/live/clock.ts';
import { permits } from '../../engine/live/connection-port.ts';
import { LivePool } from '../../engine/live/pool-driver.ts';
import { SharedCalls } from '../../engine/live/shared-calls.ts';
import type { Arrival, BatchPlan, FetchPlan } from './requests-plan.ts';

/** Times from the start of the run. */
export interface Asked {
  readonly place: number;
  readonly key: number;
  readonly askedMs: number;
  readonly endedMs: number;
  /** Empty when it was answered. */
  readonly error: string;
}

export interface Call {
  readonly items: number;
  readonly individually: boolean;
  readonly startMs: number;
  readonly endMs: number;
}

export interface BatchRun {
  asked: Asked[];
  calls: Call[];
  /** Asked for, and joined to an equal one under way. */
  joined: number;
  missing: number;
  individually: number;
  meanBatch: number;
  /** That items waited to be gathered. */
  meanWaitMs: number;
  wallMs: number;
}

export interface FetchRun {
  asked: Asked[];
  /** Of each request that was sent, by its place: when it had its permit, and when it was over. */
  sent: Map<number, { permitMs: number; waitedMs: number; endMs: number }>;
  joined: number;
  stats: ConnectionPoolStats;
  wallMs: number;
}

interface Hands {
  clock: Clock;
  signal: AbortSignal;
  /** How many are over. */
  tell?: (done: number) => void;
}

/**
 * Asks as the plan says, through a live batcher, and through shared calls where equal requests are to be joined.
 * @param service the model: one result for each text, in order.
 * @throws the signal's reason (as a rejection) when it aborts.
 */
export async function runBatches(
  plan: BatchPlan,
  came: readonly Arrival[],
  textOf: (key: number) => string,
  service: (texts: readonly string[]) => Promise<readonly unknown[]>,
  hands: Hands,
): Promise<BatchRun> {
  const startMs = hands.clock.now();
  const now = (): number => hands.clock.now() - startMs;
  const calls: Call[] = [];
  const batcher = new LiveBatcher<string, unknown>({
    settings: { on: plan.size > 1, size: plan.size, windowMs: plan.windowMs },
    clock: hands.clock,
    call: async ({ values, individually }) => {
      const sentMs = now();
      try {
        if (plan.fault === 'fails' && !individually)
          throw new Error('the batch failed, as this page was told');
        return faulty(await service(values), plan, individually);
      } finally {
        calls.push({ items: values.length, individually, startMs: sentMs, endMs: now() });
      }
    },
  });
  const shared = new SharedCalls<unknown>();
  try {
    const asked = await askAll(came, hands, startMs, (place, signal) => {
      const text = textOf(came[place].key);
      return plan.coalesce
        ? shared.ask(text, (inner) => batcher.ask('encoder', text, inner), signal)
        : batcher.ask('encoder', text, signal);
    });
    const { batches, items, waitedMs } = batcher.batcher.counts;
    return {
      asked,
      calls,
      joined: shared.counts.joined,
      missing: batcher.counts.missing,
      individually: batcher.counts.individually,
      meanBatch: batches > 0 ? items / batches : 0,
      meanWaitMs: items > 0 ? waitedMs / items : 0,
      wallMs: now(),
    };
  } finally {
    batcher.close();
  }
}

/** A batch with one answer too few, which says nothing of which one it is. */
function faulty(
  results: readonly unknown[],
  { fault }: BatchPlan,
  individually: boolean,
): BatchAnswers<unknown> {
  const inOrder = results.map((value) => ({ value }));
  return { inOrder: fault === 'short' && !individually && inOrder.length > 1 ? inOrder.slice(1) : inOrder };
}

/**
 * Sends as the plan says, each with a permit of a live pool.
 * @param send one real request, by its place.
 */
export async function runFetches(
  plan: FetchPlan,
  came: readonly Arrival[],
  host: string,
  send: (place: number, signal: AbortSignal) => Promise<unknown>,
  hands: Hands,
): Promise<FetchRun> {
  const startMs = hands.clock.now();
  const now = (): number => hands.clock.now() - startMs;
  const { maxTotal, maxPerHost } = plan;
  const pool = new LivePool({
    settings: connectionPoolSettings({
      maxTotal,
      maxPerHost,
      maxWaiting: null,
      // These are real, and the browser's.
      handshake: { dnsMs: 0, tcpMs: 0, tlsMs: 0 },
    }),
    port: permits,
    clock: hands.clock,
  });
  const shared = new SharedCalls<unknown>();
  const sent: FetchRun['sent'] = new Map();
  const one = (place: number, signal: AbortSignal): Promise<unknown> =>
    pool.use(
      host,
      async ({ waitedMs }) => {
        const permitMs = now();
        try {
          return await send(place, signal);
        } finally {
          sent.set(place, { permitMs, waitedMs, endMs: now() });
        }
      },
      { signal },
    );
  try {
    const asked = await askAll(came, hands, startMs, (place, signal) =>
      plan.coalesce
        ? shared.ask(String(came[place].key), (inner) => one(place, inner), signal)
        : one(place, signal),
    );
    return { asked, sent, joined: shared.counts.joined, stats: pool.pool.stats, wallMs: now() };
  } finally {
    pool.close();
  }
}

/** Asks at the times of the arrivals, whether or not the ones before are answered. */
async function askAll(
  came: readonly Arrival[],
  { clock, signal, tell }: Hands,
  startMs: number,
  ask: (place: number, signal: AbortSignal) => Promise<unknown>,
): Promise<Asked[]> {
  const asked: Promise<Asked>[] = [];
  let done = 0;
  for (const [place, { atMs, key }] of came.entries()) {
    await until(clock, startMs + atMs, signal);
    const askedMs = clock.now() - startMs;
    const over = (error: string): Asked => {
      tell?.(++done);
      return { place, key, askedMs, endedMs: clock.now() - startMs, error };
    };
    const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));
    asked.push(
      ask(place, signal).then(
        () => over(''),
        (error: unknown) => over(words(error)),
      ),
    );
  }
  const all = await Promise.all(asked);
  signal.throwIfAborted();
  return all;
}

function until(clock: Clock, atMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    if (clock.now() >= atMs) return resolve();
    const leave = (): void => {
      cancel();
      reject(signal.reason as Error);
    };
    const cancel = clock.at(atMs, () => {
      signal.removeEventListener('abort', leave);
      resolve();
    });
    signal.addEventListener('abort', leave, { once: true });
  });
}
