import { describe, expect, it } from 'vitest';
import { primeDay } from '../scenarios/prime-day.ts';
import { parseScenario } from '../simulation/scenario.ts';
import { simCommand, timeOf } from './as-command.ts';

const scenario = parseScenario(primeDay);

describe('a setting as a command', () => {
  it('is ready to paste', () => {
    const setting = { l3: true, l1: false, retryBudget: 4, queueOrder: 'lifo', flushAll: true };
    expect(simCommand('prime-day', scenario, { setting, atS: 1140 })).toBe(
      'npm run --silent sim -- prime-day --at 02:19:00 l3=on --at 02:19:00 l1=off --at 02:19:00 retryBudget=4 ' +
        '--at 02:19:00 queueOrder=lifo --at 02:19:00 flushAll=now',
    );
  });
  it('has changes, seed and end, and quotes what a shell would read otherwise', () => {
    const overrides = [
      { path: 'load.ratePerS', value: 5 },
      { path: 'title', value: "Mary's day" },
    ];
    expect(
      simCommand('my day.json', scenario, { setting: {}, atS: 0, overrides }, { seed: 3, untilS: 60 }),
    ).toBe(
      `npm run --silent sim -- 'my day.json' --seed 3 --until 60 --set load.ratePerS=5 --set 'title="Mary'\\''s day"'`,
    );
  });
  it('tells a fraction of a second in seconds', () => {
    expect([timeOf(scenario, 1140), timeOf(scenario, 0.5)]).toEqual(['02:19:00', '0.5']);
  });
});
