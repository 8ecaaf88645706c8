import { bandOf } from '../cache/stats.ts';
import { Deduplicator } from '../cache/semantic/deduplication.ts';
import { guard } from '../cache/semantic/guard.ts';
import type { Outcome } from '../tuning/outcome.ts';
import type { ClaimRun, JudgedClaim, MeasuredCase } from './claim.ts';

const about = { part: 'cache', where: 'The multi-level cache' } as const;

/** The module's bands, at their edges and just below them. */
const EDGES = [
  [0.9, 'excellent'],
  [0.899, 'good'],
  [0.7, 'good'],
  [0.699, 'poor'],
] as const;

/** Printed: as many entries leave a full cache at once as a fifth of its capacity comes to, cut to a whole number. */
const evictedAtOnce = (capacity: number): number => Math.floor(capacity * 0.2) / capacity;

/** Every tier's own hits over its lookups, added up, in the last ten minutes of the rescued hour. */
const WINDOW = '3000-3600';
const probes = (tiers: readonly string[], what: string): string[] =>
  tiers.map((tier) => `sum:tier.${tier}.${what}@${WINDOW}`);
const sum = (outcome: Outcome, names: readonly string[]): number =>
  names.reduce((total, name) => total + outcome[name], 0);
function differenceBetweenRates(
  condition: string | null,
  run: ClaimRun,
  tiers: readonly string[],
): MeasuredCase {
  const [hits, lookups] = [probes(tiers, 'hits'), probes(tiers, 'lookups')];
  return {
    condition,
    runs: { run },
    figures: [...hits, ...lookups, `hitRate@${WINDOW}`],
    quantity: ({ run: o }) => sum(o, hits) / sum(o, lookups) - o[`hitRate@${WINDOW}`],
  };
}
const rescued: ClaimRun = { scenario: 'prime-day', preset: 'rescue' };

/** Answers that differ in one word which turns them round: 24 and 48 words. */
const SHORT: readonly [string, string] = [
  'To protect your account open settings choose security and enable automatic backups there, then sign out of every other device you own today please',
  'To protect your account open settings choose security and disable automatic backups there, then sign out of every other device you own today please',
];
const LONG_TAIL =
  ' because support teams can only restore files when recent copies exist, which usually takes about five working days after someone writes, calls or visits';
const LONG: readonly [string, string] = [SHORT[0] + LONG_TAIL, SHORT[1] + LONG_TAIL];

/** 1 when the second answer would be served for the first, 0 when both are kept. */
function merged([first, second]: readonly [string, string], threshold: number, guarded = false): number {
  if (guarded && !guard(first, second).same) return 0;
  const copies = new Deduplicator({ threshold });
  const scope = { tenant: 'a', context: 'b' };
  copies.add(scope, 'first', first);
  return copies.add(scope, 'second', second).canonical === 'first' ? 1 : 0;
}

/** A minute of a quiet Prime Day: dollars for each call that a hit would have spared. */
const callUsd = (condition: string | null, model: string): MeasuredCase => ({
  condition,
  runs: {
    run: { scenario: 'prime-day', untilS: 60, overrides: [{ path: 'stations.pool.model', value: model }] },
  },
  quantity: ({ run }) => run['costUsd'] / run['calls'],
});

export const cacheClaims: readonly JudgedClaim[] = [
  {
    ...about,
    id: 'hit-bands',
    system: 'C3',
    section: 'hit-rate',
    text: 'Hit rates from 90 % are excellent, from 70 % good, below that poor.',
    bound: { value: 1, unit: 'share', direction: 'at least' },
    quantity: 'share of the bands’ edges that fall as printed',
    note: 'A definition, and the lab uses it. Whether an excellent rate is enough is another matter: Prime Day has one when it breaks.',
    seeds: 1,
    cases: [
      {
        condition: null,
        exact: () => EDGES.filter(([rate, band]) => bandOf(rate) === band).length / EDGES.length,
      },
    ],
  },
  {
    ...about,
    id: 'hit-formula',
    system: 'C3',
    section: 'hit-rate',
    text: 'The overall hit rate is all hits over all hits and misses of the levels.',
    bound: { value: 0, unit: 'points', direction: 'about', within: 0.005 },
    quantity: 'that rate minus the share of requests that a cache answered',
    note: 'A request that misses three levels is three misses by this formula.',
    seeds: 5,
    cases: [
      differenceBetweenRates(null, rescued, ['l1', 'l2', 'l3']),
      differenceBetweenRates(
        'there is one level',
        {
          scenario: 'prime-day',
          overrides: [
            { path: 'tiers.l1.on', value: false },
            { path: 'events', value: [] },
          ],
        },
        ['l2'],
      ),
    ],
  },
  {
    ...about,
    id: 'evict-fifth',
    system: 'C7',
    section: 'eviction',
    text: 'A full cache frees the worst 20 % of its entries at once.',
    bound: { value: 0.2, unit: 'share', direction: 'about', within: 0.001 },
    quantity: 'share of the entries that the printed rule frees',
    note: 'The first case is a cache of 4 entries, of which 20 % is none; the second one of the module’s 1000.',
    seeds: 1,
    cases: [
      { condition: null, exact: () => evictedAtOnce(4) },
      { condition: 'the cache has five entries or more', exact: () => evictedAtOnce(1000) },
    ],
  },
  {
    ...about,
    id: 'same-answer-90',
    system: 'C16',
    section: 'similar-prompts',
    text: 'Responses with 0.90 of their words in common are the same response.',
    bound: { value: 0, unit: 'share', direction: 'at most' },
    quantity: 'share of answers that say the opposite (enable, disable) and are merged',
    seeds: 1,
    cases: [
      { condition: null, exact: () => merged(SHORT, 0.9) },
      { condition: 'a guard compares the words that differ', exact: () => merged(SHORT, 0.9, true) },
    ],
  },
  {
    ...about,
    id: 'same-answer-95',
    system: 'C14',
    section: 'similar-prompts',
    text: 'Model outputs alike to 0.95 are the same output.',
    bound: { value: 0, unit: 'share', direction: 'at most' },
    quantity: 'share of answers that say the opposite and are merged, at 24 and at 48 words',
    note: 'The stricter threshold tells the short answers apart; in the longer ones the same single word is a smaller part.',
    seeds: 1,
    cases: [
      { condition: null, exact: () => (merged(SHORT, 0.95) + merged(LONG, 0.95)) / 2 },
      { condition: 'answers are short', exact: () => merged(SHORT, 0.95) },
      {
        condition: 'a guard compares the words that differ',
        exact: () => (merged(SHORT, 0.95, true) + merged(LONG, 0.95, true)) / 2,
      },
    ],
  },
  {
    ...about,
    id: 'dollar-per-miss',
    system: 'C17',
    section: 'hit-rate',
    text: 'Each avoided miss saves $0.001.',
    bound: { value: 0.001, unit: 'usd', direction: 'about', within: 0.0005 },
    quantity: 'dollars for each model call that a miss takes, at 800 tokens',
    note: 'It is the price of a call, so it depends on the model and on the tokens. The bound is what rounds to 0.001.',
    seeds: 2,
    cases: [
      callUsd(null, 'gpt-4'),
      callUsd('the call is one to gpt-4-turbo', 'gpt-4-turbo'),
      callUsd('the call is one to gpt-3.5-turbo', 'gpt-3.5-turbo'),
    ],
  },
];
