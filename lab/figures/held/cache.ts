/** Numbers in docs/module/cache/. */
import { exp } from '../../../engine/core/exact-math.ts';
import { hotKey } from '../../../engine/scenarios/hot-key.ts';
import { runOf } from '../../../engine/simulation/preset-runs.ts';
import { ttlHitRate } from '../../../engine/simulation/theory.ts';
import { figure as eviction, hitsOf } from '../cache/eviction.ts';
import { reportAt } from '../cache/hit-rate.ts';
import { figure as invalidation } from '../cache/invalidation.ts';
import { agesMin } from '../cache/promotion.ts';
import { figure as similarPrompts } from '../cache/similar-prompts.ts';
import { figure as stampedes } from '../cache/stampedes.ts';
import { figure as tiers } from '../cache/tiers.ts';
import { outdatedShare } from '../cache/ttl.ts';
import type { KnobValues } from '../format.ts';
import { numbersIn, once, pictureOf, sum, type HeldSections } from './held.ts';

const hits = (label: string, knobs: KnobValues = {}): number => hitsOf(pictureOf(eviction, knobs), label);
/** L1 answers half, and L2 nine tenths of the rest. */
const half = once(() => reportAt(50, { behind: 90, levels: 2 }));
const purge = (panel: number, knobs: KnobValues = {}) => pictureOf(invalidation, knobs).panels[panel];
const purgeFails = (panel: number): number => numbersIn(purge(panel).verdict!.note!)[0];
const survives = (tagged: number): boolean => purge(1, { tagged }).verdict!.words !== 'still down';
const stampede = (panel: number, line: number, knobs: KnobValues = {}): number =>
  sum(pictureOf(stampedes, knobs).panels[panel].lines[line].y);
const levels = (row: number, knobs: KnobValues = {}) => pictureOf(tiers, knobs).rows[row];
const [MODEL, MEMORY, MEMORY_REDIS, MEMORY_DISK, ALL] = [0, 1, 2, 3, 4];
const withoutModel = (row: number): number => numbersIn(levels(row).note!)[0];
const slowRedisWins = (redisMs: number): boolean =>
  levels(ALL, { redisMs }).value <= levels(MEMORY_DISK, { redisMs }).value;
const likeness = (wrong: boolean): number[] =>
  pictureOf(similarPrompts)
    .rows.filter(({ note }) => note!.startsWith('two answers') === wrong)
    .map(({ value }) => value);
/** Hits of a key, per cent: reads a minute, minutes of life. */
const ttlHits = (reads: number, lifeMin: number): number => 100 * ttlHitRate(reads, lifeMin, 'fixed');
const outdated = (lifeMin: number): number => 100 * outdatedShare(lifeMin, { reads: 1, changes: 1 });
/** Chance that a reader renews so many seconds before the end of what takes 1.5 s to make, per cent. */
const renews = (leftS: number): number => 100 * exp(-leftS / 1.5);

export const held: HeldSections = {
  eviction: {
    'tiny-lfu': () => hits('W-TinyLFU'),
    'lru-with-more-room': () => hits('LRU', { room: 29 }),
    'lru-room': (room) => hits('LRU', { room }) >= hits('W-TinyLFU') - 0.5,
    'a-tenth-less': () => hits('the module’s score') - hits('the module’s score', { room: 9 }),
  },
  'hit-rate': {
    'of-requests': () => 100 * half().hitRatePerRequest!,
    'of-look-ups': () => 100 * half().hitRatePerProbe!,
    'hot-key-hits': () => 100 * runOf(hotKey, 1).world.recorder.window(60, 180).hitRate,
  },
  invalidation: {
    'all-fail': () => purgeFails(0),
    'softly-fail': () => purgeFails(2),
    'may-go': (tagged) => survives(tagged) && !survives(tagged + 5),
    'too-many': (tagged) => !survives(tagged),
  },
  promotion: {
    oldest: () => {
      const minutes = Math.max(...agesMin('renewed', { levels: 3, emptied: 55 }));
      return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
    },
  },
  'similar-prompts': {
    'look-alikes-from': (percent) => Math.min(...likeness(true)) >= percent - 1e-9,
    'paraphrases-below': (percent) => Math.max(...likeness(false)) < percent,
  },
  stampedes: {
    'each-calls': () => stampede(0, 0),
    'shared-calls': () => stampede(1, 0),
    'fails-more': (hot) => stampede(0, 1, { hot }) > stampede(0, 1),
    'renews-at-3-s': () => renews(3),
  },
  tiers: {
    memory: () => withoutModel(MEMORY),
    redis: () => withoutModel(MEMORY_REDIS),
    disk: () => withoutModel(ALL),
    'mean-model': () => levels(MODEL).value / 1000,
    'mean-all': () => levels(ALL).value,
    'redis-before-model': () => levels(MEMORY).value - levels(MEMORY_REDIS).value,
    'redis-before-disk': (ms) => levels(MEMORY_DISK).value - levels(ALL).value < ms,
    'too-slow': (ms) => !slowRedisWins(ms) && slowRedisWins(ms - 1),
  },
  ttl: {
    'ten-minutes': () => ttlHits(1, 10),
    'an-hour': () => ttlHits(1, 60),
    'more-hits': () => ttlHits(1, 60) - ttlHits(1, 10),
    'more-outdated': () => outdated(60) - outdated(10),
    popular: () => ttlHits(10, 10),
    rare: () => ttlHits(0.1, 60) - ttlHits(0.1, 10),
  },
};
