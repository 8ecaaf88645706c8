/** Numbers: tiers, times to live, a full cache, and hit rates. */
import { memoryOptions, parseCacheConfig } from '../../engine/cache/config.ts';
import { newFlowCounts, newTierFlow } from '../../engine/cache/flow/flow-stats.ts';
import { cacheReport, NANO_USD, savingsByMiss, savingsByTokens } from '../../engine/cache/stats.ts';
import { ttlHitRate } from '../../engine/simulation/theory.ts';
import type { Drawn, QuestionInput } from '../format.ts';

/** A report of so many requests: all ask L1, what it misses asks L2, and what that misses is loaded. */
function reportOf({ requests, firstHits, secondHits }: Drawn) {
  const first = { ...newTierFlow(), hits: firstHits!, misses: requests! - firstHits! };
  const second = { ...newTierFlow(), hits: secondHits!, misses: first.misses - secondHits! };
  return cacheReport({ ...newFlowCounts(), requests: requests!, answeredFresh: firstHits! + secondHits! }, [
    { name: 'memory', level: 'l1', flow: first },
    { name: 'redis', level: 'l2', flow: second },
  ]);
}

const spared = ({ calls, inputTokens, outputTokens }: Drawn) => ({
  inputTokens: calls! * inputTokens!,
  outputTokens: calls! * outputTokens!,
});

export const cacheComputeKeeping: QuestionInput[] = [
  {
    id: 'cache-compute-mean-walk',
    kind: 'compute',
    objective: 'tiers',
    difficulty: 2,
    source: 'tiers',
    question:
      'Each request asks [[l1|L1]]. What L1 does not have goes on to [[l2|L2]], and what L2 does not have to the [[model|model]]. What is the mean response, in milliseconds?',
    given: [
      ['L1', '{firstPercent} % hits, 1 ms'],
      ['L2', '{secondPercent} % hits of what it is asked, 5 ms'],
      ['Model', '{modelMs} ms'],
    ],
    draw: (random) => ({
      firstPercent: 40 + 10 * random.below(3),
      secondPercent: 20 + 10 * random.below(3),
      modelMs: 1000 + 200 * random.below(6),
    }),
    answer: ({ firstPercent, secondPercent, modelMs }) =>
      1 + (1 - firstPercent! / 100) * (5 + (1 - secondPercent! / 100) * modelMs!),
    unit: 'ms',
    tolerance: 0.02,
    working: '1 + (1 − {firstPercent} %) × (5 + (1 − {secondPercent} %) × {modelMs}) = {answer} ms',
    mistakes: [
      {
        answer: ({ firstPercent, secondPercent, modelMs }) =>
          1 +
          (1 - firstPercent! / 100) * 5 +
          Math.max(0, 1 - firstPercent! / 100 - secondPercent! / 100) * modelMs!,
        feedback: 'L2’s share is of the requests that reach it, those that L1 has missed, not of all.',
      },
      {
        answer: ({ modelMs }) => (1 + 5 + modelMs!) / 3,
        feedback:
          'That is the mean of the three times. Each has to count by the share of the requests that pay it.',
      },
      {
        answer: ({ secondPercent, modelMs }) => 1 + 5 + (1 - secondPercent! / 100) * modelMs!,
        feedback: 'That is what a request takes that L1 has missed. Those that L1 answers stop after 1 ms.',
      },
    ],
  },
  {
    id: 'cache-compute-ttl-hit-rate',
    kind: 'compute',
    objective: 'ttl',
    difficulty: 2,
    source: 'ttl',
    question:
      'A key is asked for {perMinute} times a minute on average, at random. Its life is {ttlS} s from the fill, and filling takes no time. How many per cent of the requests are hits?',
    draw: (random) => ({ perMinute: 1 + random.below(3), ttlS: 60 * (1 + random.below(2)) }),
    answer: ({ perMinute, ttlS }) => 100 * ttlHitRate(perMinute! / 60, ttlS!, 'fixed'),
    unit: '%',
    tolerance: 0.01,
    working:
      'In a life of {ttlS} s come {perMinute} × {ttlS} / 60 requests, all hits, for one miss that began it. Hits / (hits + 1) = {answer} %.',
    mistakes: [
      {
        answer: ({ perMinute, ttlS }) => 100 * ttlHitRate(perMinute! / 60, ttlS!, 'sliding'),
        feedback:
          'That holds for a life that begins anew with each hit. A life that counts from the fill ends, however often it is read.',
      },
      {
        answer: ({ perMinute, ttlS }) => 100 * (1 - 60 / (perMinute! * ttlS!)),
        feedback:
          'One miss for the requests within a life is nearly it, but the miss comes on top of them: n hits are n of n + 1 requests.',
      },
      {
        answer: ({ perMinute, ttlS }) => 100 * ttlHitRate(perMinute!, ttlS!, 'fixed'),
        feedback: 'The rate is for a minute and the life in seconds. Bring both to one unit first.',
      },
    ],
  },
  {
    id: 'cache-compute-score-tie',
    kind: 'compute',
    objective: 'eviction',
    difficulty: 2,
    source: 'eviction',
    question:
      'By the module’s score, staleness × 1 / (access count + 1), the highest leaves. Entry A was last used {idleS} s ago. For how many seconds must B have been unused to have the same score?',
    given: [
      ['A', '{readsA} reads'],
      ['B', '{readsB} reads'],
    ],
    draw: (random) => ({
      idleS: 30 * (1 + random.below(4)),
      readsA: 1 + random.below(4),
      readsB: 9 + 10 * random.below(3),
    }),
    answer: ({ idleS, readsA, readsB }) => (idleS! * (readsB! + 1)) / (readsA! + 1),
    unit: 's',
    tolerance: 0.01,
    working:
      'A’s score is {idleS} / ({readsA} + 1). B’s is the same after {idleS} × ({readsB} + 1) / ({readsA} + 1) = {answer} s.',
    mistakes: [
      {
        answer: ({ idleS, readsA, readsB }) => (idleS! * readsB!) / readsA!,
        feedback: 'The score divides by reads + 1, so that an entry without a read has a score, too.',
      },
      {
        answer: ({ idleS, readsA, readsB }) => (idleS! * (readsA! + 1)) / (readsB! + 1),
        feedback: 'Upside down: more reads keep an entry for longer, so B may be unused for longer than A.',
      },
      {
        answer: ({ idleS }) => idleS!,
        feedback:
          'That is how LRU would see it, which looks at the last use only. The score also counts reads.',
      },
    ],
  },
  {
    id: 'cache-compute-both-limits',
    kind: 'compute',
    objective: 'eviction',
    difficulty: 1,
    source: 'eviction',
    question:
      'A memory cache is bound by entries and by bytes, and what is stored is compressed. How many answers does it hold when it begins to evict? (1 MB = 1024 kB)',
    given: [
      ['Bounds', '{maxEntries} entries, {maxMegabytes} MB'],
      ['An answer', '{plainKb} kB'],
      ['Compressed to', '{percent} %'],
    ],
    draw: (random) => ({
      maxEntries: 5000,
      maxMegabytes: 50 * (1 + random.below(3)),
      plainKb: 160 + 40 * random.below(4),
      percent: 25 + 5 * random.below(4),
    }),
    answer: ({ maxEntries, maxMegabytes, plainKb, percent }) => {
      const limits = memoryOptions(parseCacheConfig({ maxEntries, maxMegabytes }));
      const fitting = Math.floor(limits.maxBytes / ((plainKb! * 1024 * percent!) / 100));
      return Math.min(limits.maxEntries, fitting);
    },
    unit: 'answers',
    tolerance: 0.01,
    working:
      '{maxMegabytes} × 1024 kB / ({plainKb} kB × {percent} %) = {answer} answers, which is below {maxEntries}: bytes bind.',
    mistakes: [
      {
        answer: ({ maxEntries }) => maxEntries!,
        feedback: 'That bound is never reached: the bytes are used up before. The tighter of the two counts.',
      },
      {
        answer: ({ maxMegabytes, plainKb }) => (maxMegabytes! * 1024) / plainKb!,
        feedback: 'That many would fit as they are. They are stored compressed.',
      },
    ],
  },
  {
    id: 'cache-compute-rate-per-probe',
    kind: 'compute',
    objective: 'hit-rate',
    difficulty: 2,
    source: 'hit-rate',
    question:
      'Each request asks [[l1|L1]]; what that misses asks [[l2|L2]]; what both miss goes to the [[model|model]]. The module divides the hits of both levels by the hits and misses of both. How many per cent does its formula show?',
    given: [
      ['Requests', '{requests}'],
      ['Hits in L1', '{firstHits}'],
      ['Hits in L2', '{secondHits}'],
    ],
    draw: (random) => {
      const requests = 1000 * (1 + random.below(9));
      return {
        requests,
        firstHits: (requests * (40 + 5 * random.below(5))) / 100,
        secondHits: (requests * (10 + 5 * random.below(3))) / 100,
      };
    },
    answer: (drawn) => 100 * reportOf(drawn).hitRatePerProbe!,
    unit: '%',
    tolerance: 0.01,
    working:
      'Lookups: {requests} in L1 and {requests} − {firstHits} in L2. ({firstHits} + {secondHits}) / lookups = {answer} %.',
    mistakes: [
      {
        answer: (drawn) => 100 * reportOf(drawn).hitRatePerRequest!,
        feedback:
          'That is the share of requests that needed no model, the rate that costs follow. The formula counts lookups: who misses L1 is counted twice.',
      },
      {
        answer: (drawn) => {
          const [first, second] = reportOf(drawn).levels;
          return 50 * (first!.hitRate! + second!.hitRate!);
        },
        feedback: 'That is the mean of the levels’ rates. L2 is asked less often than L1, so it weighs less.',
      },
    ],
  },
  {
    id: 'cache-compute-savings',
    kind: 'compute',
    objective: 'hit-rate',
    difficulty: 1,
    source: 'hit-rate',
    question: 'A cache spared {calls} model calls today. What did that save, in dollars?',
    given: [
      ['A call', '{inputTokens} tokens in, {outputTokens} out'],
      ['For a million tokens', '${inputUsd} in, ${outputUsd} out'],
    ],
    draw: (random) => {
      const inputUsd = 2 + random.below(4);
      return {
        calls: 10_000 * (1 + random.below(9)),
        inputTokens: 500 * (1 + random.below(4)),
        outputTokens: 200 + 100 * random.below(4),
        inputUsd,
        outputUsd: 5 * inputUsd,
      };
    },
    answer: (drawn) =>
      savingsByTokens(spared(drawn), {
        inputUsdPerMTok: drawn.inputUsd!,
        outputUsdPerMTok: drawn.outputUsd!,
      }) / NANO_USD,
    unit: '$',
    tolerance: 0.01,
    working:
      '{calls} × ({inputTokens} × ${inputUsd} + {outputTokens} × ${outputUsd}) / 1,000,000 = ${answer}',
    mistakes: [
      {
        answer: ({ calls }) => savingsByMiss(calls!) / NANO_USD,
        feedback: 'That is the module’s flat $0.001 for a miss avoided. The tokens of these calls cost more.',
      },
      {
        answer: (drawn) =>
          savingsByTokens(spared(drawn), {
            inputUsdPerMTok: drawn.inputUsd!,
            outputUsdPerMTok: drawn.inputUsd!,
          }) / NANO_USD,
        feedback: 'All tokens at the price of input. Tokens that are generated cost five times as much here.',
      },
    ],
  },
];
