/** Numbers: storms, throttling, hedges, room in a window, and seeds. */
import { hedgedSurvival, fanOutSlowShare, throttledRate } from '../../engine/latency/formulas.ts';
import type { Message } from '../../engine/latency/context/message.ts';
import { prune, pruneSettings } from '../../engine/latency/context/prune.ts';
import { stableRatePerS } from '../../engine/simulation/theory.ts';
import type { Drawn, QuestionInput } from '../format.ts';

const DELAY_MS = 100;

/** Share of first calls that take longer, at the three times that the question speaks of. */
function survivalOf({ limitMs, pastDelay, pastRest, pastLimit }: Drawn) {
  const percent = new Map([
    [DELAY_MS, pastDelay!],
    [limitMs! - DELAY_MS, pastRest!],
    [limitMs!, pastLimit!],
  ]);
  return (ms: number): number => percent.get(ms)! / 100;
}

const WINDOW_TOKENS = 4096;
const IMPORTANT = 3;

/** How many of the recent messages the mended rule keeps whole, besides the question. A text is its number of tokens. */
function recentKept({ system, important, question, recent }: Drawn, importantOnes = IMPORTANT): number {
  const message = (id: string, role: Message['role'], tokens: number, importance = 0.5): Message => ({
    id,
    role,
    text: String(tokens),
    atMs: 0,
    importance,
  });
  const messages = [
    message('system', 'system', system!),
    ...Array.from({ length: importantOnes }, (_, i) => message(`old ${i}`, 'user', important!, 0.8)),
    ...Array.from({ length: 60 }, (_, i) => message(`recent ${i}`, 'assistant', recent!)),
    message('question', 'user', question!),
  ];
  const { kept } = prune(messages, pruneSettings({ windowTokens: WINDOW_TOKENS, oversize: 'refuse' }), {
    count: Number,
    score: (one) => one.importance!,
  });
  return kept.filter(({ id }) => id.startsWith('recent')).length;
}

export const latencyComputeOverload: QuestionInput[] = [
  {
    id: 'latency-compute-stable-load',
    kind: 'compute',
    objective: 'metastable',
    difficulty: 1,
    source: 'metastable',
    question:
      'Callers leave after 2 s and try again at once, and the pool still does what they have left behind. Up to which load, in requests a second, can no surge leave a storm that lasts?',
    given: [
      ['The pool can do', '{capacity} calls a second'],
      ['Retries', '{retries} at most, after the first try'],
    ],
    draw: (random) => ({ capacity: 60 * (1 + random.below(10)), retries: 2 + random.below(3) }),
    answer: ({ capacity, retries }) => stableRatePerS(capacity!, retries!),
    unit: 'requests/s',
    tolerance: 0.01,
    working:
      'In a storm each request makes 1 + {retries} calls. The pool still gains on them below {capacity} / (1 + {retries}) = {answer} requests a second.',
    mistakes: [
      {
        answer: ({ capacity }) => capacity!,
        feedback:
          'Up to there the pool can do what comes when all goes well. In a storm each request comes several times.',
      },
      {
        answer: ({ capacity, retries }) => capacity! / retries!,
        feedback: 'The first try is a call as well, so each request makes one more than its retries.',
      },
      {
        answer: ({ capacity, retries }) => capacity! * (1 - 1 / (1 + retries!)),
        feedback: 'That is the part of the pool that the retries take. What is left is for the requests.',
      },
    ],
  },
  {
    id: 'latency-compute-throttled',
    kind: 'compute',
    objective: 'shedding',
    difficulty: 3,
    source: 'shedding',
    question:
      'Each client counts its requests and how many were accepted, and refuses some itself, so that no more than {k} times what is accepted is sent. How many calls a second reach the service in the long run?',
    given: [
      ['Clients would send', '{offered} a second'],
      ['The service accepts', '{capacity} a second, and refuses the rest'],
    ],
    draw: (random) => {
      const capacity = 100 * (2 + random.below(7));
      return { capacity, offered: capacity * (3 + 2 * random.below(2)), k: [1.2, 1.5, 2][random.below(3)]! };
    },
    answer: ({ offered, capacity, k }) => throttledRate(offered!, capacity!, k!),
    unit: 'calls/s',
    tolerance: 0.01,
    working:
      'Accepted are {capacity} a second, whatever comes. Sent are {k} × {capacity} = {answer}, less than the {offered} that are wanted.',
    mistakes: [
      {
        answer: ({ capacity }) => capacity!,
        feedback:
          'That many are accepted. Some more are sent and refused, and by those the clients notice when there is room again.',
      },
      {
        answer: ({ offered }) => offered!,
        feedback: 'That is what comes without throttling, and even to refuse it takes time.',
      },
      {
        answer: ({ offered, k }) => offered! / k!,
        feedback: 'The bound is on what is accepted, and not on what is wanted.',
      },
    ],
  },
  {
    id: 'latency-compute-hedged-share',
    kind: 'compute',
    objective: 'tail',
    difficulty: 3,
    source: 'tail',
    question:
      'If a call is not answered after {delayMs} ms, a second one is sent elsewhere, and the first answer counts. Copies are slow independently, and servers have time to spare. How many requests in 100,000 take longer than {limitMs} ms?',
    given: [
      ['Of single calls, over {delayMs} ms', '{pastDelay} %'],
      ['Over {restMs} ms', '{pastRest} %'],
      ['Over {limitMs} ms', '{pastLimit} %'],
    ],
    draw: (random) => {
      const limitMs = 300 + 50 * random.below(4);
      return {
        delayMs: DELAY_MS,
        limitMs,
        restMs: limitMs - DELAY_MS,
        pastDelay: 8 + random.below(3),
        pastRest: 4 + random.below(3),
        pastLimit: 2 + random.below(2),
      };
    },
    answer: (drawn) => 100_000 * hedgedSurvival(survivalOf(drawn), DELAY_MS, drawn['limitMs']!),
    unit: 'requests',
    tolerance: 0.01,
    working:
      'The first must take over {limitMs} ms, and the second, {delayMs} ms later, over {restMs} ms: {pastLimit} % × {pastRest} % × 100,000 = {answer}.',
    mistakes: [
      {
        answer: ({ pastLimit }) => 10 * pastLimit! * pastLimit!,
        feedback:
          'That is for two calls sent at once. The second begins later, and has less time until the limit.',
      },
      {
        answer: ({ pastLimit, pastDelay }) => 10 * pastLimit! * pastDelay!,
        feedback:
          'Who is past the limit is past the delay as well: it is the second call that has to be slow, too, over the time that is left.',
      },
      {
        answer: ({ pastDelay, pastRest }) => 10 * pastDelay! * pastRest!,
        feedback:
          'That lets the first call count as slow once it is past the delay. It may still answer before the limit, and then it counts.',
      },
    ],
  },
  {
    id: 'latency-compute-room-in-the-window',
    kind: 'compute',
    objective: 'context',
    difficulty: 2,
    source: 'context',
    question:
      'A long conversation is pruned to a window of {window} tokens: the system’s message first, then the newest question, the three important old messages, and then the last ones, from the newest back, whole ones only. How many of these last ones fit?',
    given: [
      ['System', '{system} tokens'],
      ['Question', '{question}'],
      ['Important', '{important} each'],
      ['Others', '{recent} each'],
      ['The format adds', '4 a message, and 3 once'],
    ],
    draw: (random) => ({
      window: WINDOW_TOKENS,
      system: 400 + 50 * random.below(5),
      question: 60 + 20 * random.below(4),
      important: 120 + 20 * random.below(5),
      recent: 75 + 5 * random.below(6),
    }),
    answer: recentKept,
    unit: 'messages',
    tolerance: 0,
    working:
      '({window} − 3 − ({system} + 4) − ({question} + 4) − 3 × ({important} + 4)) / ({recent} + 4), rounded down, is {answer}.',
    mistakes: [
      {
        answer: ({ window, system, question, important, recent }) =>
          Math.floor((window! - system! - question! - IMPORTANT * important!) / recent!),
        feedback:
          'The format counts as well: 4 tokens for each of some thirty messages are worth a message or two.',
      },
      {
        answer: (drawn) => recentKept(drawn, 0),
        feedback: 'The important ones are placed before the last ones, and take their room from them.',
      },
      {
        answer: () => 50,
        feedback: 'That is the module’s rule, which counts messages. The window counts tokens.',
      },
    ],
  },
  {
    id: 'latency-compute-seeds-that-see-nothing',
    kind: 'compute',
    objective: 'tuning',
    difficulty: 2,
    source: 'tuning',
    question:
      'A setting fails on one day in {days}. A search runs it with {seeds} seeds, each a day of its own. What is the chance, in per cent, that the search sees no failure?',
    draw: (random) => ({ days: [4, 5, 8, 10][random.below(4)]!, seeds: 3 + random.below(6) }),
    answer: ({ days, seeds }) => 100 * (1 - fanOutSlowShare(1 / days!, seeds!)),
    unit: '%',
    tolerance: 0.02,
    working: 'Each seed looks well with a probability of 1 − 1/{days}: (1 − 1/{days})^{seeds} = {answer} %.',
    mistakes: [
      {
        answer: ({ days, seeds }) => 100 * fanOutSlowShare(1 / days!, seeds!),
        feedback: 'That is the chance that it sees one failure or more.',
      },
      {
        answer: ({ days, seeds }) => 100 * Math.max(0, 1 - seeds! / days!),
        feedback:
          'Chances of seeds do not add up: then as many seeds as days would be sure to see the failure, and they are not.',
      },
      {
        answer: ({ days, seeds }) => 100 / (days! * seeds!),
        feedback:
          'That falls too fast: each seed multiplies the chance by the share of good days, the first one as well.',
      },
    ],
  },
];
