import { amount, percent } from '../simulation/wording.ts';
import { ttlHitRate } from '../simulation/theory.ts';
import type { World } from '../simulation/world.ts';
import type { Rule } from './recommend-rule.ts';
import type { Recommendation } from './recommend.ts';

/** Half a day: longer lives are a question of what may be stale. */
const LONGEST_MS = 43_200_000;
/** A gain smaller than this is lost in the noise of a minute. */
const WORTH = 0.02;
const FULL = 0.95;
/** Keys that are added up, taken evenly over the population. */
const KEYS = 5000;

/** Longer lives for the cache that holds longest: a key that is asked at rate λ hits with odds λT. */
const longerTtl: Rule = ({ world }, seen) => {
  const tier = world.tiers
    .filter((t) => t.on && t.ttlMs < Infinity && seen.tierAskedShare[t.index]! > 0)
    .sort((a, b) => b.ttlMs - a.ttlMs || b.capacity - a.capacity)[0];
  if (!tier || tier.ttlMs > LONGEST_MS || !(seen.hitRate > 0.02)) return [];
  if (tier.entries >= FULL * tier.capacity * tier.caches.length) return []; // it is full: entries go before they expire
  const { population } = world.callers.door;
  const once = onceShare(world);
  const ttlS = tier.ttlMs / 1000;
  const missShare = (keepS: number): number => {
    const step = Math.max(1, Math.floor(population.size / KEYS));
    let hit = 0;
    let all = 0;
    for (let key = 0; key < population.size; key += step) {
      const share = population.shareOf(key);
      all += share;
      hit += share * ttlHitRate(seen.requestsPerS * (1 - once) * share, keepS, 'fixed');
    }
    return 1 - hit / all;
  };
  // What is asked once misses with any life; of the rest, as many fewer miss as the formula has fewer.
  const repeats = Math.max(0, 1 - seen.hitRate - once);
  const fewer = missShare(2 * ttlS) / missShare(ttlS);
  const then = 1 - once - repeats * fewer;
  if (then - seen.hitRate < WORTH) return [];
  return [
    {
      id: `ttl:${tier.name}`,
      title: `Keep ${tier.settings.title ?? tier.name} for twice as long, ${Math.round(ttlS * 2)} s`,
      why: `The caches answer ${percent(seen.hitRate)}, and it has room for ${amount(tier.capacity * tier.caches.length - tier.entries)} more entries.`,
      lever: `tiers.${tier.name}.ttlS`,
      value: ttlS * 2,
      settleS: Math.ceil(2 * ttlS),
      predicted: {
        figure: 'hitRate',
        now: seen.hitRate,
        then,
        by: 'a key hits λT / (1 + λT), added up over the keys',
        with: `T = ${Math.round(2 * ttlS)} s instead of ${Math.round(ttlS)} s: ${percent(1 - fewer)} fewer misses of what is asked again`,
      },
      weight: 200 * (then - seen.hitRate),
    },
  ];
};

/** Share of requests for something that nobody asks again. In conversations only the first question may be one that others ask, too. */
function onceShare({ callers }: World): number {
  const { traffic, door } = callers;
  if (!traffic) return door.population.oneTimeShare;
  let all = 0;
  let again = 0;
  for (const { factor, turns, settings } of traffic.agents) {
    all += settings.share * factor * turns;
    again += settings.share * factor * settings.repeatShare;
  }
  return 1 - again / all;
}

/** A tier that is off and holds everything that is asked twice. */
const switchOn: Rule = ({ world, scenario }, seen) =>
  world.tiers.flatMap((tier): Recommendation[] => {
    if (tier.on || tier.entries === 0) return [];
    const then = Math.max(seen.hitRate, 1 - scenario.population.oneTimeShare);
    if (then - seen.hitRate < 0.005) return [];
    return [
      {
        id: `on:${tier.name}`,
        title: `Switch ${tier.settings.title ?? tier.name} on`,
        why: `It holds ${tier.entries.toLocaleString('en')} entries that nobody reads, and ${percent(1 - seen.hitRate)} of requests find no answer in a cache.`,
        lever: `tiers.${tier.name}.on`,
        value: true,
        predicted: {
          figure: 'hitRate',
          now: seen.hitRate,
          then,
          by: 'everything asked before is there',
          with: `1 − ${percent(scenario.population.oneTimeShare)} that is never asked twice`,
        },
        weight: 30 + 50 * (then - seen.hitRate),
      },
    ];
  });

export const cacheRules: readonly Rule[] = [longerTtl, switchOn];
