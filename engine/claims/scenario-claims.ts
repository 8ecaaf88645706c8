import type { Outcome } from '../tuning/outcome.ts';
import type { ClaimRun, JudgedClaim, MeasuredCase } from './claim.ts';
import { changeOf } from './quantities.ts';

/** Prime Day, from 02:00: an ordinary minute before the surge at 02:17; three minutes of the plateau, the surge over; the half minute before 02:24:00. */
const ORDINARY = '960-1020';
const PLATEAU = '1320-1500';
const SEVENTH_MINUTE = '1410-1440';
/** The last ten minutes of the hour. */
const AFTER = '3000-3600';
const PULLED_S = 1140;

const untouched: ClaimRun = { scenario: 'prime-day' };
const rescued: ClaimRun = { scenario: 'prime-day', preset: 'rescue' };
/** The module's remedy: four levels of caches, the two that were off as well. */
const fourLevels: ClaimRun = {
  scenario: 'prime-day',
  pulls: { atS: PULLED_S, levers: { l3: true, l4: true } },
};
const twoLevers: ClaimRun = {
  scenario: 'prime-day',
  pulls: { atS: PULLED_S, levers: { l3: true, queueOrder: 'adaptive-lifo' } },
};

const figureOf =
  (name: string) =>
  ({ run }: Readonly<Record<string, Outcome>>): number =>
    run[name];
const one = (condition: string | null, run: ClaimRun, figure: string): MeasuredCase => ({
  condition,
  runs: { run },
  figures: [figure],
  quantity: figureOf(figure),
});
const TWO = 'yesterday’s answers are at hand (L3) and the newest are served first';
const SIX = 'the six levers of the rescue are pulled two minutes into the surge';

const about = { part: 'scenarios', seeds: 5 } as const;
const primeDay = { ...about, system: 'S1', where: 'Prime Day, 02:17' } as const;
const newsFeed = { ...about, system: 'S2', where: 'The news feed' } as const;
const memory = { ...about, system: 'S4', where: 'The memory squeeze' } as const;

const primeDayClaims: JudgedClaim[] = [
  {
    ...primeDay,
    id: 'prime-day-ordinary',
    section: 'percentiles',
    text: 'Before the surge a request takes 100 ms.',
    bound: { value: 100, unit: 'ms', direction: 'about' },
    quantity: 'mean response in the minute before the surge',
    cases: [one(null, untouched, `meanMs@${ORDINARY}`)],
  },
  {
    ...primeDay,
    id: 'prime-day-plateau',
    section: 'metastable',
    text: 'The surge takes it to 12 s.',
    bound: { value: 12_000, unit: 'ms', direction: 'about' },
    quantity: 'mean response from 02:22 to 02:25, when the surge is over',
    note: 'Four tries of 3 s each, and none is answered.',
    cases: [one(null, untouched, `meanMs@${PLATEAU}`)],
  },
  {
    ...primeDay,
    id: 'prime-day-back',
    section: 'metastable',
    text: 'Optimised, it is back at 94 ms.',
    bound: { value: 94, unit: 'ms', direction: 'at most' },
    quantity: 'mean response in the last half minute of the seven',
    note: 'The first case turns on the caches that were off, two minutes into the surge, and nothing else.',
    cases: [
      one(null, fourLevels, `meanMs@${SEVENTH_MINUTE}`),
      one(TWO, twoLevers, `meanMs@${SEVENTH_MINUTE}`),
      one(SIX, rescued, `meanMs@${SEVENTH_MINUTE}`),
    ],
  },
  {
    ...primeDay,
    id: 'prime-day-minutes',
    section: 'metastable',
    text: 'Service is back within 7 minutes.',
    bound: { value: 420, unit: 's', direction: 'at most' },
    quantity: 'seconds from the surge until the objectives hold for good; 3600 when they never do',
    note: 'The first case turns on the caches that were off, two minutes into the surge, and nothing else.',
    cases: [
      one(null, fourLevels, 'recoveredAfterS'),
      one(TWO, twoLevers, 'recoveredAfterS'),
      one(SIX, rescued, 'recoveredAfterS'),
    ],
  },
  {
    ...primeDay,
    id: 'prime-day-hits',
    section: 'hit-rate',
    text: '97 % of the requests are answered by a cache.',
    bound: { value: 0.97, unit: 'share', direction: 'at least' },
    quantity: 'share of all requests that some cache answered',
    note: 'The first case is an ordinary minute before the surge, with the caches as they are; the second the last ten minutes of the rescued hour.',
    cases: [
      one(null, untouched, `hitRate@${ORDINARY}`),
      one('L3 holds what was asked yesterday', rescued, `hitRate@${AFTER}`),
    ],
  },
  {
    ...primeDay,
    id: 'prime-day-users',
    section: 'metastable',
    text: 'Prime Day has 127 million users.',
    bound: { value: 127_000_000, unit: 'users', direction: 'about', within: 1_270_000 },
    quantity: 'requests of the whole fleet in the hour',
    note: 'The load is written for one request of each user, so this is what goes in, within a hundredth.',
    cases: [one(null, untouched, 'requests')],
  },
  {
    ...primeDay,
    id: 'prime-day-requests',
    section: 'metastable',
    text: 'It is 500 million requests.',
    bound: { value: 500_000_000, unit: 'requests', direction: 'about' },
    quantity: 'requests of the whole fleet in the hour',
    note: 'The second case counts each try of the storm as a request, the third writes the load anew: four times the cells, four times the requests.',
    cases: [
      one(null, untouched, 'requests'),
      one('each try and retry of the storm is counted', untouched, 'tries'),
      one(
        'each of the 127 million asks four times in the hour',
        { scenario: 'prime-day', preset: 'rescue', overrides: [{ path: 'fleet.cells', value: 400 }] },
        'requests',
      ),
    ],
  },
];

const newsUntouched: ClaimRun = { scenario: 'news-feed' };
const newsShared: ClaimRun = { scenario: 'news-feed', preset: 'shared' };
/** From 06:30, with the news at 07:00: ten minutes before 07:20, when the preset is pulled, and the last 35. */
const NEWS = '2400-3000';
const SETTLED = '3300-5400';
const SHARED = 'one summary is written for all readers, kept for five minutes and renewed in time';
const LONGER = 'summaries are kept for five minutes, each still for its reader';
const keptLonger: ClaimRun = { scenario: 'news-feed', pulls: { atS: 3000, levers: { ttl: 300 } } };

const newsClaims: JudgedClaim[] = [
  {
    ...newsFeed,
    id: 'news-feed-overload',
    section: 'queueing',
    text: 'With the news a page takes 47 s.',
    bound: { value: 47_000, unit: 'ms', direction: 'about' },
    quantity: 'mean response from 07:10 to 07:20',
    cases: [one(null, newsUntouched, `meanMs@${NEWS}`)],
  },
  {
    ...newsFeed,
    id: 'news-feed-back',
    section: 'stampedes',
    text: 'Caching brings it to 84 ms.',
    bound: { value: 84, unit: 'ms', direction: 'at most' },
    quantity: 'mean response from 07:25 on',
    note: 'Two caches are on in all cases. A cache key with the reader’s name in it is never asked for twice.',
    cases: [
      one(null, newsUntouched, `meanMs@${SETTLED}`),
      one(LONGER, keptLonger, `meanMs@${SETTLED}`),
      one(SHARED, newsShared, `meanMs@${SETTLED}`),
    ],
  },
  {
    ...newsFeed,
    id: 'news-feed-hits',
    section: 'hit-rate',
    text: '97 % of the pages come from a cache.',
    bound: { value: 0.97, unit: 'share', direction: 'at least' },
    quantity: 'share of all requests that some cache answered, from 07:25 on',
    cases: [
      one(null, newsUntouched, `hitRate@${SETTLED}`),
      one(LONGER, keptLonger, `hitRate@${SETTLED}`),
      one(SHARED, newsShared, `hitRate@${SETTLED}`),
    ],
  },
];

/** From 10:00: the five minutes before 10:45, when the presets are pulled, and the last half hour; conversations are kept for half an hour. */
const SQUEEZED = '2400-2700';
const SLIM = '4500-6300';
const squeeze: ClaimRun = { scenario: 'memory-squeeze' };
const slim: ClaimRun = { scenario: 'memory-squeeze', preset: 'slim' };
const asPrinted: ClaimRun = { scenario: 'memory-squeeze', preset: 'printed' };
const PRUNED_SLIM = 'repeats are held once, tool results as tables, and contexts under gzip';
const footprint = (condition: string | null, run: ClaimRun): MeasuredCase => ({
  condition,
  runs: { run },
  figures: [`mean:memory.contextBytes@${SQUEEZED}`, `mean:memory.contextBytes@${SLIM}`],
  quantity: ({ run: o }) =>
    changeOf(o[`mean:memory.contextBytes@${SQUEEZED}`], o[`mean:memory.contextBytes@${SLIM}`]),
});

const memoryClaims: JudgedClaim[] = [
  {
    ...memory,
    id: 'memory-in-use',
    section: 'context',
    text: '94 % of the memory is in use.',
    bound: { value: 0.94, unit: 'share', direction: 'about', within: 0.01 },
    quantity: 'share of the heaps that is taken, from 10:40 to 10:45',
    cases: [one(null, squeeze, `mean:memory.share@${SQUEEZED}`)],
  },
  {
    ...memory,
    id: 'memory-stalls',
    section: 'context',
    text: 'Agents stall for 12 s.',
    bound: { value: 12_000, unit: 'ms', direction: 'about' },
    quantity: 'longest collection from 10:40 to 10:45',
    cases: [one(null, squeeze, `max:memory.longestPauseMs@${SQUEEZED}`)],
  },
  {
    ...memory,
    id: 'memory-footprint',
    section: 'context',
    text: 'Optimised contexts take 73 to 78 % less memory.',
    bound: { value: -0.78, to: -0.73, unit: 'change', direction: 'range' },
    quantity: 'bytes of a conversation in memory, the last half hour against 10:40 to 10:45',
    note: 'The first case prunes by the rule as the module prints it.',
    cases: [footprint(null, asPrinted), footprint(PRUNED_SLIM, slim)],
  },
  {
    ...memory,
    id: 'memory-back',
    section: 'context',
    text: 'Answers then take 94 ms.',
    bound: { value: 94, unit: 'ms', direction: 'at most' },
    quantity: 'mean response in the last half hour',
    note: 'The first case prunes by the rule as the module prints it.',
    cases: [one(null, asPrinted, `meanMs@${SLIM}`), one(PRUNED_SLIM, slim, `meanMs@${SLIM}`)],
  },
];

export const scenarioClaims: readonly JudgedClaim[] = [...primeDayClaims, ...newsClaims];
export const memoryScenarioClaims: readonly JudgedClaim[] = memoryClaims;
