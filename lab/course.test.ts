/** The objectives are the spine: nothing hangs beside it, and nothing on it is missing. */
import { expect, it } from 'vitest';
import { scenarioByName } from '../engine/scenarios/catalogue.ts';
import { catalogue } from '../exercises/catalogue.ts';
import { bank } from '../quiz/bank.ts';
import { objectives, PARTS } from '../quiz/objectives.ts';
import { readRoute } from './stores/route.ts';

it('there are about two dozen, each with an id of its own, in every part', () => {
  expect(objectives.length).toBeGreaterThanOrEqual(22);
  expect(objectives.length).toBeLessThanOrEqual(26);
  expect(new Set(objectives.map(({ id }) => id)).size).toBe(objectives.length);
  for (const { id } of PARTS) expect(objectives.some(({ part }) => part === id)).toBe(true);
});

it.each(objectives.map((one) => [one.id, one] as const))('%s leads somewhere', (_, objective) => {
  const { experiment, exercises } = objective;
  const [query, hash] = experiment.href.split('#');
  expect(readRoute(`#${hash}`)?.page).not.toBe('unknown');
  const scenario = new URLSearchParams(query).get('scenario');
  if (scenario !== null) expect(scenarioByName(scenario).name).toBe(scenario);
  const known = new Set(catalogue.map(({ id }) => id));
  expect(exercises.length).toBeGreaterThan(0);
  expect(exercises.filter((id) => !known.has(id))).toEqual([]);
  expect(bank.filter((question) => question.objective === objective.id).length).toBeGreaterThanOrEqual(2);
});

it('every exercise practises an objective', () => {
  const practised = new Set(objectives.flatMap(({ exercises }) => exercises));
  expect(catalogue.filter(({ id }) => !practised.has(id)).map(({ id }) => id)).toEqual([]);
});

it('every system of the course is somebody’s', () => {
  const systems = new Set(objectives.flatMap((one) => one.systems));
  const rows = ['C', 'M', 'L'].flatMap((letter) =>
    Array.from({ length: { C: 17, M: 15, L: 10 }[letter]! }, (_, i) => `${letter}${i + 1}`),
  );
  // C8 is a number that the course leaves out.
  expect(rows.filter((row) => row !== 'C8' && !systems.has(row))).toEqual([]);
});
