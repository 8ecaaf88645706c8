/** Numbers: promoted copies, stampedes, purges, and answers that are shared. */
import { lifeInTier } from '../../engine/cache/flow/make-entry.ts';
import type { CacheEntry } from '../../engine/cache/entry.ts';
import { Deduplicator } from '../../engine/cache/semantic/deduplication.ts';
import { NANO_USD, savingsByMiss } from '../../engine/cache/stats.ts';
import { cacheLoads, ttlWithFetch } from '../../engine/simulation/theory.ts';
import type { Drawn, QuestionInput } from '../format.ts';

/** An entry as it lies in L2, filled at 0. */
const entryOf = (ttlS: number): CacheEntry => ({
  key: 'answer',
  value: '',
  createdAtMs: 0,
  lastAccessedAtMs: 0,
  accessCount: 0,
  freshUntilMs: ttlS * 1000,
  staleUntilMs: ttlS * 1000,
  sizeBytes: 1,
  tags: [],
  metadata: {},
});

const words = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `word${from + i}`).join(' ');

/** Share of words that two texts have in common, as the deduplicator finds it. */
function similarity({ common, onlyFirst, onlySecond }: Drawn): number {
  const scope = { tenant: 'one', context: 'one' };
  const copies = new Deduplicator({ threshold: 0.1 });
  const shared = words(0, common!);
  copies.add(scope, 'first', `${shared} ${words(1000, 1000 + onlyFirst!)}`);
  return copies.add(scope, 'second', `${shared} ${words(2000, 2000 + onlySecond!)}`).similarity;
}

/** Dollars that hits spare, the wrong ones too, as none of them calls the model. */
const sparedUsd = ({ hits, callUsd }: Drawn): number => savingsByMiss(hits!, callUsd!) / NANO_USD;
const wrongHits = ({ hits, wrongPerThousand }: Drawn): number => (hits! * wrongPerThousand!) / 1000;

export const cacheComputeSharing: QuestionInput[] = [
  {
    id: 'cache-compute-promoted-life',
    kind: 'compute',
    objective: 'promotion',
    difficulty: 1,
    source: 'promotion',
    question:
      'An entry was put into [[l2|L2]] {ageS} s ago. A read finds it there, and it is promoted to [[l1|L1]] without being kept alive beyond its time. For how many seconds may L1 answer from the copy?',
    given: [
      ['Life in L2', '{ttlS} s'],
      ['L1 keeps nothing longer than', '{capS} s'],
    ],
    draw: (random) => {
      const ttlS = 600 * (1 + random.below(3));
      return { ttlS, ageS: ttlS - 20 * (2 + random.below(6)), capS: 240 + 60 * random.below(3) };
    },
    answer: ({ ttlS, ageS, capS }) =>
      lifeInTier(entryOf(ttlS!), capS! * 1000, ageS! * 1000).freshUntilMs / 1000 - ageS!,
    unit: 's',
    tolerance: 0.01,
    working: 'The rest of its life, {ttlS} − {ageS} = {answer} s, is shorter than {capS} s.',
    mistakes: [
      {
        answer: ({ capS }) => capS!,
        feedback:
          'With L1’s own time the copy would outlive its original. L1’s bound can shorten a life, never lengthen it.',
      },
      {
        answer: ({ ttlS }) => ttlS!,
        feedback: 'A whole new life for an old value: that is how stale data stay alive. Its age counts.',
      },
    ],
  },
  {
    id: 'cache-compute-stampede',
    kind: 'compute',
    objective: 'stampedes',
    difficulty: 1,
    source: 'stampedes',
    question:
      'One key is asked for {perS} times a second. It expires, and requests share no calls. How many model calls does one expiry cause, on average?',
    given: [
      ['A call', '{callMs} ms'],
      ['Time to live', '{ttlS} s'],
    ],
    draw: (random) => ({
      perS: 20 * (1 + random.below(10)),
      callMs: 500 * (1 + random.below(5)),
      ttlS: 60 * (1 + random.below(4)),
    }),
    answer: ({ perS, callMs, ttlS }) => ttlWithFetch(perS!, ttlS!, callMs! / 1000).stampede,
    unit: 'calls',
    tolerance: 0.05,
    working: 'The first, and all who come until it is back: 1 + {perS} × {callMs} / 1000 = {answer} calls.',
    mistakes: [
      {
        answer: ({ perS, ttlS }) => perS! * ttlS!,
        feedback:
          'Those are the requests of a whole life. Once the first answer is back, the others are hits.',
      },
      {
        answer: () => 1,
        feedback:
          'One it would be if the others waited for the first call. Here each of them is a miss of its own.',
      },
      {
        answer: ({ perS, callMs }) => 1 + perS! * callMs!,
        feedback: 'The rate is for a second, the call in milliseconds. Bring both to one unit first.',
      },
    ],
  },
  {
    id: 'cache-compute-refuse-after-purge',
    kind: 'compute',
    objective: 'invalidation',
    difficulty: 2,
    source: 'invalidation',
    question:
      'Somebody purges the whole edge. How many per cent of the requests must be refused at the door at first, so that the origin is not asked for more than it can do?',
    given: [
      ['Requests', '{ratePerS} a second'],
      ['Hits before the purge', '{hitPercent} %'],
      ['The origin can do', '{originPerS} a second'],
    ],
    draw: (random) => ({
      ratePerS: 1000 * (1 + random.below(3)),
      hitPercent: 95 + random.below(3),
      originPerS: 150 + 50 * random.below(5),
    }),
    answer: ({ ratePerS, hitPercent, originPerS }) =>
      100 * (1 - cacheLoads(originPerS!, hitPercent! / 100).cold / ratePerS!),
    unit: '%',
    tolerance: 0.01,
    working:
      'With nothing in the cache every request goes to the origin: 1 − {originPerS} / {ratePerS} = {answer} %.',
    mistakes: [
      {
        answer: ({ ratePerS, originPerS }) => (100 * originPerS!) / ratePerS!,
        feedback: 'That is the share that may come in. What was asked for is the rest.',
      },
      {
        answer: ({ ratePerS, hitPercent, originPerS }) =>
          100 * (1 - originPerS! / ratePerS! + (1 - hitPercent! / 100)),
        feedback:
          'The misses of before are among the requests that come in. No room has to be kept for them besides.',
      },
      {
        answer: () => 0,
        feedback:
          'Before the purge the origin had room to spare. With an empty edge it gets all requests, no longer a few in a hundred.',
      },
    ],
  },
  {
    id: 'cache-compute-words-in-common',
    kind: 'compute',
    objective: 'similar-prompts',
    difficulty: 1,
    source: 'similar-prompts',
    question:
      'Two responses become one stored copy when their words agree to 90 % (Jaccard: words in both, divided by words in either). How many per cent do these have?',
    given: [
      ['In both', '{common} words'],
      ['Only in the first', '{onlyFirst}'],
      ['Only in the second', '{onlySecond}'],
    ],
    draw: (random) => ({
      common: 40 + 5 * random.below(5),
      onlyFirst: 2 + random.below(4),
      onlySecond: 2 + random.below(4),
    }),
    answer: (drawn) => 100 * similarity(drawn),
    unit: '%',
    tolerance: 0.005,
    working: '{common} / ({common} + {onlyFirst} + {onlySecond}) = {answer} %',
    mistakes: [
      {
        answer: ({ common, onlyFirst, onlySecond }) =>
          (100 * 2 * common!) / (2 * common! + onlyFirst! + onlySecond!),
        feedback:
          'That counts the common words once for each text, and comes out higher. By Jaccard each word counts once.',
      },
      {
        answer: ({ common, onlyFirst, onlySecond }) =>
          (100 * common!) / (common! + Math.max(onlyFirst!, onlySecond!)),
        feedback:
          'That is the share of the longer text. The words that only the shorter one has belong below the line, too.',
      },
    ],
  },
  {
    id: 'cache-compute-wrong-hits',
    kind: 'compute',
    objective: 'similar-prompts',
    difficulty: 3,
    source: 'similar-prompts',
    question:
      'A cache answers similar prompts from each other. Each hit spares a call, also a wrong one, but a wrong one then costs a support case. What is gained in a day, in dollars? (A loss is below zero.)',
    given: [
      ['Hits', '{hits}'],
      ['A call', '${callUsd}'],
      ['Wrong hits', '{wrongPerThousand} in 1000'],
      ['A support case', '${caseUsd}'],
    ],
    draw: (random) => ({
      hits: 10_000 * (1 + random.below(5)),
      callUsd: (5 + 5 * random.below(3)) / 1000,
      wrongPerThousand: 2 + random.below(5),
      caseUsd: 4 + random.below(4),
    }),
    answer: (drawn) => sparedUsd(drawn) - wrongHits(drawn) * drawn.caseUsd!,
    unit: '$',
    tolerance: 0.02,
    working: '{hits} × ${callUsd} − {hits} × {wrongPerThousand} / 1000 × ${caseUsd} = {answer} dollars',
    mistakes: [
      {
        answer: sparedUsd,
        feedback: 'That is what the calls would have cost. The wrong answers are still to be paid for.',
      },
      {
        answer: (drawn) => sparedUsd(drawn) - 10 * wrongHits(drawn) * drawn.caseUsd!,
        feedback: 'The wrong hits were taken for so many in a hundred. They are so many in a thousand.',
      },
      {
        answer: (drawn) => -wrongHits(drawn) * drawn.caseUsd!,
        feedback: 'That is what the support cases cost. Against it stands what the hits have spared.',
      },
    ],
  },
];
