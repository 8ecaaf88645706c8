/** Holds every exercise to format.ts: the reference passes, each wrong solution fails with its message, the starter fails and ends. */
import { describe, expect, it } from 'vitest';
import { catalogue, grade, textOfFile, type Entry } from './catalogue.ts';
import { openContext } from './grader/in-process.ts';
import { usualLimits } from './grader/session.ts';
import { textOf } from './grader/verdict.ts';

// Not in the catalogue, which is shipped.
const wrongs = import.meta.glob<string>('./[0-9]*/wrong/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const mutants = Object.keys(import.meta.glob('./[0-9]*/mutants/*.ts'));

const run = (entry: Entry, source: string, seed = 1) => grade(entry, source, { seed, open: openContext });
const judged = async (entry: Entry, file: string, seed = 1) =>
  run(entry, await textOfFile(entry, file), seed);
/** `[wrong/name.ts, source]` of one exercise. */
const wrongsOf = ({ id }: Entry) =>
  Object.entries(wrongs)
    .filter(([path]) => path.startsWith(`./${id}/`))
    .map(([path, source]) => [path.slice(`./${id}/`.length), source]);

describe.each(catalogue)('$id', (entry) => {
  const { exercise } = entry;
  const objectives = exercise.objectives.map(({ id }) => id);

  it('has a statement, hints and objectives that something checks', async () => {
    expect(entry.id).toMatch(/^\d\d-[a-z0-9-]+$/);
    expect(await textOfFile(entry, 'statement.md')).toMatch(/^# /);
    expect(exercise.hints.length).toBeGreaterThanOrEqual(3);
    expect(exercise.system).toMatch(/^[CML]\d+$/);
    // An endless loop has to end within 2 s, and the sandbox needs some of it.
    const { loadMs, answerMs } = { ...usualLimits, ...exercise.limits };
    expect(Math.max(loadMs, answerMs)).toBeLessThanOrEqual(1500);
    const checked =
      exercise.kind === 'bug-hunt'
        ? exercise.mutants.map(({ objective }) => objective)
        : (await run(entry, '')).checks.map(({ objective }) => objective);
    expect(new Set(checked)).toEqual(new Set(objectives));
  });

  it.each([1, 20, 300])('the reference passes (seed %i)', async (seed) => {
    const verdict = await judged(entry, 'reference.ts', seed);
    expect(verdict.kind, textOf(verdict)).toBe('passed');
  });

  it('the starter fails, and ends', async () => {
    const verdict = await judged(entry, 'starter.ts');
    expect(verdict.kind, textOf(verdict)).toBe('failed');
  });

  const wrong = wrongsOf(entry);
  it('has at least three wrong solutions', () => expect(wrong.length).toBeGreaterThanOrEqual(3));

  it.each(wrong)('%s fails with its message', async (_file, source) => {
    const [first, second] = source.split('\n');
    expect(first).toMatch(/^\/\/ Wrong: \S/);
    expect(second).toMatch(/^\/\/ Says: \S/);
    const verdict = await run(entry, source);
    expect(['failed', 'timeout'], textOf(verdict)).toContain(verdict.kind);
    expect(textOf(verdict)).toContain(second.replace('// Says: ', '').trim());
  });
});

it('no mutant and no number is left over', () => {
  const numbers = catalogue.map(({ id }) => id.slice(0, 2));
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const entry of catalogue) {
    const { exercise } = entry;
    const named =
      exercise.kind === 'bug-hunt' ? exercise.mutants.map(({ file }) => `mutants/${file}.ts`) : [];
    const there = mutants.filter((path) => path.startsWith(`./${entry.id}/`));
    expect(there).toEqual(named.map((file) => `./${entry.id}/${file}`).sort());
  }
});
