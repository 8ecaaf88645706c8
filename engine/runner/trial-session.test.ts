import { describe, expect, it } from 'vitest';
import { shop } from '../tuning/hand-worked.ts';
import { outcomeOf } from '../tuning/outcome.ts';
import { openTrial } from '../tuning/trial.ts';
import { TrialSession } from './trial-session.ts';

/** A wall clock that goes on by `tickMs` whenever it is read; whoever yields goes on at once, after `onYield`. */
function heldWall(tickMs: number, onYield: () => unknown = () => undefined) {
  let now = 0;
  const wall = {
    yields: 0,
    nowMs: () => (now += tickMs),
    yield: async () => {
      wall.yields++;
      await onYield();
    },
  };
  return wall;
}

describe('a trial session', () => {
  it('answers with the outcome of the run, however it is cut', async () => {
    const request = { scenario: shop, seed: 3, figures: ['tier.cache.hits'] };
    const expected = { outcome: outcomeOf(openTrial(request).run(), request.figures) };
    for (const tickMs of [0, 1, 7, 30])
      expect(await new TrialSession(heldWall(tickMs)).run(request)).toEqual(expected);
  });

  it('yields after about 20 ms of work, and tells how far it is', async () => {
    const shares: number[] = [];
    const wall = heldWall(3);
    const session = new TrialSession(wall);
    await session.watch((share) => shares.push(share));
    await session.run({ scenario: shop, seed: 1 });
    expect(wall.yields).toBeGreaterThan(3);
    expect(shares).toHaveLength(wall.yields);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)!).toBeLessThan(1);
  });

  it('yields over many short runs, too', async () => {
    const wall = heldWall(1);
    const session = new TrialSession(wall);
    for (let seed = 1; seed <= 40; seed++) await session.run({ scenario: shop, seed, untilS: 1 });
    expect(wall.yields).toBeGreaterThanOrEqual(3);
    expect(wall.yields).toBeLessThan(20);
  });

  it('is stopped at the next yield, and takes another trial after that', async () => {
    const wall = heldWall(3, () => (wall.yields === 3 ? session.stop() : undefined));
    const session = new TrialSession(wall);
    expect(await session.run({ scenario: shop, seed: 1 })).toEqual({ failure: { message: 'stopped' } });
    expect(wall.yields).toBe(3);
    expect(await session.run({ scenario: shop, seed: 1, untilS: 1 })).toHaveProperty('outcome');
  });

  it('ends a trial when another is asked for', async () => {
    let other: Promise<unknown> | undefined;
    const wall = heldWall(3, () => {
      if (wall.yields === 2) other = session.run({ scenario: shop, seed: 2, untilS: 1 });
    });
    const session = new TrialSession(wall);
    expect(await session.run({ scenario: shop, seed: 1 })).toEqual({ failure: { message: 'stopped' } });
    expect(await other).toHaveProperty('outcome');
  });

  it.each<[string, object, { place: string; message: string }]>([
    [
      'scenario',
      { scenario: 'shpo' },
      { place: 'scenario', message: expect.stringContaining('one of') as string },
    ],
    [
      'setting',
      { overrides: [{ path: 'tiers.cache.on', value: 'no' }] },
      { place: 'tiers.cache.on', message: 'tiers.cache.on: expected a boolean, got "no".' },
    ],
    [
      'lever',
      { pulls: [{ atS: 1, lever: 'load.fctor', value: 2 }] },
      { place: 'lever load.fctor', message: expect.any(String) as string },
    ],
    ['seed', { seed: -1 }, { place: 'seed', message: 'seed: expected a whole number of 0 or more, got -1.' }],
    ['figure', { figures: ['hits'] }, { place: 'figure', message: expect.any(String) as string }],
  ])('says which %s was wrong, and where', async (_, wrong, failure) => {
    const reply = await new TrialSession(heldWall(1)).run({ scenario: shop, seed: 1, untilS: 1, ...wrong });
    expect(reply).toEqual({ failure });
    expect(structuredClone(reply)).toEqual(reply);
  });
});
