import { expect, it } from 'vitest';
import { VirtualTime } from '../cache/flow/virtual-time.ts';
import { RandomStream } from '../core/random.ts';
import type { BatchAnswers } from '../latency/batcher.ts';
import { handWorked } from '../simulation/hand-worked.ts';
import { LiveBatcher } from './batch-driver.ts';
import { advance, virtualClock } from './testing/virtual-clock.ts';

const TIMEOUT_MS = 260.5;
const BATCH = { on: true, size: 5, windowMs: 100 };
const serviceMs = (items: number): number => 100 + 15 * items;

/** What was seen of one run: batches with their times, and how each request ended. */
interface Report {
  calls: string[];
  outcomes: string[];
  counts: object;
}

/** What the service made of a call, by its items; no two calls have the same ones. */
type Answers = Map<string, BatchAnswers<number>>;

/** Times with ten binary places are exact on both clocks, and hardly ever equal. */
function arrivals(): number[] {
  const random = new RandomStream(8, 'times');
  return Array.from({ length: 1500 }, () => Math.floor(random.uniform() * 60_000 * 1024) / 1024).sort(
    (a, b) => a - b,
  );
}

function simulated(times: number[], faults: object): { report: Report; answers: Answers } {
  const batch = { ...BATCH, perItem: { law: 'constant' as const, meanMs: 15 }, ...faults };
  const { simulation, outcomes } = handWorked(
    {
      path: ['desk'],
      stations: { desk: { servers: null, service: { law: 'constant', meanMs: 100 }, batch } },
      caller: { timeoutMs: TIMEOUT_MS },
    },
    times.map((ms) => [ms, 0]),
  );
  const { visits } = simulation.world as unknown as {
    visits: {
      guards: readonly { batch: object }[];
      batches: { send(guard: object, items: readonly number[], nowMs: number): void };
    };
  };
  const desk = visits.guards[0]!.batch as {
    batcher: { add(group: number, name: number, nowMs: number): unknown; counts: object };
    answers(items: readonly number[]): BatchAnswers<number>;
  };
  // The n-th to ask is the n-th item of the live side.
  const itemOf = new Map<number, number>();
  const add = desk.batcher.add.bind(desk.batcher);
  desk.batcher.add = (group, name, nowMs) => {
    itemOf.set(name, itemOf.size + 1);
    return add(group, name, nowMs);
  };
  const calls: string[] = [];
  const send = visits.batches.send.bind(visits.batches);
  visits.batches.send = (guard, items, nowMs) => {
    calls.push(`${nowMs} ${items.map((name) => itemOf.get(name)).join(' ')}`);
    send(guard, items, nowMs);
  };
  const answers: Answers = new Map();
  const draw = desk.answers.bind(desk);
  desk.answers = (items) => {
    const drawn = draw(items);
    const translated =
      'labelled' in drawn
        ? { labelled: drawn.labelled.map((one) => ({ ...one, item: itemOf.get(one.item)! })) }
        : drawn;
    answers.set(items.map((name) => itemOf.get(name)).join(' '), translated);
    return drawn;
  };
  simulation.run();
  const seen = outcomes.map(
    ({ atMs, latencyMs, by }) => `${atMs - latencyMs} ${by === 'failed' ? 'failed' : 'answered'} ${atMs}`,
  );
  return { report: { calls, outcomes: seen.sort(), counts: { ...desk.batcher.counts } }, answers };
}

async function live(times: number[], answers: Answers, labelled: boolean): Promise<Report> {
  const time = new VirtualTime();
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const calls: string[] = [];
  const outcomes: string[] = [];
  const batcher = new LiveBatcher<number, number>({
    settings: BATCH,
    clock: virtualClock(time),
    call: ({ items }) => {
      calls.push(`${time.nowMs} ${items.join(' ')}`);
      return new Promise((resolve) =>
        time.at(time.nowMs + serviceMs(items.length), () => resolve(answers.get(items.join(' '))!)),
      );
    },
    whenCountDiffers: labelled ? 'nobody' : 'prefix',
  });
  for (const atMs of times) {
    await advance(time, atMs, settle);
    const note = (how: string): void => void outcomes.push(`${atMs} ${how} ${time.nowMs}`);
    const caller = new AbortController();
    const alarm = time.at(atMs + TIMEOUT_MS, () => caller.abort());
    batcher
      .ask('desk', atMs, caller.signal)
      .then(
        () => note('answered'),
        () => note('failed'),
      )
      .finally(() => (alarm.cancelled = true));
  }
  await advance(time, 100_000, settle);
  return { calls, outcomes: outcomes.sort(), counts: { ...batcher.batcher.counts } };
}

it.each([
  ['labelled answers', { labelled: true, shortShare: 0.2, failedShare: 0.1, itemErrorShare: 0.1 }],
  ['answers in order', { labelled: false, shortShare: 0.3, whenCountDiffers: 'prefix' }],
])('the live batcher and the simulated one send the same batches and end alike: %s', async (_, faults) => {
  const times = arrivals();
  const { report, answers } = simulated(times, faults);
  const other = await live(times, answers, faults.labelled);
  expect(other.calls).toEqual(report.calls);
  expect(other).toEqual(report);

  // It would prove little if some of it never happened.
  const alone = report.calls.filter((text) => text.split(' ').length === 2).length;
  const failed = report.outcomes.filter((text) => text.includes('failed')).length;
  expect(report.outcomes).toHaveLength(1500);
  expect([alone > 20, failed > 20]).toEqual([true, true]);
});
