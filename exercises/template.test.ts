/** Holds the template to what contents.test.ts asks of every exercise, and what is made from it to the template. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openContext } from './grader/in-process.ts';
import { judge } from './grader/judge.ts';
import { textOf } from './grader/verdict.ts';
import { newExercise } from './new.mjs';
import { checks } from './template/checks.ts';
import { exercise } from './template/exercise.ts';

const files = import.meta.glob<string>(['./template/*', './template/wrong/*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const judged = (source: string) => {
  if (exercise.kind !== 'implement') throw new Error('The template is an exercise in which code is written.');
  return judge(exercise, checks, source, { seed: 1, open: openContext });
};

describe('the template', () => {
  it('is solved by its reference and not by its starter', async () => {
    expect(textOf(await judged(files['./template/reference.ts']))).toContain('All 3 checks pass.');
    expect((await judged(files['./template/starter.ts'])).kind).toBe('failed');
  });

  const wrongs = Object.entries(files).filter(([path]) => path.includes('/wrong/'));
  it.each(wrongs)('%s fails with its message', async (_path, source) => {
    const [first, second] = source.split('\n');
    expect(first).toMatch(/^\/\/ Wrong: \S/);
    expect(second).toMatch(/^\/\/ Says: \S/);
    const text = textOf(await judged(source));
    expect(text).toContain(': failed.');
    expect(text).toContain(second.replace('// Says: ', ''));
  });

  it('has what contents.test.ts counts', () => {
    expect(wrongs.length).toBeGreaterThanOrEqual(3);
    expect(exercise.hints.length).toBeGreaterThanOrEqual(3);
    const checked = checks.checks.map(({ objective }) => objective);
    expect(new Set(checked)).toEqual(new Set(exercise.objectives.map(({ id }) => id)));
  });
});

describe('new:exercise', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'exercises-'));
    mkdirSync(join(folder, '07-taken'));
    mkdirSync(join(folder, 'grader'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('copies the template and gives it its title', () => {
    expect(newExercise('08-my-own-cache', folder)).toBe(join(folder, '08-my-own-cache'));
    const made = readdirSync(join(folder, '08-my-own-cache'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(made).toHaveLength(Object.keys(files).length);
    for (const path of made) {
      const own = path.slice(join(folder, '08-my-own-cache').length).replaceAll('\\', '/');
      const expected = files[`./template${own}`].replace('The template', 'My own cache');
      expect(readFileSync(path, 'utf8'), own).toBe(expected);
    }
    expect(readFileSync(join(folder, '08-my-own-cache/statement.md'), 'utf8')).toMatch(/^# My own cache\n/);
    expect(readFileSync(join(folder, '08-my-own-cache/exercise.ts'), 'utf8')).toContain(
      "title: 'My own cache'",
    );
  });

  it('refuses a number that is taken, and names a free one', () => {
    expect(() => newExercise('07-mine', folder)).toThrow(
      'expected one that is free, got 07, which is 07-taken. Write: npm run new:exercise -- 08-mine',
    );
    expect(readdirSync(folder).sort()).toEqual(['07-taken', 'grader']);
  });

  it.each([undefined, '', '8-mine', '08', '08-', '08-My-Name', '08-a/../../b', '../08-a', '08-a--b', 'mine'])(
    'refuses the name %j',
    (name) => {
      expect(() => newExercise(name, folder)).toThrow(
        'Write for instance: npm run new:exercise -- 08-my-name',
      );
      expect(readdirSync(folder).sort()).toEqual(['07-taken', 'grader']);
    },
  );
});
