import { describe, expect, it } from 'vitest';
import { narrate } from '../simulation/narrative.ts';
import { runOf, unmet } from '../simulation/preset-runs.ts';
import { Simulation } from '../simulation/simulation.ts';
import { priceChange } from './price-change.ts';

const SEEDS = [1, 2];
/** Until 18:00 is enough to see where the money goes. */
const untilSix = { ...priceChange, durationS: 36_000 };
/** Dollars for a model in the hours [from, to) after 08:00. */
const spent = (simulation: Simulation, model: string, from: number, to: number): number =>
  simulation.world.recorder
    .column(`spend.model.${model}`)
    .subarray(from * 60, to * 60)
    .reduce((a, b) => a + b, 0);

describe('the provider changes its prices', () => {
  it.each(SEEDS)(
    'on a fixed route, four times the price is a day’s budget gone by five (seed %i)',
    (seed) => {
      const simulation = runOf(untilSix, seed);
      const before = spent(simulation, 'gpt-4-turbo', 2, 4);
      const after = spent(simulation, 'gpt-4-turbo', 4, 6);
      expect(after / before).toBeGreaterThan(3.4);
      expect(after / before).toBeLessThan(4.6);
      const gone = simulation.events.find((e) => e.kind === 'refusing')!;
      expect(gone.atS / 3600).toBeGreaterThan(7);
      expect(gone.atS / 3600).toBeLessThan(9.5);
      expect(unmet(simulation)).toEqual(['criticalServed']);
    },
  );

  it.each(SEEDS)('chosen call by call, the next call goes elsewhere (seed %i)', (seed) => {
    const simulation = runOf(untilSix, seed, 'select');
    expect(spent(simulation, 'gpt-4-turbo', 3, 4)).toBeGreaterThan(20 * spent(simulation, 'rival', 3, 4));
    expect(spent(simulation, 'rival', 4, 5)).toBeGreaterThan(20 * spent(simulation, 'gpt-4-turbo', 4, 5));
    expect(unmet(simulation)).toEqual([]);
  });

  it('late is better than never, and more money is only more money', () => {
    expect(unmet(runOf(untilSix, 1, 'late'))).toEqual([]);
    expect(unmet(runOf(untilSix, 1, 'pay'))).toEqual(['costUsd']);
  });

  it('is told as what it is, and not as an agent that has run away', () => {
    const simulation = new Simulation(priceChange, 1);
    simulation.advanceTo(18_000_000);
    const { lede, paragraphs } = narrate(simulation);
    expect(lede).toBe('gpt-4-turbo is dearer, and everything still runs on it.');
    expect(paragraphs.join(' ')).toContain('costs 4 times its list price');
    expect(paragraphs.join(' ')).toMatch(/gone at 1[567]:\d\d at this pace/);
  });
});
