import { describe, expect, it } from 'vitest';
import { primeDay } from '../scenarios/prime-day.ts';
import { leverChanges, type PullValue } from './levers.ts';
import { parseScenario } from './scenario.ts';
import { Simulation } from './simulation.ts';

const scenario = parseScenario(primeDay);
const changes = (id: string, value: PullValue) => leverChanges(scenario, id, value);

describe('a lever', () => {
  it('that is a switch takes on, off and its number', () => {
    expect(changes('l3', true)).toEqual([{ path: 'tiers.l3.on', value: true }]);
    expect(changes('l3', 'off')).toEqual([{ path: 'tiers.l3.on', value: false }]);
    // 48 hours, in the unit of the setting
    expect(changes('l3', 48)).toEqual([
      { path: 'tiers.l3.on', value: true },
      { path: 'tiers.l3.ttlS', value: 48 * 3600 },
    ]);
    expect(changes('l3', '48')).toEqual(changes('l3', 48));
  });
  it('that is a switch of a number stands at its initial one', () => {
    expect(changes('shed', true)).toEqual([{ path: 'load.shedShare', value: 0.3 }]);
    expect(changes('shed', 50)).toEqual([{ path: 'load.shedShare', value: 0.5 }]);
    expect(changes('shed', false)).toEqual([{ path: 'load.shedShare', value: 0 }]);
    expect(changes('queueBound', false)).toEqual([{ path: 'stations.pool.maxQueue', value: null }]);
  });
  it('that is a choice, a number or an action takes what it says', () => {
    expect(changes('model', 'gpt-4-turbo')).toEqual([{ path: 'stations.pool.model', value: 'gpt-4-turbo' }]);
    expect(changes('retries', '2')).toEqual([{ path: 'caller.retries', value: 2 }]);
    expect(changes('flushDead', 'now')).toEqual([{ path: 'stations.pool.flush', value: 'dead' }]);
  });

  it.each<[string, PullValue, string]>([
    ['l5', true, 'lever: expected one of l1, l2, l3'],
    ['coalesing', true, 'got "coalesing". Did you mean "coalescing"?'],
    ['poolSize', 0, 'lever poolSize: expected a number from 1 to 2000 (slots), got 0.'],
    ['poolSize', 5000, 'lever poolSize: expected a number from 1 to 2000 (slots), got 5000.'],
    ['poolSize', true, 'lever poolSize: expected a number, got true.'],
    ['poolSize', 'big', 'lever poolSize: expected a number, got "big".'],
    ['coalescing', 3, 'lever coalescing: expected on or off, got 3.'],
    ['l3', 'maybe', 'lever l3: expected on, off or a number from 1 to 720 (h), got "maybe".'],
    ['l3', 721, 'lever l3: expected a number from 1 to 720 (h), got 721.'],
    ['l3', NaN, 'lever l3: expected a number from 1 to 720 (h), got NaN.'],
    ['model', 'gpt-5', 'lever model: expected one of gpt-4, gpt-4-turbo, gpt-3.5-turbo, got "gpt-5".'],
    ['flushDead', false, 'lever flushDead: expected true or "now", got false.'],
    ['retries', 1.5, 'expected a whole number from 0 to 20, got 1.5.'],
    ['l1', 10.5, 'expected a whole number from 1 to 16000000, got 10.5.'],
  ])('%s = %j is refused', (lever, value, message) => {
    const simulation = new Simulation({ ...primeDay, durationS: 10, historyS: 0 }, 1);
    const before = simulation.leverStates();
    expect(() => simulation.pull(lever, value)).toThrow(message);
    expect(
      () =>
        new Simulation({ ...primeDay, durationS: 10, historyS: 0 }, 1, { pulls: [{ atS: 1, lever, value }] }),
    ).toThrow(message);
    // Refused as a whole: nothing of it has happened, and nothing is recorded.
    expect(simulation.leverStates()).toEqual(before);
    expect(simulation.pulls).toEqual([]);
  });

  it('shows its state', () => {
    const simulation = new Simulation({ ...primeDay, durationS: 10, historyS: 0 }, 1);
    const state = (id: string) => simulation.leverStates()[id];
    expect(state('l3')).toEqual({ on: false, param: 24 });
    expect(state('deadlineMargin')).toEqual({ on: false, param: 2400 });
    expect(state('model')).toEqual({ on: true, choice: 'gpt-4' });
    expect(state('retries')).toEqual({ on: true, param: 3 });
    expect(state('flushDead')).toEqual({ on: false });
    simulation.pull('l3', 48);
    simulation.pull('deadlineMargin', true);
    simulation.pull('shed', 25);
    simulation.pull('model', 'gpt-3.5-turbo');
    expect(state('l3')).toEqual({ on: true, param: 48 });
    expect(state('deadlineMargin')).toEqual({ on: true, param: 2400 });
    expect(state('shed')).toEqual({ on: true, param: 25 });
    expect(state('model')).toEqual({ on: true, choice: 'gpt-3.5-turbo' });
    simulation.pull('deadlineMargin', false);
    expect(state('deadlineMargin')!.on).toBe(false);
  });

  it('may be any live setting by its path', () => {
    const simulation = new Simulation({ ...primeDay, durationS: 10, historyS: 0 }, 1);
    simulation.pull('stations.redis.servers', '2');
    simulation.pull('caller.timeoutMs', 'null');
    expect(simulation.world.stations.find((s) => s.name === 'redis')!.servers).toBe(2);
    expect(simulation.world.callerRules.timeoutMs).toBeNull();
    expect(() => simulation.pull('stations.redis.server', 2)).toThrow(
      'Did you mean "stations.redis.servers"?',
    );
  });

  it('that moves a setting which does not exist makes the scenario unsound', () => {
    const lever = (control: object) => ({
      ...primeDay,
      levers: [{ id: 'x', group: 'cache', label: 'X', reason: 'y', control }],
    });
    expect(() => new Simulation(lever({ kind: 'switch', path: 'tiers.l9.on' }), 1)).toThrow(
      'levers.x: expected a setting that may change while the run goes on, got "tiers.l9.on". Did you mean',
    );
    expect(() => new Simulation(lever({ kind: 'switch', path: 'tiers.l1.on', on: 3 }), 1)).toThrow(
      'levers.x tiers.l1.on: expected true or false, got 3.',
    );
    expect(() => new Simulation(lever({ kind: 'number', path: 'load.ratePerS' }), 1)).toThrow('levers.x');
  });
});
