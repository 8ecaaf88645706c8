/** Runs: contexts in memory, and a search with too narrow a goal. */
import type { QuestionInput } from '../format.ts';

const set = (path: string, value: unknown) => ({ path, value });

export const latencyPredictMemoryTuning: QuestionInput[] = [
  {
    id: 'latency-predict-kept-for-longer',
    kind: 'predict',
    objective: 'context',
    difficulty: 2,
    source: 'context',
    question:
      'Agents keep a conversation for five minutes after its last request. Now they keep it for thirty, six times as long. What does that do to the live data in memory?',
    given: [
      ['Users', '8,000, who come back after 13 minutes on average'],
      ['Requests', '10 a second, by any of them'],
    ],
    runs: [300, 1800].map((keepS) => ({
      title: `kept ${keepS / 60} minutes`,
      scenario: 'memory-squeeze',
      untilS: 600,
      overrides: [
        set('load.ratePerS', 10),
        set('instances', 1),
        set('memory.users', 8000),
        set('memory.keepS', keepS),
        set('events', []),
      ],
    })),
    measure: { figure: 'memory.live', of: 'ratio', unit: 'times as much' },
    options: [
      {
        text: 'Next to nothing: the load is the same.',
        below: 1.5,
        feedback:
          'Requests make garbage, which goes. What is kept between them is what stays live, and it is kept for longer.',
      },
      {
        text: 'It comes to about three times as much.',
        from: 1.5,
        below: 4.2,
        feedback:
          'A third of the users come back within five minutes, and nine in ten within thirty. A user has one conversation, which is held all the time once he returns before it ends, so that it cannot grow sixfold.',
      },
      {
        text: 'It comes to six times as much.',
        from: 4.2,
        below: 8,
        feedback:
          'It would if each request began a conversation of its own. Most users come back within the thirty minutes, and renew the one that they have.',
      },
      {
        text: 'It grows until memory is full.',
        from: 8,
        feedback: 'There are 8,000 users, and no more conversations than that. They also still end.',
      },
    ],
  },
  {
    id: 'latency-predict-least-mean',
    kind: 'predict',
    objective: 'tuning',
    difficulty: 2,
    source: 'tuning',
    question:
      'A search has looked for the least mean response, without any bound. It has found three places in the queue and no more: the mean is below that of a single call. How many requests fail with it on a day without a burst?',
    given: [
      ['Requests', '37 a second, at random'],
      ['The pool', '20 slots, 40 a second'],
      ['A refusal', 'takes no time, and counts as a response'],
    ],
    runs: [
      {
        title: 'three places',
        scenario: 'standing-queue',
        untilS: 300,
        overrides: [set('events', []), set('stations.pool.maxQueue', 3)],
      },
    ],
    measure: { figure: 'errorRate', of: 'value', unit: 'of the requests fail' },
    options: [
      {
        text: 'None: less comes than the pool can do.',
        below: 0.01,
        feedback:
          'On average. At 92 % all slots are often taken for a while, and then three places are soon gone.',
      },
      {
        text: 'Some in a hundred.',
        from: 0.01,
        below: 0.2,
        feedback:
          'Arrivals come in clusters, and whoever finds the places taken is refused. To the goal that is a response of no time: it was given what it asked for. A bound on failures belongs to the goal.',
      },
      {
        text: 'A quarter or more.',
        from: 0.2,
        feedback:
          'There are 23 places with the slots, and about 18 are taken on average. It needs a cluster to fill them.',
      },
    ],
  },
];
