import { describe, expect, it } from 'vitest';
import { RandomStream } from '../core/random.ts';
import { CATALOGUE } from '../scenarios/catalogue.ts';
import { leverChanges } from '../simulation/levers.ts';
import { parseScenario } from '../simulation/scenario.ts';
import { crossed, randomSetting, searchSpace, varied, type Setting } from './search-space.ts';

const searchable = Object.entries(CATALOGUE).filter(([, { levers = [] }]) => levers.length > 0);

describe.each(searchable)('the space of %s', (_, input) => {
  const scenario = parseScenario(input);
  const space = searchSpace(scenario);
  const random = new RandomStream(1, 'test');
  const check = (setting: Setting): void => {
    for (const [lever, value] of Object.entries(setting)) leverChanges(scenario, lever, value);
  };

  it('has only values that the levers take: at random, varied, crossed', () => {
    let before = randomSetting(space, random);
    for (let i = 0; i < 300; i++) {
      const setting = randomSetting(space, random);
      expect(Object.keys(setting).length).toBeGreaterThan(0);
      check(setting);
      const next = varied(crossed(before, setting, random), space, random);
      check(next);
      before = Object.keys(next).length > 0 ? next : setting;
    }
  });

  it('is drawn over its whole range, in multiples of the step', () => {
    for (const { lever, draw } of space) {
      if (!lever.param) continue;
      const { min, max, step } = lever.param;
      const drawn = Array.from({ length: 400 }, () => draw(random)).filter(
        (value) => typeof value === 'number',
      );
      for (const value of drawn)
        expect(
          value === min || value === max || Math.abs(value / step - Math.round(value / step)) < 1e-9,
        ).toBe(true);
      expect(Math.max(...drawn)).toBeGreaterThan(min + 0.5 * (max - min));
      const low = max / Math.max(min, step) > 50 ? 0.05 : 0.2;
      expect(Math.min(...drawn)).toBeLessThan(min + low * (max - min));
    }
  });
});

describe('a lever', () => {
  const scenario = parseScenario({
    ...CATALOGUE['mmc'],
    levers: [
      {
        id: 'free',
        group: 'cost',
        label: '',
        reason: '',
        control: { kind: 'number', path: 'stations.desk.servers' },
      },
      {
        id: 'merge',
        group: 'cost',
        label: '',
        reason: '',
        control: { kind: 'switch', path: 'stations.desk.coalesce' },
      },
    ],
  });
  it('that takes any number has no range to search', () => {
    expect(searchSpace(scenario).map(({ lever }) => lever.id)).toEqual(['merge']);
    expect(searchSpace(scenario, ['free'])).toEqual([]);
  });
});
