/** What a certificate can say: only what was kept, each with its time. Pure. */
import { nextQuestion, resultOf } from '../../../../quiz/sitting.ts';
import type { ObjectiveStanding } from '../../../stores/mastery/mastery.ts';
import type { Traces } from '../../../stores/resume.ts';
import type { RunRecord } from '../../../stores/runs-saved.ts';

export interface Done {
  /** The best result of the module's test that was ended. */
  test: { right: number; of: number; passed: boolean; atMs: number; sittings: number } | undefined;
  read: Part;
  exercises: Part & {
    /** Without the solution. */
    alone: number;
    /** After the solution was asked for. */
    seen: number;
    /** Of the solved ones, those with a hint opened. */
    withHints: number;
  };
  quiz: { mastered: number; of: number; answers: number };
  run: RunRecord | undefined;
  /** What remains, in the words of an instruction; empty when that is nothing. */
  remains: string[];
}

interface Part {
  count: number;
  of: number;
  /** When the last one was done. */
  lastAtMs: number | undefined;
}

export interface Offered {
  sections: readonly string[];
  exercises: readonly string[];
}

type Of = Pick<Traces, 'marks' | 'progress' | 'sittings' | 'answers'>;

export function doneOf(
  { marks, progress, sittings, answers }: Of,
  offered: Offered,
  standings: readonly ObjectiveStanding[],
  run: RunRecord | undefined,
): Done {
  const read = marks.filter(({ section }) => offered.sections.includes(section));
  const solved = progress.filter(
    ({ exercise, solvedAtMs }) => solvedAtMs !== null && offered.exercises.includes(exercise),
  );
  const seen = solved.filter(({ gaveUpAtMs }) => gaveUpAtMs !== null).length;
  const mastered = standings.filter(({ quiz }) => quiz === 'done').length;
  const done = {
    test: bestTest({ sittings, answers }),
    read: part(
      read.map(({ readAtMs }) => readAtMs),
      offered.sections.length,
    ),
    exercises: {
      ...part(
        solved.flatMap(({ solvedAtMs }) => solvedAtMs ?? []),
        offered.exercises.length,
      ),
      alone: solved.length - seen,
      seen,
      withHints: solved.filter(({ hintsOpened }) => hintsOpened > 0).length,
    },
    quiz: { mastered, of: standings.length, answers: answers.length },
    run,
  };
  return { ...done, remains: remainsOf(done) };
}

const part = (times: number[], of: number): Part => ({
  count: times.length,
  of,
  lastAtMs: times.length > 0 ? Math.max(...times) : undefined,
});

/** The most right first answers; of equal ones the earliest. A test that was not ended counts for nothing. */
function bestTest({ sittings, answers }: Pick<Of, 'sittings' | 'answers'>): Done['test'] {
  const ended = sittings
    .filter(({ scope }) => scope === 'test')
    .flatMap(({ id, questions, seed }) => {
      const given = answers.filter(({ sitting }) => sitting === id).sort((a, b) => a.number - b.number);
      const sitting = { questions, seed, answers: given };
      const last = given.at(-1);
      if (!last || nextQuestion(sitting) !== undefined) return [];
      const { right, of, passed } = resultOf(sitting);
      return [{ right, of, passed, atMs: last.atMs }];
    })
    .sort((a, b) => b.right / b.of - a.right / a.of || a.atMs - b.atMs);
  return ended[0] && { ...ended[0], sittings: ended.length };
}

function remainsOf({ test, read, exercises, quiz, run }: Omit<Done, 'remains'>): string[] {
  const left = (of: number, count: number, one: string, many: string): string[] =>
    of > count ? [`${of - count} ${of - count === 1 ? one : many}`] : [];
  return [
    ...(test?.passed ? [] : [test ? 'the module’s test, to be passed' : 'the module’s test']),
    ...left(read.of, read.count, 'section to read', 'sections to read'),
    ...left(exercises.of, exercises.count, 'exercise to solve', 'exercises to solve'),
    ...left(quiz.of, quiz.mastered, 'objective to master in the quiz', 'objectives to master in the quiz'),
    ...(run ? [] : ['a run of Prime Day to its end']),
  ];
}
