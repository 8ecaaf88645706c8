/** Runs: who stays in a cache, and for how long. */
import type { QuestionInput } from '../format.ts';

/** A minute of quiet: no fault, and no queue in front of the model, so that only the caches matter. */
const quiet = [
  { path: 'events', value: [] },
  { path: 'durationS', value: 60 },
  { path: 'stations.pool.servers', value: null },
];
const everyKeyFits = { path: 'tiers.cache.capacityEntries', value: 20_000 };

export const cachePredictLives: QuestionInput[] = [
  {
    id: 'cache-predict-sliding-life',
    kind: 'predict',
    objective: 'ttl',
    difficulty: 2,
    source: 'ttl',
    question:
      'Two hundred answers are each asked for about every second, and kept for 60 s from the moment they were stored. Now the 60 s count from the last hit. How many model calls are left?',
    given: [
      ['Requests', '400 a second'],
      ['The rarest answer', 'asked for every 1.3 s'],
      ['Room', 'for all of them'],
    ],
    runs: [
      { title: 'from the fill', scenario: 'hot-key', untilS: 120 },
      {
        title: 'from the last hit',
        scenario: 'hot-key',
        untilS: 120,
        overrides: [{ path: 'tiers.cache.ttlMode', value: 'sliding' }],
      },
    ],
    measure: { figure: 'station.pool.arrivals', of: 'ratio', unit: 'times as many calls' },
    options: [
      {
        text: 'None, or next to none.',
        below: 0.1,
        feedback:
          'No answer goes without a hit for 60 s, so none ever ends. The bill is as good as gone, and so is the promise: whatever changes, these answers stay as they are.',
      },
      {
        text: 'About half as many.',
        from: 0.1,
        below: 0.8,
        feedback:
          'Half would mean that lives last twice as long. Here each hit begins a new life, and the next hit is a second away.',
      },
      {
        text: 'As many as before.',
        from: 0.8,
        below: 1.25,
        feedback:
          'The length is the same, but what ends it is not: the clock before, and now a minute without a reader, which never comes.',
      },
      {
        text: 'More, as entries stay and leave less room.',
        from: 1.25,
        feedback: 'There is room for all of them, so nothing has to leave for another.',
      },
    ],
  },
  {
    id: 'cache-predict-tenth-of-life',
    kind: 'predict',
    objective: 'ttl',
    difficulty: 3,
    source: 'ttl',
    question:
      'Answers are kept for ten minutes. For fresher ones the time to live is cut to one minute, a tenth. How many model calls are there then?',
    given: [
      ['Requests', '500 a second'],
      ['Answers', '20,000, by Zipf: a few popular, most seldom asked for'],
      ['Hits at 10 min', '95 %'],
    ],
    runs: [
      {
        title: 'ten minutes',
        scenario: 'cold-cache',
        overrides: [...quiet, everyKeyFits, { path: 'tiers.cache.ttlS', value: 600 }],
      },
      {
        title: 'one minute',
        scenario: 'cold-cache',
        overrides: [...quiet, everyKeyFits, { path: 'tiers.cache.ttlS', value: 60 }],
      },
    ],
    measure: { figure: 'station.pool.arrivals', of: 'ratio', unit: 'times as many calls' },
    options: [
      {
        text: 'About as many as before.',
        below: 1.5,
        feedback:
          'The popular ones alone end ten times as often now. They are hits for most of the time, and still cost a call for each end.',
      },
      {
        text: 'About four times as many.',
        from: 1.5,
        below: 7,
        feedback:
          'Only an answer that is asked for many times in each life costs ten times as many calls. One that is asked for every few minutes was missed often before, and cannot be missed more than always.',
      },
      {
        text: 'Ten times as many.',
        from: 7,
        below: 14,
        feedback:
          'So it would be if each answer were asked for all the time. With 95 % hits before, ten times the misses would be half of all requests.',
      },
      {
        text: 'Twenty times as many: every request is a miss.',
        from: 14,
        feedback:
          'Popular answers are asked for hundreds of times within a minute. All but the first are hits.',
      },
    ],
  },
  {
    id: 'cache-predict-twice-the-room',
    kind: 'predict',
    objective: 'eviction',
    difficulty: 2,
    source: 'eviction',
    question:
      'An LRU cache holds 1000 of 20,000 answers and has 61 % hits. It is given twice the room, 2000 entries. How many model calls are left?',
    given: [['Popularity', 'Zipf: the tenth most popular is asked for a tenth as often as the first']],
    runs: [
      {
        title: '1000 entries',
        scenario: 'cold-cache',
        overrides: [...quiet, { path: 'tiers.cache.capacityEntries', value: 1000 }],
      },
      {
        title: '2000 entries',
        scenario: 'cold-cache',
        overrides: [...quiet, { path: 'tiers.cache.capacityEntries', value: 2000 }],
      },
    ],
    measure: { figure: 'station.pool.arrivals', of: 'ratio', unit: 'times as many calls' },
    options: [
      {
        text: 'As many as before.',
        from: 0.9,
        feedback:
          'The popular ones were there already, but popularity falls slowly: the next thousand are still asked for.',
      },
      {
        text: 'About four fifths.',
        from: 0.65,
        below: 0.9,
        feedback:
          'By Zipf each doubling adds about as many points as the one before it. One pays for memory in doublings, and gains in steps.',
      },
      {
        text: 'About half as many.',
        from: 0.2,
        below: 0.65,
        feedback:
          'Half the misses would need the second thousand to be worth half of all that is not in the first.',
      },
      {
        text: 'Hardly any: twice 61 % is more than enough.',
        below: 0.2,
        feedback: 'The first thousand hold what is popular. The second thousand hold what comes after it.',
      },
    ],
  },
  {
    id: 'cache-predict-one-hit-wonders',
    kind: 'predict',
    objective: 'eviction',
    difficulty: 2,
    source: 'eviction',
    question:
      'Four requests in ten are for something that nobody asks for again. An LRU cache of 1000 entries becomes an S3-FIFO of the same size, in which newcomers wait in a small queue and stay only if read again. What comes of the hit rate?',
    given: [
      ['The other six', '20,000 answers by Zipf'],
      ['Hits with LRU', '31 %'],
      ['At most', '60 %, since four in ten cannot be hits'],
    ],
    runs: ['lru', 's3-fifo'].map((policy) => ({
      title: policy.toUpperCase(),
      scenario: 'cold-cache',
      overrides: [
        ...quiet,
        { path: 'tiers.cache.capacityEntries', value: 1000 },
        { path: 'population.oneTimeShare', value: 0.4 },
        { path: 'tiers.cache.policy', value: policy },
      ],
    })),
    measure: { figure: 'hitRate', of: 'difference', unit: 'more of the requests are hits' },
    options: [
      {
        text: 'It falls: first in, first out is the weaker order.',
        below: -0.01,
        feedback:
          'Plain FIFO is. Here it only orders the queues; what has been read again moves on to the larger one and stays.',
      },
      {
        text: 'It stays within a point or two.',
        from: -0.01,
        below: 0.04,
        feedback:
          'In LRU each one-time answer travels through the whole list before it leaves. Many of the 1000 places hold such answers, and that can be mended.',
      },
      {
        text: 'It rises by about ten points.',
        from: 0.04,
        below: 0.2,
        feedback:
          'One-time answers now pass through a tenth of the places. The rest is left to answers that come again, as if the cache were larger.',
      },
      {
        text: 'It rises to the full 60 %.',
        from: 0.2,
        feedback:
          'For that, all 20,000 answers would have to fit. There are 1000 places, however well they are used.',
      },
    ],
  },
];
