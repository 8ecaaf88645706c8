/** Runs: what each tier answers, and what its figures show. */
import type { QuestionInput } from '../format.ts';

/** A minute of quiet: no fault, and no queue in front of the model, so that only the caches matter. */
const quiet = [
  { path: 'events', value: [] },
  { path: 'durationS', value: 60 },
  { path: 'stations.pool.servers', value: null },
];
const withTwoTiers: [string, string][] = [
  ['L1 of each instance', '400 entries, no end of life; 47 % hits'],
  ['L2, shared', '12,000 entries; answers 38 % of all requests'],
  ['The model', 'the remaining 15 %'],
];

export const cachePredictTiers: QuestionInput[] = [
  {
    id: 'cache-predict-more-instances',
    kind: 'predict',
    objective: 'tiers',
    difficulty: 3,
    source: 'tiers',
    question:
      'Four instances with an [[l1|L1]] of their own share 200 requests a second, each request going to any of them. Now sixteen share the same load. How many requests does L1 answer?',
    given: withTwoTiers,
    runs: [
      { title: 'four instances', scenario: 'redis-outage', overrides: quiet },
      { title: 'sixteen', scenario: 'redis-outage', overrides: [...quiet, { path: 'instances', value: 16 }] },
    ],
    measure: { figure: 'tier.l1.hits', of: 'ratio', unit: 'times as many hits in L1' },
    options: [
      {
        text: 'About a quarter as many.',
        below: 0.5,
        feedback:
          'Each instance is asked a quarter as often, and by that misses a quarter as often, too. The share is what stays.',
      },
      {
        text: 'Somewhat fewer, about two thirds.',
        from: 0.5,
        below: 0.85,
        feedback:
          'It would be so if entries ended by time: a slower stream then meets fewer of them alive. These have no end of life.',
      },
      {
        text: 'As many as before.',
        from: 0.85,
        below: 1.2,
        feedback:
          'What an LRU cache holds follows from the order of the requests, not from their pace. Each instance sees the same mix, more slowly. With a time to live it would be fewer.',
      },
      {
        text: 'More, as there are four times as many entries.',
        from: 1.2,
        feedback: 'The sixteen hold nearly the same 400 entries each: what all readers want, sixteen times.',
      },
    ],
  },
  {
    id: 'cache-predict-redis-hangs',
    kind: 'predict',
    objective: 'tiers',
    difficulty: 2,
    source: 'tiers',
    question:
      '[[l2|Redis]] hangs: it takes lookups and answers none. A try waits for its lookup until it times out, after 2 s, and so do two more tries. The model pool could bear all that L1 misses. Which share of the requests fails?',
    given: withTwoTiers,
    runs: [
      {
        title: 'Redis hangs',
        scenario: 'redis-outage',
        overrides: [
          {
            path: 'events',
            value: [{ at: 1, label: 'Redis hangs', kind: 'fault', set: { 'stations.redis.servers': 0 } }],
          },
          { path: 'durationS', value: 90 },
        ],
      },
    ],
    measure: { figure: 'errorRate', of: 'value', unit: 'of the requests' },
    options: [
      {
        text: 'Hardly any: a cache may be missing, the model has room.',
        below: 0.15,
        feedback:
          'The model has room and is not asked. A hanging lookup is neither hit nor miss, so the request never gets as far as the model.',
      },
      {
        text: 'Nearly two in five: those that Redis would have answered.',
        from: 0.15,
        below: 0.43,
        feedback:
          'Those fail, and so do all that Redis would have missed: before it says that it has nothing, they wait for it just as long.',
      },
      {
        text: 'About half: all that L1 does not have.',
        from: 0.43,
        below: 0.75,
        feedback:
          'Whoever gets past L1 waits for Redis in every try. With a short time-out for the lookup, after which it counts as a miss, none of them fails.',
      },
      {
        text: 'All: the queue before Redis holds up every request.',
        from: 0.75,
        feedback: 'What L1 has is answered before anyone asks Redis. L1 goes on as if nothing had happened.',
      },
    ],
  },
  {
    id: 'cache-predict-second-dashboard',
    kind: 'predict',
    objective: 'hit-rate',
    difficulty: 2,
    source: 'hit-rate',
    question:
      'A release turns [[l1|L1]] off by mistake. Someone looks at the dashboard of [[l2|Redis]] only. What do its hits do?',
    given: withTwoTiers,
    runs: [
      { title: 'with L1', scenario: 'redis-outage', overrides: quiet },
      {
        title: 'without',
        scenario: 'redis-outage',
        overrides: [...quiet, { path: 'tiers.l1.on', value: false }],
      },
    ],
    measure: { figure: 'tier.l2.hits', of: 'ratio', unit: 'times as many hits in L2' },
    options: [
      {
        text: 'They stay: L2 holds what it held before.',
        below: 1.4,
        feedback:
          'It holds the same, but is asked by all requests now, no longer only by those that L1 missed.',
      },
      {
        text: 'They more than double.',
        from: 1.4,
        below: 3.5,
        feedback:
          'What L1 had, L2 has, too, so it answers both shares. Its own figures look better than ever: a tier’s rate depends on what stands before it, so judge the whole by requests.',
      },
      {
        text: 'They multiply by more than five.',
        from: 3.5,
        feedback:
          'All requests are 2.6 times the 38 % that it answers now. There is no more to gain than that.',
      },
    ],
  },
  {
    id: 'cache-predict-rate-hides-burst',
    kind: 'predict',
    objective: 'hit-rate',
    difficulty: 2,
    source: 'hit-rate',
    question:
      'Once a minute the life of a hot answer ends. Until the next is there, everyone who asks for it is a miss, the [[model|model pool]] is swamped, and requests for other things fail. What hit rate does a chart of three minutes show?',
    given: [
      ['Requests', '400 a second, three in five for the hot one'],
      ['A call', '1.5 s'],
      ['The others', '200 answers, each of them ends once a minute'],
    ],
    runs: [{ title: 'untouched', scenario: 'hot-key', untilS: 180 }],
    measure: { figure: 'hitRate', of: 'value', unit: 'of the requests are hits' },
    options: [
      {
        text: 'More than 90 %: “excellent”.',
        from: 0.9,
        feedback:
          'Some hundred misses in 24,000 requests a minute are a few in a hundred. They come all at once, and that is what a mean cannot show; the p99 and the pool’s queue do.',
      },
      {
        text: 'Between 70 and 90 %.',
        from: 0.7,
        below: 0.9,
        feedback:
          'In each minute, misses of about two seconds stand against hits of 58. A tenth of all would be six seconds of nothing but misses.',
      },
      {
        text: 'Less than 70 %: it has to show such a failure.',
        below: 0.7,
        feedback:
          'The failure lasts seconds. A mean over minutes weighs it by its share of the requests, which is small.',
      },
    ],
  },
];
