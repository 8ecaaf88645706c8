/** Reasons: why calls wait, what a report hides, and how calls are sent. */
import type { QuestionInput } from '../format.ts';

export const latencyWhyWaiting: QuestionInput[] = [
  {
    id: 'latency-why-mean-unchanged',
    kind: 'why',
    objective: 'queueing',
    difficulty: 2,
    source: 'queueing',
    question:
      'A new prompt makes most calls of a [[model|model worker]] shorter and a few much longer. The mean call and the load are just the same, yet calls now wait four times as long. Why?',
    given: [
      ['Load', '8 calls a second, at random'],
      ['Before', '100 ms each'],
      ['Since', '95 of a hundred 60 ms, five 860 ms'],
    ],
    options: [
      {
        text: 'The worker is busier, as long calls take more of its time than short ones.',
        feedback:
          'Eight calls of 100 ms in the mean are 80 % of its time before and since. The load is the same.',
      },
      {
        text: 'The mean hides an overload: during a long call more comes than it can do.',
        feedback:
          'A queue for as long as a call lasts is no overload. It is worked off in the short calls that follow.',
      },
      {
        text: 'Whoever comes is likely to meet a long call, and all behind it wait as well.',
        right: true,
        feedback:
          'Five calls in a hundred take 43 % of the worker’s time. The mean wait goes with 1 + c², and c², the variance by the squared mean, went from 0 to 3.',
      },
      {
        text: 'The short calls leave gaps, in which the worker is idle and time is lost.',
        feedback:
          'It is idle only when nobody waits, so no gap costs a waiting call anything. It is idle for 20 % of the time, as before.',
      },
    ],
  },
  {
    id: 'latency-why-waiting-tester',
    kind: 'why',
    objective: 'percentiles',
    difficulty: 2,
    source: 'percentiles',
    question:
      'A ten-minute load test reports a p99 of 6 ms. In the middle of it the service stood still for a whole minute. Why does the p99 not show it?',
    given: [
      ['The tester', 'sends, waits for the answer, sends the next'],
      ['An answer', 'about 5 ms'],
    ],
    options: [
      {
        text: 'A p99 leaves out one request in a hundred: p99.9 would have shown it.',
        feedback:
          'Of the 100,000 requests that it sent one was slow. Even p99.9 and p99.99 leave that one out.',
      },
      {
        text: 'The tester asked once in that minute, where users would have asked for all of it.',
        right: true,
        feedback:
          'While it waits it sends nothing, so it leaves out just the requests that would have been slow: coordinated omission. Send by the clock, and time from when each was due.',
      },
      {
        text: 'Percentiles of each second were averaged, and ten minutes have many good seconds.',
        feedback:
          'Averaged percentiles mislead, too. Here not even the raw list has more than one slow request in it.',
      },
      {
        text: 'One connection is too little load: with a hundred testers the p99 is the true one.',
        feedback:
          'Each of the hundred would stop and wait in the same way: a hundred slow requests, in ten million.',
      },
    ],
  },
  {
    id: 'latency-why-reset-when-idle',
    kind: 'why',
    objective: 'connections',
    difficulty: 2,
    source: 'connections',
    question:
      'Calls to a [[model|model endpoint]] fail now and then with “connection reset”, mostly at quiet hours, and hardly ever under load. What is to be changed?',
    given: [
      ['Our keep-alive', '60 s'],
      ['The server’s', '30 s'],
      ['Connections', '20, of which 4 are in use at night'],
    ],
    options: [
      {
        text: 'More connections, as those that fail have found none free.',
        feedback:
          'Then it would happen under load, and as a wait or a time-out. At night 16 of the 20 are idle.',
      },
      {
        text: 'A shorter keep-alive on our side, below the 30 s of the server.',
        right: true,
        feedback:
          'After 30 quiet seconds the server closes, and a call that goes out before the news has come meets a closed connection. Whoever sends must be the first to let go.',
      },
      {
        text: 'A longer keep-alive on our side, so that nothing is closed at night.',
        feedback:
          'The server closes after 30 s whatever we would like. A longer time on our side makes more calls meet it.',
      },
      {
        text: 'Two retries for each call, as the second try will find it open.',
        feedback:
          'It may go to the next connection that is closed, and a call that is not idempotent must not be sent twice. It hides the cause.',
      },
    ],
  },
  {
    id: 'latency-why-who-gains-by-batches',
    kind: 'why',
    objective: 'batch-window',
    difficulty: 3,
    source: 'batch-window',
    question:
      'Texts that come within 50 ms may share a call. Which of these services answers sooner because of it?',
    given: [['A call takes', 'a fixed part, and a part for each text in it']],
    options: [
      {
        text: '2 texts a second, 4 workers, 100 ms and 5 ms a text',
        feedback:
          'Each text has a free worker, and hardly any company in 50 ms. The window is all that it gets.',
      },
      {
        text: '30 texts a second, 4 workers, 5 ms and 100 ms a text',
        feedback:
          'Sharing saves only the 5 ms here: two or three texts in a call take 200 to 300 ms, and each of them waits for all.',
      },
      {
        text: '60 texts a second, 40 workers, 100 ms and 5 ms a text',
        feedback:
          'Batches would save two thirds of the work. But nobody waits for a worker here, so a text only gets the window on top.',
      },
      {
        text: '60 texts a second, 4 workers, 100 ms and 5 ms a text',
        right: true,
        feedback:
          'One by one they need 6.3 workers, so the queue grows without end. Four to a call need 1.8: the 50 ms buy an end of the waiting.',
      },
    ],
  },
  {
    id: 'latency-why-time-outs-of-hops',
    kind: 'why',
    objective: 'retries',
    difficulty: 2,
    source: 'retries',
    question:
      'Under load half of what the [[model|model pool]] finishes is for users who have left. Which change ends that?',
    given: [
      ['Path', 'gateway, planner, queue, model pool'],
      ['Users', 'leave after 3 s'],
      ['Time-outs', '10 s at each hop'],
    ],
    options: [
      {
        text: 'A time-out of 3 s at each hop, which is what a user will wait.',
        feedback:
          'Each hop starts its own clock: a call that is two seconds old when it comes to the pool has three more. And a hop that stops waiting does not take its work out of the queue.',
      },
      {
        text: 'One try more at the gateway, for those whose answer came too late.',
        feedback:
          'That is more work for the same pool, done for the same users. The queue gets longer, and more of them leave.',
      },
      {
        text: 'What is left of the 3 s sent along, and the queue drops what is late.',
        right: true,
        feedback:
          'A deadline means the same at each hop. With a margin for the service itself, the pool begins only what can still be in time.',
      },
      {
        text: 'A longer queue before the pool, so that fewer calls are refused.',
        feedback:
          'A longer queue is a longer wait, so that even more of what leaves it is for nobody. Nothing was refused.',
      },
    ],
  },
];
