/** Runs: connections, batches, deadlines and retries. */
import type { QuestionInput } from '../format.ts';

const set = (path: string, value: unknown) => ({ path, value });

export const latencyPredictSending: QuestionInput[] = [
  {
    id: 'latency-predict-wider-pool',
    kind: 'predict',
    objective: 'connections',
    difficulty: 1,
    source: 'connections',
    question:
      'Since a release each call opens a connection of its own, and calls wait for seconds until one of twelve is free. Forty are allowed now. What is the mean response afterwards?',
    given: [
      ['Before the release', '160 ms'],
      ['Calls', '60 a second, 150 ms each'],
      ['To open a connection', '90 ms'],
    ],
    runs: [
      {
        title: 'forty connections',
        scenario: 'connections',
        pulls: [{ atS: 120, lever: 'poolSize', value: 40 }],
      },
    ],
    measure: { figure: 'endMeanMs', of: 'value', unit: 'ms' },
    options: [
      {
        text: 'Some 160 ms: nobody waits any more.',
        below: 195,
        feedback:
          'Nobody waits, but each call still opens its own connection. A larger pool has places, not open connections.',
      },
      {
        text: 'Some 240 ms.',
        from: 195,
        below: 400,
        feedback:
          '60 calls a second of 240 ms need 14 or 15 connections at a time, so forty end the waiting. The handshake stays, with each call, until connections are kept again.',
      },
      {
        text: 'Seconds: the model is the bottleneck.',
        from: 400,
        feedback:
          'The model takes 150 ms as ever. What was short were twelve connections for a need of more than fourteen.',
      },
    ],
  },
  {
    id: 'latency-predict-waiting-on-purpose',
    kind: 'predict',
    objective: 'batch-window',
    difficulty: 2,
    source: 'batch-window',
    question:
      'Texts come to four model workers, one a call. Now each call waits up to 50 ms for more texts and takes them along. What becomes of the mean response of the first minute?',
    given: [
      ['Texts', '60 a second'],
      ['A call', '100 ms, and 5 ms for each text in it'],
    ],
    runs: [false, true].map((on) => ({
      title: on ? 'batches' : 'one by one',
      scenario: 'batching',
      untilS: 60,
      overrides: [set('load.ratePerS', 60), set('events', []), set('stations.model.batch.on', on)],
    })),
    measure: { figure: 'meanMs', of: 'ratio', unit: 'times as long' },
    options: [
      {
        text: 'It is longer, by about the window.',
        from: 1,
        feedback:
          'So it would be with workers to spare. Here 60 × 0.105 s make 6.3 workers’ work a second, and there are four.',
      },
      {
        text: 'It is a little shorter.',
        from: 0.5,
        below: 1,
        feedback:
          'It would be, if the workers had been just about enough. They were too few by a third, so the queue grew all the time.',
      },
      {
        text: 'It is a fraction of what it was.',
        below: 0.5,
        feedback:
          'Some four texts share a call of 120 ms, which two workers can do. One by one the queue grows by more than twenty texts each second, and so does the wait.',
      },
    ],
    ordered: false,
  },
  {
    id: 'latency-predict-deadline-sent-along',
    kind: 'predict',
    objective: 'retries',
    difficulty: 3,
    source: 'retries',
    question:
      'For a minute more comes to a pool than it can do. Callers leave after 2 s, which the queue does not know. Now it is told, and drops who has less than 400 ms left when his turn comes. How many requests fail, compared with before?',
    given: [
      ['Before and after that minute', '80 a second'],
      ['In it', '128 a second'],
      ['The pool can do', '100 a second, 0.2 s each'],
      ['Run', 'five minutes'],
    ],
    runs: [
      {
        title: 'untold',
        scenario: 'deadlines',
        pulls: [{ atS: 50, lever: 'deadline', value: 2 }],
      },
      {
        title: 'sent along',
        scenario: 'deadlines',
        pulls: [
          { atS: 50, lever: 'deadline', value: 2 },
          { atS: 50, lever: 'margin', value: 400 },
        ],
      },
    ],
    measure: { figure: 'failed', of: 'ratio', unit: 'times as many failures' },
    options: [
      {
        text: 'None: each is served within its time.',
        below: 0.04,
        feedback: '28 a second are too many for a minute. They have to fail, whoever they are.',
      },
      {
        text: 'About an eighth.',
        from: 0.04,
        below: 0.3,
        feedback:
          'Told, the queue loses only the 28 a second that are too many. Untold, it serves the oldest first, who have just left: from the first seconds of the surge until long after it everybody is late.',
      },
      {
        text: 'About half.',
        from: 0.3,
        below: 0.7,
        feedback:
          'It does more than halve them. Untold, nearly all of two minutes fail, and not only what was too much.',
      },
      {
        text: 'As many: what is too much must fail.',
        from: 0.7,
        feedback:
          'What is too much is one in five of a minute. Without a deadline in the queue the others fail with them, served too late.',
      },
    ],
  },
  {
    id: 'latency-predict-retry-budget',
    kind: 'predict',
    objective: 'retries',
    difficulty: 2,
    source: 'retries',
    question:
      'One call in 25 fails by chance and is tried again. For ten seconds the pool is ten times slower, and without a budget for retries it never recovers. With one, how many requests fail in the last minute, long after?',
    given: [
      ['Requests', '50 a second'],
      ['The pool can do', '100 a second'],
      ['Callers', 'leave after 1 s, and try up to three times more'],
      ['Budget', 'one retry for five first tries, and ten a second'],
    ],
    runs: [
      {
        title: 'with a budget',
        scenario: 'retry-budget',
        pulls: [{ atS: 30, lever: 'retryBudget', value: true }],
      },
    ],
    measure: { figure: 'endErrorRate', of: 'value', unit: 'of the requests fail' },
    options: [
      {
        text: 'Next to none.',
        below: 0.01,
        feedback:
          'The budget lets through 20 retries a second. Everyday errors need two, and a storm would need 150: at most 70 calls a second come, and the pool can do 100.',
      },
      {
        text: 'One in 25: chance is no longer mended.',
        from: 0.01,
        below: 0.1,
        feedback:
          'So it would be with no retries at all. Two a second are needed for errors by chance, and the budget has room for ten times that.',
      },
      {
        text: 'A third: retries beyond the budget are lost.',
        from: 0.1,
        below: 0.6,
        feedback:
          'It holds retries back while there are too many. Once the queue is gone there are only those of chance.',
      },
      {
        text: 'All of them: the storm has begun.',
        from: 0.6,
        feedback:
          'A storm lives on its retries. With 20 of them a second at most, more is done than comes, and the queue drains.',
      },
    ],
  },
];
