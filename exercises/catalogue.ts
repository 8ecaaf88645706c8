/** Every exercise, in the order of the folders' numbers. Data is here at once; texts, checks and the judge come when they are asked for. */
import type { Checks, Exercise } from './format.ts';
import type { Run } from './grader/judge.ts';
import type { Verdict } from './grader/verdict.ts';

const abouts = import.meta.glob<Exercise>('./[0-9]*/exercise.ts', { eager: true, import: 'exercise' });
const checks = import.meta.glob<Checks>('./[0-9]*/checks.ts', { import: 'checks' });
const texts = import.meta.glob<string>(
  ['./[0-9]*/*.md', './[0-9]*/{starter,reference,mended}.ts', './[0-9]*/mutants/*.ts'],
  { query: '?raw', import: 'default' },
);

export interface Entry {
  /** The folder's name, as in `01-ttl-cache`; the address of the exercise. */
  id: string;
  exercise: Exercise;
}

const folderOf = (path: string) => path.split('/')[1];

export const catalogue: Entry[] = Object.entries(abouts)
  .map(([path, exercise]) => ({ id: folderOf(path), exercise }))
  .sort((a, b) => (a.id < b.id ? -1 : 1));

/** A file of an exercise as text: `statement.md`, `starter.ts`, `reference.ts`. */
export async function textOfFile({ id }: Entry, file: string): Promise<string> {
  const load = texts[`./${id}/${file}`];
  if (!load) throw new Error(`exercises/${id}/${file} is missing. format.ts says what a folder holds.`);
  return load();
}

/** Judges the learner's file. Loads the judge, and with it fast-check and sucrase, on first use. */
export async function grade(entry: Entry, source: string, run: Run): Promise<Verdict> {
  const { exercise, id } = entry;
  if (exercise.kind === 'implement') {
    const load = checks[`./${id}/checks.ts`];
    if (!load) throw new Error(`exercises/${id}/checks.ts is missing. format.ts says what a folder holds.`);
    const [{ judge }, loaded] = await Promise.all([import('./grader/judge.ts'), load()]);
    return judge(exercise, loaded, source, run);
  }
  const [{ judgeHunt }, mended, ...mutants] = await Promise.all([
    import('./grader/hunt.ts'),
    textOfFile(entry, 'mended.ts'),
    ...exercise.mutants.map(({ file }) => textOfFile(entry, `mutants/${file}.ts`)),
  ]);
  const subjects = [
    { source: mended },
    ...mutants.map((text, i) => ({ source: text, mutant: exercise.mutants[i] })),
  ];
  return judgeHunt(exercise, subjects, source, run);
}
