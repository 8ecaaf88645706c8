/** Where the learner goes on: the newest of what is open in the reading, the exercises and the quiz; else what comes next in the module. */
import { objectives } from '../../quiz/objectives.ts';
import { isOver, nextQuestion } from '../../quiz/sitting.ts';
import type { ObjectiveStanding } from './mastery/mastery.ts';
import type { Progress } from './progress/records.ts';
import { REVIEW_SCOPE } from './quiz-figures.ts';
import { scopeTitle } from './quiz-scope.ts';
import type { AnswerRecord, SittingRecord } from './quiz-saved.ts';
import type { Place, ReadMark } from './reading.ts';

/** What was done, with its times. */
export interface Traces {
  place: Place | undefined;
  marks: readonly ReadMark[];
  progress: readonly Progress[];
  drafts: readonly { exercise: string; savedAtMs: number }[];
  sittings: readonly SittingRecord[];
  answers: readonly AnswerRecord[];
}

/** What there is to go on with, in the module's order. */
export interface Contents {
  sections: readonly {
    id: string;
    number: string;
    title: string;
    minutes: number;
    headings: readonly { id: string; title: string; share: number }[];
  }[];
  exercises: readonly { id: string; title: string }[];
  /** Ids of all questions that are asked. */
  questions: ReadonlySet<string>;
}

export interface Resume {
  /** `new`: nothing was done. `open`: something was begun. `next`: all that was begun is finished. `all`: everything is mastered. */
  is: 'new' | 'open' | 'next' | 'all';
  of: 'reading' | 'exercise' | 'quiz' | 'lab';
  title: string;
  /** What more there is to say of the place: the heading, or what it is. */
  at: string;
  /** `9 min left`; empty where nobody can say. */
  left: string;
  href: string;
  /** When it was left; undefined where no time was kept. */
  atMs: number | undefined;
  /** To be opened where it was left, and not at its beginning. */
  section: string | undefined;
}

export function resumeOf(
  traces: Traces,
  contents: Contents,
  standings: readonly ObjectiveStanding[],
): Resume {
  const open = [
    ...readings(traces, contents),
    ...exercises(traces, contents),
    ...sittings(traces, contents),
  ].sort((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0));
  return open[0] ?? nextStep(traces, contents, standings);
}

function readings({ place, marks }: Traces, { sections }: Contents): Resume[] {
  const section = sections.find(({ id }) => id === place?.section);
  if (!place || !section || marks.some((mark) => mark.section === section.id)) return [];
  const heading = section.headings.find(({ id }) => id === place.heading);
  const minutes = Math.max(1, Math.ceil(section.minutes * (1 - (heading?.share ?? 0))));
  return [
    {
      ...readingOf(section),
      is: 'open',
      at: heading ? `at “${heading.title}”` : '',
      left: `${minutes} min left`,
      atMs: place.atMs,
      section: section.id,
    },
  ];
}

const readingOf = ({ id, number, title, minutes }: Contents['sections'][number]): Resume => ({
  is: 'next',
  of: 'reading',
  title: `${number} ${title}`,
  at: '',
  left: `${minutes} min`,
  href: `#/learn/${id}`,
  atMs: undefined,
  section: undefined,
});

function exercises({ progress, drafts }: Traces, contents: Contents): Resume[] {
  return contents.exercises.flatMap((exercise): Resume[] => {
    const record = progress.find((one) => one.exercise === exercise.id);
    if (record && record.solvedAtMs !== null) return [];
    const savedAtMs = drafts.find((one) => one.exercise === exercise.id)?.savedAtMs ?? 0;
    const atMs = Math.max(savedAtMs, record?.lastTriedAtMs ?? 0);
    if (atMs === 0) return [];
    const tries = record?.tries ?? 0;
    const left = tries === 0 ? 'not tried yet' : tries === 1 ? '1 try so far' : `${tries} tries so far`;
    return [{ ...exerciseOf(exercise), is: 'open', left, atMs }];
  });
}

const exerciseOf = ({ id, title }: Contents['exercises'][number]): Resume => ({
  is: 'next',
  of: 'exercise',
  title,
  at: `exercise ${id.slice(0, 2)}`,
  left: '',
  href: `#/code/${id}`,
  atMs: undefined,
  section: undefined,
});

function sittings({ sittings: all, answers }: Traces, { questions }: Contents): Resume[] {
  return all.flatMap((record): Resume[] => {
    // Of another version of the bank, which asked what is not asked any more.
    if (!record.questions.every((id) => questions.has(id))) return [];
    const given = answers.filter(({ sitting }) => sitting === record.id);
    const sitting = { questions: record.questions, seed: record.seed, answers: given };
    if (nextQuestion(sitting) === undefined) return [];
    const isReview = record.scope === REVIEW_SCOPE;
    const left = record.questions.filter((id) => !isOver(sitting, id)).length;
    return [
      {
        is: 'open',
        of: 'quiz',
        title: scopeTitle(record.scope),
        at: isReview || record.scope === 'test' ? '' : 'quiz',
        left: `${left} of ${record.questions.length} questions left`,
        href: `${isReview ? '#/review' : '#/quiz'}/${record.id}`,
        atMs: Math.max(record.startedAtMs, ...given.map(({ atMs }) => atMs)),
        section: undefined,
      },
    ];
  });
}

const PRIME_DAY: Resume = {
  is: 'all',
  of: 'lab',
  title: 'Prime Day, 02:17',
  at: '',
  left: '',
  href: '?scenario=prime-day#/',
  atMs: undefined,
  section: undefined,
};

/** The first objective that is not mastered, and the first of its steps that is left: reading, exercise, quiz. */
function nextStep(traces: Traces, contents: Contents, standings: readonly ObjectiveStanding[]): Resume {
  const standing = standings.find(({ mastered }) => !mastered);
  const objective = objectives.find(({ id }) => id === standing?.objective);
  if (!standing || !objective) return PRIME_DAY;
  const section = contents.sections.find(({ id }) => id === objective.id);
  if (section && standing.read !== 'done')
    return { ...readingOf(section), is: isUntouched(traces) ? 'new' : 'next' };
  const isSolved = (id: string): boolean =>
    traces.progress.some((one) => one.exercise === id && one.solvedAtMs !== null);
  const unsolved = objective.exercises.find((id) => !isSolved(id));
  const exercise = contents.exercises.find(({ id }) => id === unsolved);
  if (exercise) return exerciseOf(exercise);
  return {
    ...PRIME_DAY,
    is: 'next',
    of: 'quiz',
    title: objective.title,
    at: 'quiz',
    href: `#/quiz/${objective.id}`,
  };
}

const isUntouched = ({ marks, progress, answers }: Traces): boolean =>
  marks.length === 0 && progress.length === 0 && answers.length === 0;
