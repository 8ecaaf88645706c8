/** Runs: stampedes, purges, and keys that are the same for all or for nobody. */
import type { QuestionInput } from '../format.ts';

/** The purge at half the size, after half a minute: two halves of the load need half the origin. */
const purgeAtHalf = (set: Record<string, unknown>) => [
  { path: 'load.ratePerS', value: 500 },
  { path: 'population.keys', value: 2000 },
  { path: 'stations.origin.servers', value: 8 },
  {
    path: 'events',
    value: [{ at: '20:00:30', label: 'Purge', kind: 'operator', set }],
  },
];
const edge: [string, string][] = [
  ['Requests', '500 a second; the edge answers 97 %'],
  ['The origin can do', '80 a second'],
  ['Callers', 'leave after 2 s, and try up to three times'],
];

export const cachePredictSharing: QuestionInput[] = [
  {
    id: 'cache-predict-share-the-call',
    kind: 'predict',
    objective: 'stampedes',
    difficulty: 3,
    source: 'stampedes',
    question:
      'Answers live for a minute each. When the hot one ends, all who ask for it call the [[model|model]]. Coalescing is turned on: identical requests in flight share a call. How many calls are left, of all in five minutes?',
    given: [
      ['Requests', '400 a second, three in five for the hot one'],
      ['A call', '1.5 s, in a pool for 17 a second'],
      ['The others', '200 answers, each of them ends once a minute'],
    ],
    runs: [
      { title: 'each calls', scenario: 'hot-key', untilS: 300 },
      {
        title: 'coalesced',
        scenario: 'hot-key',
        untilS: 300,
        overrides: [{ path: 'stations.pool.coalesce', value: true }],
      },
    ],
    measure: { figure: 'station.pool.arrivals', of: 'ratio', unit: 'times as many calls' },
    options: [
      {
        text: 'One in a hundred: hundreds become one.',
        below: 0.08,
        feedback:
          'For the hot answer it is so. The other two hundred end once a minute as well, and each of them still needs its call.',
      },
      {
        text: 'Fewer than half: the duplicates go.',
        from: 0.08,
        below: 0.5,
        feedback:
          'Three hundred and more calls for the hot answer become one, and those that others made twice while the pool was swamped go with them. About 200 a minute, one for each answer, remain.',
      },
      {
        text: 'Most of them: one key in 200 is not much.',
        from: 0.5,
        below: 0.95,
        feedback:
          'One key, but three requests in five. In the second and a half of a call 360 readers come for it, more than all other keys have calls in a minute.',
      },
      {
        text: 'As many: it shortens the queue, not the work.',
        from: 0.95,
        feedback: 'A shared call is work that is not done. The queue is short because of it.',
      },
    ],
  },
  {
    id: 'cache-predict-larger-pool',
    kind: 'predict',
    objective: 'stampedes',
    difficulty: 2,
    source: 'stampedes',
    question:
      'Against the stampede of each minute the [[model|model pool]] is made twenty times as large, so that no call waits. What becomes of the calls that are made?',
    given: [
      ['Requests', '400 a second, three in five for one hot answer'],
      ['A call', '1.5 s'],
      ['The others', '200 answers, each of them ends once a minute'],
    ],
    runs: [
      { title: '25 slots', scenario: 'hot-key', untilS: 300 },
      {
        title: '500 slots',
        scenario: 'hot-key',
        untilS: 300,
        overrides: [{ path: 'stations.pool.servers', value: 500 }],
      },
    ],
    measure: { figure: 'station.pool.arrivals', of: 'ratio', unit: 'times as many calls' },
    options: [
      {
        text: 'Nearly all are spared, as answers come at once.',
        below: 0.45,
        feedback:
          'They come after a call’s own 1.5 s, not at once. Who asks within that time still finds nothing.',
      },
      {
        text: 'Most remain: what they cost is paid as before.',
        from: 0.45,
        below: 0.98,
        feedback:
          'A call of 1.5 s means 1.5 s of misses in any pool. Only the duplicates go that the queue had made. Nobody waits any more, and the same answer is still paid for hundreds of times.',
      },
      {
        text: 'They multiply, as the pool lets more calls in.',
        from: 0.98,
        feedback:
          'Misses make calls, not free slots. In the small pool there were even more, as the first answer took longer to come.',
      },
    ],
  },
  {
    id: 'cache-predict-purge-all',
    kind: 'predict',
    objective: 'invalidation',
    difficulty: 3,
    source: 'invalidation',
    question:
      'Everything at the [[l4|edge]] is purged. There are 2000 pages, so the origin could fill the edge in 25 seconds. An answer that comes when its caller has left fills nothing. What is the hit rate in the second minute after the purge?',
    given: edge,
    runs: [
      {
        title: 'purged',
        scenario: 'cdn-purge',
        untilS: 150,
        overrides: purgeAtHalf({ 'tiers.edge.purge': true }),
      },
    ],
    measure: { figure: 'endHitRate', of: 'value', unit: 'of the requests are hits' },
    options: [
      {
        text: 'Back at more than 90 %: it had twice the time.',
        from: 0.9,
        feedback:
          'The 25 s hold for an origin that does each page once, for someone who is still there. Popular pages are asked for many times before the first answer is back.',
      },
      {
        text: 'Between 60 and 90 %, and nearly there.',
        from: 0.6,
        below: 0.9,
        feedback:
          'Filling would speed itself up if work bore fruit. Most of what the origin does in this minute is for callers who have left.',
      },
      {
        text: 'Less than 60 %: it fills far too slowly.',
        below: 0.6,
        feedback:
          'The queue is longer than two seconds, so most answers come too late to fill anything, and each caller tries three times. The [[trouble|purge]] was over in a moment; the load that it made keeps itself up.',
      },
    ],
  },
  {
    id: 'cache-predict-purge-a-tenth',
    kind: 'predict',
    objective: 'invalidation',
    difficulty: 2,
    source: 'invalidation',
    question:
      'Purging everything at the [[l4|edge]] makes thousands of requests fail. Now only one page in ten, those with a certain tag, is purged. How many requests fail, compared with that?',
    given: edge,
    runs: [
      {
        title: 'everything',
        scenario: 'cdn-purge',
        untilS: 150,
        overrides: purgeAtHalf({ 'tiers.edge.purge': true }),
      },
      {
        title: 'a tenth',
        scenario: 'cdn-purge',
        untilS: 150,
        overrides: purgeAtHalf({ 'tiers.edge.lose': 0.1 }),
      },
    ],
    measure: { figure: 'failed', of: 'ratio', unit: 'times as many failures' },
    options: [
      {
        text: 'Next to none.',
        below: 0.04,
        feedback:
          'A tenth of 500 is 50 a second more for an origin with room for 65 more. It is done in time, so it fills the edge, and is over in seconds.',
      },
      {
        text: 'About a tenth.',
        from: 0.04,
        below: 0.25,
        feedback:
          'Failures do not grow with the purge. Up to what the origin can bear there are none; beyond it late answers and retries make most of them.',
      },
      {
        text: 'About half.',
        from: 0.25,
        below: 0.75,
        feedback:
          'It would take a purge that overloads the origin for as long. This one leaves it below its capacity.',
      },
      {
        text: 'About as many.',
        from: 0.75,
        feedback:
          'Nine pages in ten are still answered by the edge. The origin is asked for the rest, and has room.',
      },
    ],
  },
  {
    id: 'cache-predict-name-in-the-key',
    kind: 'predict',
    objective: 'similar-prompts',
    difficulty: 2,
    source: 'similar-prompts',
    question:
      'Three prompts in ten begin with the reader’s name, which does not matter for the answer, and never hit. Now the name is taken out of the key. How many model calls are left?',
    given: [
      ['Hits of prompts without a name', '91 %'],
      ['What is asked', 'the same with a name and without'],
    ],
    runs: [0.3, 0].map((share) => ({
      title: share > 0 ? 'with names' : 'without',
      scenario: 'cold-cache',
      overrides: [
        { path: 'events', value: [] },
        { path: 'durationS', value: 60 },
        { path: 'stations.pool.servers', value: null },
        { path: 'tiers.cache.capacityEntries', value: 100_000 },
        { path: 'tiers.cache.ttlS', value: 300 },
        { path: 'population.oneTimeShare', value: share },
      ],
    })),
    measure: { figure: 'station.pool.arrivals', of: 'ratio', unit: 'times as many calls' },
    options: [
      {
        text: 'None: the names were what missed.',
        below: 0.08,
        feedback: 'The prompts without a name missed, too, one in eleven. Those calls remain.',
      },
      {
        text: 'About a quarter.',
        from: 0.08,
        below: 0.4,
        feedback:
          'Before, three in ten missed always and the other seven now and then: names were three in ten requests, but most of the calls. Afterwards all miss as seldom as the seven did.',
      },
      {
        text: 'Seven in ten, as three in ten went.',
        from: 0.4,
        below: 0.85,
        feedback:
          'That is their share of the requests. Of the calls they had a far larger one, since the others were mostly hits.',
      },
      {
        text: 'Nearly as many: the wording still differs.',
        from: 0.85,
        feedback:
          'What is asked is the same with a name and without, so the keys meet once the name is gone.',
      },
    ],
  },
];
