/** Numbers: waits, percentiles of several calls, handshakes, batch windows, and retries in layers. */
import { batchWindow, fanOutSlowShare, keepAliveReuse } from '../../engine/latency/formulas.ts';
import { mm1, retryAmplification } from '../../engine/simulation/theory.ts';
import type { Drawn, QuestionInput } from '../format.ts';

const HANDSHAKE_MS = 110;

const queueOf = ({ perS, callMs }: Drawn) => mm1(perS!, 1000 / callMs!);

/** Calls at the last of some services in a row, when it fails each of them. */
function callsAtTheEnd({ services, retries }: Drawn): number {
  let calls = 1;
  for (let i = 0; i < services!; i++) calls *= retryAmplification(1, retries!).tries;
  return calls;
}

export const latencyComputeWaiting: QuestionInput[] = [
  {
    id: 'latency-compute-one-worker',
    kind: 'compute',
    objective: 'queueing',
    difficulty: 1,
    source: 'queueing',
    question:
      'One worker takes calls one at a time. They come at random, and their lengths vary exponentially. What is the mean response, wait and call together, in milliseconds?',
    given: [
      ['Calls', '{perS} a second'],
      ['A call', '{callMs} ms on average'],
    ],
    draw: (random) => {
      const callMs = [20, 25, 50][random.below(3)]!;
      return { callMs, perS: ((60 + 10 * random.below(4)) * 10) / callMs };
    },
    answer: (drawn) => 1000 * queueOf(drawn).meanResponse,
    unit: 'ms',
    tolerance: 0.02,
    working:
      'The worker is busy for {perS} × {callMs} / 1000 of the time, ρ. {callMs} / (1 − ρ) = {answer} ms.',
    mistakes: [
      {
        answer: ({ callMs }) => callMs!,
        feedback:
          'That is the call alone. Below 100 % busy nobody waits only if calls come in step, and they come at random.',
      },
      {
        answer: (drawn) => 1000 * queueOf(drawn).meanWait,
        feedback: 'That is the wait, ρ / (1 − ρ) calls long. The call itself comes on top.',
      },
      {
        answer: (drawn) => drawn['callMs']! * (1 + queueOf(drawn).utilisation),
        feedback:
          'That counts the call in service, and not those who wait before you. The wait grows with 1 / (1 − ρ).',
      },
    ],
  },
  {
    id: 'latency-compute-slowest-of-several',
    kind: 'compute',
    objective: 'percentiles',
    difficulty: 2,
    source: 'percentiles',
    question:
      'An agent asks {calls} tools at once and needs all their answers. Each tool’s p{percentile} is 1 s, and they are slow independently. How many per cent of the agent’s answers take longer than 1 s?',
    draw: (random) => ({ calls: 10 * (1 + random.below(4)), percentile: 98 + random.below(2) }),
    answer: ({ calls, percentile }) => 100 * fanOutSlowShare(1 - percentile! / 100, calls!),
    unit: '%',
    tolerance: 0.02,
    working:
      'All {calls} are in time with a probability of 0.{percentile}^{calls}. The rest, 1 − 0.{percentile}^{calls}, is {answer} %.',
    mistakes: [
      {
        answer: ({ percentile }) => 100 - percentile!,
        feedback:
          'That is one tool’s share. The agent waits for the slowest of all, and one slow tool is enough.',
      },
      {
        answer: ({ calls, percentile }) => calls! * (100 - percentile!),
        feedback:
          'The sum counts answers twice that have two slow tools. With a hundred tools it would pass 100 %.',
      },
      {
        answer: ({ calls, percentile }) => 100 * (1 - fanOutSlowShare(1 - percentile! / 100, calls!)),
        feedback: 'That is the share in which no tool was slow.',
      },
    ],
  },
  {
    id: 'latency-compute-mean-handshake',
    kind: 'compute',
    objective: 'connections',
    difficulty: 2,
    source: 'connections',
    question:
      'A connection is used {perMinute} times a minute on average, at random, by short calls. It is closed after {keepS} s without one. Opening it takes {handshakeMs} ms. What does a call pay for handshakes on average, in milliseconds?',
    draw: (random) => ({
      perMinute: 2 + 2 * random.below(3),
      keepS: 10 * (1 + random.below(3)),
      handshakeMs: HANDSHAKE_MS,
    }),
    answer: ({ perMinute, keepS, handshakeMs }) =>
      keepAliveReuse(perMinute! / 60, keepS!, handshakeMs!).meanHandshake,
    unit: 'ms',
    tolerance: 0.02,
    working:
      'No call comes for {keepS} s with a probability of e^(−{perMinute} × {keepS} / 60). That times {handshakeMs} ms is {answer} ms.',
    mistakes: [
      {
        answer: ({ perMinute, keepS, handshakeMs }) =>
          handshakeMs! * keepAliveReuse(perMinute! / 60, keepS!, handshakeMs!).reuseShare,
        feedback:
          'That is what calls save: the share that finds the connection open. The others pay the handshake.',
      },
      {
        answer: ({ perMinute, keepS, handshakeMs }) => handshakeMs! / (1 + (perMinute! * keepS!) / 60),
        feedback:
          'That is for a life that counts from the opening. Here it begins anew with each call, so that the connection lives for longer.',
      },
      {
        answer: ({ perMinute, keepS, handshakeMs }) =>
          handshakeMs! * Math.max(0, 1 - (perMinute! * keepS!) / 60),
        feedback:
          'That is as if calls came in step. At random, gaps longer than the mean are common, and e^(−λT) counts them.',
      },
    ],
  },
  {
    id: 'latency-compute-added-by-window',
    kind: 'compute',
    objective: 'batch-window',
    difficulty: 2,
    source: 'batch-window',
    question:
      'The first text opens a window of {windowMs} ms, and all that come within it go with it. How long does a text wait for its batch to leave on average, in milliseconds?',
    given: [
      ['Texts', '{perS} a second, at random'],
      ['Size of a batch', 'without bound'],
    ],
    draw: (random) => ({ perS: 10 * (1 + random.below(4)), windowMs: 50 * (1 + random.below(4)) }),
    answer: ({ perS, windowMs }) => 1000 * batchWindow(perS!, windowMs! / 1000).meanAddedWait,
    unit: 'ms',
    tolerance: 0.02,
    working:
      'Besides the first come n = {perS} × {windowMs} / 1000. It waits {windowMs} ms, they half of that: {windowMs} × (1 + n / 2) / (1 + n) = {answer} ms.',
    mistakes: [
      {
        answer: ({ windowMs }) => windowMs! / 2,
        feedback:
          'Half of the window is what those wait who join. The first waits all of it, and in small batches the first is a large part.',
      },
      {
        answer: ({ windowMs }) => windowMs!,
        feedback: 'So long waits the first. Who comes later has less of the window to wait for.',
      },
      {
        answer: ({ perS, windowMs }) => windowMs! / (1 + (perS! * windowMs!) / 1000),
        feedback:
          'That shares the first one’s wait out over all. The others wait as well, half of the window each.',
      },
    ],
  },
  {
    id: 'latency-compute-retries-in-layers',
    kind: 'compute',
    objective: 'retries',
    difficulty: 2,
    source: 'retries',
    question:
      '{services} services call each other in a row, each trying up to {retries} times more when its call fails. The database behind the last fails every call. How many calls does it get for one request?',
    draw: (random) => ({ services: 3 + random.below(2), retries: 2 + random.below(3) }),
    answer: callsAtTheEnd,
    unit: 'calls',
    tolerance: 0,
    working:
      'Each service makes 1 + {retries} calls for each that it gets. Over {services} services these are multiplied: {answer} calls.',
    mistakes: [
      {
        answer: ({ services, retries }) => services! * (1 + retries!),
        feedback:
          'That adds the layers up. But each retry of the first makes all behind it try again, so they multiply.',
      },
      {
        answer: ({ services, retries }) => callsAtTheEnd({ services: services!, retries: retries! - 1 }),
        feedback: 'The first try is a call, too: each service makes one call more than it has retries.',
      },
      {
        answer: ({ retries }) => 1 + retries!,
        feedback:
          'So many come from the last service for each call that it gets. It is called again as well.',
      },
    ],
  },
];
