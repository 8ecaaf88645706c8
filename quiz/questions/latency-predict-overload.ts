/** Runs: storms, shedding, and the tail. */
import type { QuestionInput } from '../format.ts';

const set = (path: string, value: unknown) => ({ path, value });
const pull = (atS: number, lever: string, value: number | boolean | string) => ({ atS, lever, value });

export const latencyPredictOverload: QuestionInput[] = [
  {
    id: 'latency-predict-half-a-minute-of-calm',
    kind: 'predict',
    objective: 'metastable',
    difficulty: 3,
    source: 'metastable',
    question:
      'A [[trouble|retry storm]] has stood for a minute; what caused it is mended. The retries are turned off for 30 s, and then on again. How many requests fail in the last minute of the run, some two minutes later?',
    given: [
      ['Requests', '50 a second'],
      ['The pool can do', '100 calls a second'],
      ['Callers', 'leave after 1 s, and try up to three times more'],
      ['Queue as they are turned off', 'some 6,000 calls'],
    ],
    runs: [
      {
        title: '30 s without retries',
        scenario: 'retry-budget',
        pulls: [pull(120, 'retries', 0), pull(150, 'retries', 3)],
      },
    ],
    measure: { figure: 'endErrorRate', of: 'value', unit: 'of the requests fail' },
    options: [
      {
        text: 'Next to none: the storm has been broken.',
        below: 0.1,
        feedback:
          'It is broken when answers are in time again. After 30 s the queue is still far longer than the second that callers wait.',
      },
      {
        text: 'About a quarter, and fewer each minute.',
        from: 0.1,
        below: 0.6,
        feedback:
          'There is no halfway: while the queue is longer than a second all fail, and each of them tries again.',
      },
      {
        text: 'All of them: the storm is back.',
        from: 0.6,
        feedback:
          'Without retries 50 calls a second come and 100 are done, so 30 s take 1,500 of the 6,000 away. The next request still waits too long, fails, and tries three times more. Two minutes would have been enough.',
      },
    ],
    ordered: false,
  },
  {
    id: 'latency-predict-shed-by-class',
    kind: 'predict',
    objective: 'shedding',
    difficulty: 1,
    source: 'shedding',
    question:
      'Twice what a service can do is asked of it for four of five minutes. While calls wait too long, it refuses the least critical first, and it drops what would come too late. How many of the critical requests are served?',
    given: [
      ['Requests', '200 a second, each tried twice at most'],
      ['The service can do', '100 a second'],
      ['Classes', 'critical 20 %, high 25 %, normal 25 %, low 30 %'],
    ],
    runs: [
      {
        title: 'shed by class',
        scenario: 'overload-classes',
        pulls: [pull(50, 'deadlineMargin', 400), pull(50, 'shed', true)],
      },
    ],
    measure: { figure: 'criticalServed', of: 'value', unit: 'of the critical requests are served' },
    options: [
      {
        text: 'A third: the others’ retries fill the queue.',
        below: 0.4,
        feedback:
          'A call that is refused at the door costs next to nothing, tried once or twice. It is not in the queue.',
      },
      {
        text: 'Half, as half of all can be served.',
        from: 0.4,
        below: 0.65,
        feedback: 'That is what blind shedding does: it refuses half of each class, the critical one too.',
      },
      {
        text: 'Three quarters: the second try helps.',
        from: 0.65,
        below: 0.9,
        feedback: 'Critical calls need no second try. They are 40 a second, and there is room for 100.',
      },
      {
        text: 'Nearly all of them.',
        from: 0.9,
        feedback:
          'Critical and high together are 90 a second, just within the 100. The normal and the low pay for it, and they would have failed in any case.',
      },
    ],
  },
  {
    id: 'latency-predict-hedge-at-load',
    kind: 'predict',
    objective: 'tail',
    difficulty: 3,
    source: 'tail',
    question:
      'Three calls in a hundred are slow, and the p99 is 1 s. A second call is sent whenever the first has not answered after 50 ms, without a cap. What becomes of the p99?',
    given: [
      ['Load', '500 requests a second on 40 servers, 86 % busy'],
      ['A call', '97 % take 40 ms on average, 3 % a second'],
      ['The slower copy', 'is worked on to its end'],
    ],
    runs: [
      {
        title: 'alone',
        scenario: 'hedging',
        untilS: 120,
        overrides: [set('load.ratePerS', 500), set('events', [])],
      },
      {
        title: 'hedged after 50 ms',
        scenario: 'hedging',
        untilS: 120,
        overrides: [
          set('load.ratePerS', 500),
          set('events', []),
          set('caller.hedge.delayMs', 50),
          set('caller.hedge.maxExtraShare', null),
          set('caller.hedge.on', true),
        ],
      },
    ],
    measure: { figure: 'p99Ms', of: 'ratio', unit: 'times as long' },
    options: [
      {
        text: 'It falls to a quarter.',
        below: 0.5,
        feedback:
          'So it does on servers with time to spare, with a later second call. Here three calls in ten take longer than 50 ms and are sent twice.',
      },
      {
        text: 'It stays about the same.',
        from: 0.5,
        below: 1.2,
        feedback:
          'It might, if the second calls just filled what was free. They need more than that, and then a queue grows.',
      },
      {
        text: 'It rises.',
        from: 1.2,
        feedback:
          'Three in ten are sent twice, and 1.3 × 86 % is more than there are servers. Waits grow beyond 50 ms, and then still more are sent twice. A cap of 5 % keeps that from happening.',
      },
    ],
  },
  {
    id: 'latency-predict-black-hole',
    kind: 'predict',
    objective: 'tail',
    difficulty: 2,
    source: 'tail',
    question:
      'One of five replicas fails each call at once. The balancer sends a call to the replica with the fewest under way, and counts a failure like an answer. How many calls fail?',
    given: [
      ['Calls', '60 a second, not tried again'],
      ['A replica', 'takes 0.4 s, eight at a time'],
    ],
    runs: [
      {
        title: 'fewest under way',
        scenario: 'slow-replica',
        untilS: 120,
        overrides: [
          set('events', []),
          set('stations.pool.replicas.kind', 'least-loaded'),
          set('stations.pool.replicas.failurePenaltyMs', null),
          set('stations.pool.replicas.fail', [{ replica: 3, share: 1 }]),
        ],
      },
    ],
    measure: { figure: 'errorRate', of: 'value', unit: 'of the calls fail' },
    options: [
      {
        text: 'Next to none: it is avoided.',
        below: 0.1,
        feedback:
          'Nothing tells the balancer to. It sees no failures, only who has calls under way, and this one never has.',
      },
      {
        text: 'One in five.',
        from: 0.1,
        below: 0.35,
        feedback:
          'That would be so at random. A balancer that looks does worse here, as it looks at the wrong thing.',
      },
      {
        text: 'About half.',
        from: 0.35,
        below: 0.65,
        feedback:
          'The others are only asked when one of them has nothing to do, too. At 60 calls a second that is not half of the time.',
      },
      {
        text: 'Most of them.',
        from: 0.65,
        feedback:
          'What fails at once has nothing under way, so it looks idle and draws the calls: a [[trouble|black hole]]. Count a failure as a long call, or take a replica out that fails in a row.',
      },
    ],
  },
];
