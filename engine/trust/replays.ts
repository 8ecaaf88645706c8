/** Replays against misses that others have counted, to the last one. */
import { Replay, type ReplayPolicy } from '../cache/replay/replay.ts';
import type { Trace } from '../cache/replay/trace.ts';
import { generateTrace } from '../cache/workloads/catalogue.ts';
import { resultOf, type Check, type CheckPoint, type CheckRun } from './check.ts';
import { PUBLISHED_TRACES, type PublishedTrace } from './published-misses.ts';

/** Requests between two yields. */
const STRETCH = 200_000;

/** The published trace that this one is, judged by its counts; undefined when it is none of them. */
export const publishedOf = ({ requests, unique }: Pick<Trace, 'requests' | 'unique'>) =>
  PUBLISHED_TRACES.find((one) => one.requests === requests && one.unique === unique);

/** Every published policy and capacity over a trace; the misses must be equal. */
export function* replayPublished(trace: Trace, { capacities, misses }: PublishedTrace): CheckRun {
  const policies = Object.keys(misses) as ReplayPolicy[];
  const all = policies.flatMap((policy) => capacities.map((entries, c) => ({ policy, entries, c })));
  const points: CheckPoint[] = [];
  for (const { policy, entries, c } of all) {
    const replay = new Replay(trace, policy, { entries });
    while (!replay.done) {
      replay.advance(STRETCH);
      yield (points.length + replay.replayed / trace.requests) / all.length;
    }
    const expected = misses[policy]![c]!;
    const measured = replay.result().misses;
    const at = { series: policy, label: `${policy}, ${entries} entries`, x: entries };
    points.push({ ...at, expected, measured, halfWidth: 0, slack: 0, holds: expected === measured });
  }
  return resultOf(points);
}

const theLoop = PUBLISHED_TRACES.find(({ name }) => name === 'lirs-loop')!;

/** The one published trace that needs no file: the same keys in the same order, 500 times. */
export const loopCheck: Check = {
  id: 'loop',
  group: 'caches',
  title: 'A loop that is larger than the cache',
  says: 'The same 1,011 keys in the same order, 500 times. Seven policies never hit, S3-FIFO begins to at nine tenths, and the best possible is known. Every count must be equal.',
  source: `The trace loop of ${theLoop.source.split(' ')[0]}, made anew; misses by two independent simulators`,
  x: { title: 'Entries', unit: '' },
  y: { title: 'Misses', unit: '' },
  *run() {
    const { requests, unique } = theLoop;
    const trace = generateTrace({ name: 'loop', seed: 1, values: { requests, keys: unique } });
    return yield* replayPublished(trace, theLoop);
  },
};
