import { expect, test } from 'vitest';
import { INCIDENTS, RESCUE_SEED } from '../../engine/rescue/rules.ts';
import { readRescueAddress, rescueHref } from './rescue-address.ts';
import { pacesOf, usualPace } from './rescue-paces.ts';

test('without an incident it is the module’s own, with the seed of all', () =>
  expect(readRescueAddress('#/rescue')).toEqual({
    incident: INCIDENTS[0],
    seed: RESCUE_SEED,
    pace: undefined,
    named: false,
  }));

test('each incident and seed comes back from its address', () => {
  for (const { id } of INCIDENTS)
    for (const seed of [RESCUE_SEED, 0, 77])
      expect(readRescueAddress(rescueHref(id, seed))).toMatchObject({ incident: { id }, seed, named: true });
});

test('a pace may be asked for', () =>
  expect(readRescueAddress('#/rescue/redis-outage?seed=7&pace=max')).toMatchObject({ seed: 7, pace: 'max' }));

test.each([
  ['#/rescue/prime-dya', 'Did you mean "prime-day"?'],
  ['#/rescue/prime-day?seed=-1', 'seed: expected a whole number'],
  ['#/rescue/prime-day?pace=2', 'pace: expected one of'],
])('%s is refused', (hash, words) => expect(() => readRescueAddress(hash)).toThrow(words));

test('a game lasts two minutes and twenty seconds, unless another pace is chosen', () => {
  for (const incident of INCIDENTS) {
    expect(incident.clockS / Number(usualPace(incident))).toBe(140);
    expect(incident.clockS / Number(pacesOf(incident)[0])).toBe(420);
  }
});
