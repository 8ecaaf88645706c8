import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySqueeze } from '../scenarios/memory-squeeze.ts';
import { primeDay } from '../scenarios/prime-day.ts';
import { parseScenario } from '../simulation/scenario.ts';
import {
  assignment,
  overrideFrom,
  overrideText,
  pullFrom,
  pullValueFrom,
  pullValueText,
  secondsFrom,
  timeText,
} from './run-text.ts';

const prime = parseScenario(primeDay);
const squeeze = parseScenario(memorySqueeze);
const lever = (id: string, scenario = prime) => scenario.levers.find((one) => one.id === id);

describe('settings', () => {
  it('are JSON, or text', () => {
    expect(overrideFrom('stations.pool.servers=80', '--set')).toEqual({
      path: 'stations.pool.servers',
      value: 80,
    });
    expect(overrideFrom('a=b=c', '--set')).toEqual({ path: 'a', value: 'b=c' });
    expect(overrideText({ path: 'a', value: 'lifo' })).toBe('a=lifo');
    expect(overrideText({ path: 'a', value: '80' })).toBe('a="80"');
    expect(overrideText({ path: 'a', value: { b: [1, null] } })).toBe('a={"b":[1,null]}');
  });

  it('come back as they were, whatever they are', () =>
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), (value) => {
        // JSON has one zero.
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(overrideFrom(overrideText({ path: 'a.b', value }), '--set').value).toEqual(plain);
      }),
    ));

  it.each(['servers', '=5', ''])('%j is refused', (text) =>
    expect(() => assignment(text, '?set')).toThrow(`?set: expected NAME=VALUE, got ${JSON.stringify(text)}.`),
  );
});

describe('times', () => {
  const run = { startsAt: '02:00:00' };
  it('are times of day, or seconds from the start', () => {
    expect(secondsFrom('02:19:00', run, '--at')).toBe(1140);
    expect(secondsFrom('02:19:00.25', run, '--at')).toBe(1140.25);
    expect(secondsFrom('1140', run, '--at')).toBe(1140);
    expect(timeText(1140, run)).toBe('02:19:00');
    expect(timeText(1140.25, run)).toBe('02:19:00.25');
    expect(timeText(90_000, { startsAt: '00:00:00' })).toBe('25:00:00');
  });

  it('come back to the last bit', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.nat(400_000_000).map((ms) => ms / 1000),
          fc.double({ min: 0, max: 1e6, noNaN: true }),
        ),
        fc.nat(86_399),
        (atS, second) => {
          const from = { startsAt: timeText(second, { startsAt: '00:00:00' }) };
          expect(secondsFrom(timeText(atS, from), from, '--at')).toBe(atS + 0);
        },
      ),
    ));

  it.each([
    ['01:00', 'expected a time from 02:00:00 on, got "01:00".'],
    ['-5', 'expected a time of 0 or more, got -5.'],
    ['noon', 'expected a time of day as HH:MM:SS, got "noon".'],
    ['', 'expected a time of day'],
  ])('%j is refused', (text, message) => expect(() => secondsFrom(text, run, '--at')).toThrow(message));
});

describe('values of levers', () => {
  it('are what the page gives: on, a number, a choice, now', () => {
    expect(pullValueFrom('on', lever('l3'))).toBe(true);
    expect(pullValueFrom('No', lever('l3'))).toBe(false);
    expect(pullValueFrom('20', lever('shed'))).toBe(20);
    expect(pullValueFrom('gpt-4', lever('model'))).toBe('gpt-4');
    expect(pullValueFrom('now', lever('flushDead'))).toBe(true);
    expect(pullValueText(true, lever('flushDead'))).toBe('now');
    expect(pullValueText(true, lever('l3'))).toBe('on');
  });

  it('of a choice are its options, also where they read as a switch', () => {
    const prune = squeeze.levers.find(
      ({ control }) => control.kind === 'choice' && control.options.some(({ value }) => value === 'off'),
    );
    expect(pullValueFrom('off', prune)).toBe('off');
    expect(pullValueText('off', prune)).toBe('off');
    // Who writes without the scenario at hand puts quotes around it.
    expect(pullValueText('off', undefined)).toBe('"off"');
    expect(pullValueFrom('"off"', prune)).toBe('off');
  });

  it('come back as they were', () => {
    const levers = [undefined, ...prime.levers.filter(({ control }) => control.kind !== 'choice')];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.boolean(),
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
          fc.string(),
        ),
        fc.constantFrom(...levers),
        (value, one) => {
          expect(pullValueFrom(pullValueText(value, one), one)).toBe(value);
        },
      ),
    );
  });
});

it('a pull that is typed is the pull that the page makes', () => {
  const typed = pullFrom({ at: '02:19:00', lever: 'l3', value: 'on' }, prime, '--at');
  expect(typed).toEqual({ atS: 1140, lever: 'l3', value: true });
  expect(() => pullFrom({ at: '04:00', lever: 'l3', value: 'on' }, prime, '?at')).toThrow(
    '?at: expected a time within the run of 3600 s, got 7200 s for l3.',
  );
});
