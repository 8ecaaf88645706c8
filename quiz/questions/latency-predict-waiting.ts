/** Runs: queues, and what percentiles say of them. */
import type { QuestionInput } from '../format.ts';

const set = (path: string, value: unknown) => ({ path, value });

export const latencyPredictWaiting: QuestionInput[] = [
  {
    id: 'latency-predict-queue-for-each',
    kind: 'predict',
    objective: 'queueing',
    difficulty: 2,
    source: 'queueing',
    question:
      'Ten workers share one queue. Now each gets a queue of its own, and requests are dealt out at random. What becomes of the mean response?',
    given: [
      ['Requests', '8 a second, at random'],
      ['A request', '1 s of work on average, now shorter, now longer'],
      ['Workers', '80 % busy, before and after'],
    ],
    runs: [
      { title: 'one queue', scenario: 'mmc', overrides: [set('durationS', 2500), set('warmupS', 0)] },
      {
        title: 'ten queues',
        scenario: 'mmc',
        overrides: [
          set('durationS', 2500),
          set('warmupS', 0),
          set('stations.desk.servers', 1),
          set('stations.desk.replicas', { count: 10, kind: 'random' }),
        ],
      },
    ],
    measure: { figure: 'meanMs', of: 'ratio', unit: 'times as long' },
    options: [
      {
        text: 'It stays: workers are as busy as before.',
        below: 1.3,
        feedback:
          'Busy is not all. With ten queues a worker can be idle while requests wait at another, which one queue never allows.',
      },
      {
        text: 'Half as long again.',
        from: 1.3,
        below: 2.4,
        feedback:
          'A lone worker at 80 % has a response of 1 / (1 − 0.8) times the work. With ten at one queue hardly more than the work itself is left.',
      },
      {
        text: 'About four times as long.',
        from: 2.4,
        below: 7,
        feedback:
          'Ten together are all busy for two arrivals in five only, and then one of them is free within a tenth of a second. Alone, four in five must wait, for as long as a whole request or several take.',
      },
      {
        text: 'Ten times as long, as each is one of ten.',
        from: 7,
        feedback: 'Each queue has a tenth of the workers, and a tenth of the requests, too.',
      },
    ],
  },
  {
    id: 'latency-predict-freeze',
    kind: 'predict',
    objective: 'percentiles',
    difficulty: 2,
    source: 'percentiles',
    question:
      'Once in five minutes a service stands still for 6 s, and then works off what has come. Requests come by the clock all the time, and each is timed from when it was due. What is the p99 of the five minutes?',
    given: [
      ['Requests', '100 a second'],
      ['A request', 'about 5 ms'],
      ['The service can do', '2,000 a second'],
    ],
    runs: [
      {
        title: 'with the stop',
        scenario: 'mmc',
        overrides: [
          set('durationS', 300),
          set('warmupS', 0),
          set('load.ratePerS', 100),
          set('stations.desk.service', { law: 'exponential', meanMs: 5 }),
          set('events', [
            { at: 100, label: 'Stands still', kind: 'fault', set: { 'stations.desk.servers': 0 } },
            { at: 106, label: 'Goes on', kind: 'relief', set: { 'stations.desk.servers': 10 } },
          ]),
        ],
      },
    ],
    measure: { figure: 'p99Ms', of: 'value', unit: 'ms' },
    options: [
      {
        text: 'Below 50 ms: for 98 % of the time all is well.',
        below: 50,
        feedback:
          'So it would be for p95. Two requests in a hundred came during the stop, and p99 lies in the midst of them.',
      },
      {
        text: 'Some 100 ms: 2 % of the 6 s.',
        from: 50,
        below: 1500,
        feedback:
          'That is how a mean sees it, where 6 s are spread over all. A percentile asks how long one certain request took.',
      },
      {
        text: 'Some 3 s: half of the stop.',
        from: 1500,
        below: 4500,
        feedback:
          'The slowest 2 % are those of the stop, with waits from 6 s down to nothing. The slowest 1 % are its first half, so p99 is the wait of who came in the middle.',
      },
      {
        text: 'Some 6 s: the whole stop.',
        from: 4500,
        feedback: 'Only the first who met it waited for 6 s. That is the maximum, and p99 is not.',
      },
    ],
  },
  {
    id: 'latency-predict-newest-first',
    kind: 'predict',
    objective: 'percentiles',
    difficulty: 3,
    source: 'percentiles',
    question:
      'A burst leaves a queue in which everybody then waits for half a minute. After it the queue is served newest first, as long as it stands, and the median of the seven minutes falls below a second. And their p95?',
    given: [
      ['Requests', 'some 17,000'],
      ['Left waiting by the burst', 'some 1,400'],
      ['To spare after it', '3 calls a second'],
      ['Callers', 'leave after a minute, and count as that minute'],
    ],
    runs: [
      {
        title: 'newest first',
        scenario: 'standing-queue',
        pulls: [{ atS: 90, lever: 'queueOrder', value: 'adaptive-lifo' }],
      },
    ],
    measure: { figure: 'p95Ms', of: 'value', unit: 'ms' },
    options: [
      {
        text: 'Below 5 s: it falls with the median.',
        below: 5000,
        feedback:
          'The same work is done by the same pool, only for others. What the newest do not wait the oldest wait instead.',
      },
      {
        text: '10 to 40 s: the waits are only dealt out anew.',
        from: 5000,
        below: 45_000,
        feedback:
          'They are dealt out more unevenly: nearly none for most, and for those from the burst there is no end of them.',
      },
      {
        text: 'A minute: as long as callers stay.',
        from: 45_000,
        feedback:
          'Those of the burst stay at the bottom while new ones come, and with three calls a second to spare few are served within their minute. They are more than one in twenty, so p95 is one of them: a good median may stand on the backs of a few.',
      },
    ],
  },
];
