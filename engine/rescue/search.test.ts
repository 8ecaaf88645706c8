import { describe, expect, it } from 'vitest';
import { coldCache } from '../scenarios/cold-cache.ts';
import { redisOutage } from '../scenarios/redis-outage.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { TimedPull } from './rules.ts';
import type { GameResult } from './score.ts';
import { optionsOf, search } from './search.ts';

const result = (total: number, rescued: boolean): GameResult =>
  ({ score: { total, rescued, lines: [] } }) as unknown as GameResult;

const pull = (lever: string, afterS = 0): TimedPull => ({ afterS, lever, value: true });

/** A made-up incident: whoever pulls a, and b ten seconds later, does best. */
const game = (seed: number, pulls: readonly TimedPull[]): GameResult => {
  const of = (lever: string) => pulls.find((one) => one.lever === lever);
  const late = of('b') ? Math.abs(of('b')!.afterS - 10) : 0;
  if (of('a') && of('b')) return result(900 - late - pulls.length, true);
  if (of('d')) return result(500, seed !== 7);
  return result(100 + pulls.length, false);
};

const options = ['a', 'b', 'c', 'd'].map((lever) => ({ lever, value: true }));
const plan = { options, timesS: [0, 5, 10], seeds: [1, 2], width: 3, most: 3, play: game };

describe('the search', () => {
  it('finds two pulls that do nothing alone, and their moments', () => {
    const { found } = search({ ...plan, options: options.slice(0, 3) });
    expect(found[0]?.pulls).toEqual([pull('a'), pull('b', 10)]);
    expect(found[0]?.score).toBe(898);
  });

  it('puts fewer pulls first, whatever more would score', () => {
    const { found } = search(plan);
    expect(found[0]?.pulls).toEqual([pull('d')]);
    expect(found.some(({ score }) => score === 898)).toBe(true);
  });

  it('drops what does not rescue with every seed', () => {
    const { found } = search({ ...plan, seeds: [1, 7] });
    expect(found.every(({ pulls }) => pulls.some(({ lever }) => lever === 'a'))).toBe(true);
    expect(found[0]?.pulls).toHaveLength(2);
  });

  it('plays no game twice, and tells of each', () => {
    const played: string[] = [];
    const { games } = search({
      ...plan,
      play: (seed, pulls) => {
        played.push(
          `${seed} ${pulls
            .map((one) => JSON.stringify(one))
            .sort()
            .join()}`,
        );
        return game(seed, pulls);
      },
    });
    expect(new Set(played).size).toBe(played.length);
    expect(games).toBe(played.length);
  });

  it('says so when there is none', () => {
    expect(search({ ...plan, play: () => result(10, false) }).found).toEqual([]);
  });
});

describe('what may be pulled', () => {
  const of = (scenario: object, tries = {}) => {
    const simulation = new Simulation(scenario, 1);
    return optionsOf({ tries }, simulation.scenario, (path) => simulation.settingNow(path));
  };

  it('is each switch the other way, each action, and the values given for numbers', () => {
    expect(of(coldCache, { poolSize: [20, 50] })).toEqual([
      { lever: 'lateFill', value: true },
      { lever: 'coalescing', value: true },
      { lever: 'deadlineMargin', value: true },
      { lever: 'flushDead', value: true },
      { lever: 'shed', value: true },
      { lever: 'poolSize', value: 20 },
      { lever: 'poolSize', value: 50 },
    ]);
  });

  it('is each choice that is not taken', () => {
    expect(of(redisOutage).filter(({ lever }) => lever === 'told')).toEqual([
      { lever: 'told', value: 'unreported' },
    ]);
  });
});
