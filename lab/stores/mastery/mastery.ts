/** How the learner stands at each objective, from all that is kept. docs/quiz.md has the formula. Nothing here knows of pages or storage. */
import { objectives, type Objective } from '../../../quiz/objectives.ts';
import type { Progress } from '../progress/records.ts';
import { counted, MASTERED, masteryOf as shareInQuiz } from '../quiz-figures.ts';
import type { AnswerRecord, SittingRecord } from '../quiz-saved.ts';

export type State = 'to do' | 'started' | 'done';

export interface ObjectiveStanding {
  /** Its id. */
  objective: string;
  read: State;
  experiment: State;
  code: State;
  quiz: State;
  /** 0 to 1, of the exercises: one that was solved after its solution was seen counts half. */
  codeShare: number;
  /** 0 to 1, of the quiz; null as long as no question was answered. */
  quizShare: number | null;
  /** 0 to 1; null as long as no question was answered and no exercise solved. */
  mastery: number | null;
  mastered: boolean;
}

/** What the learner has done, as the stores have it. */
export interface Work {
  /** Sections that were read to their end. A section has the id of its objective. */
  read: readonly string[];
  /** The section that was open last. */
  reading: string | undefined;
  /** By exercise; those that were never touched are not in it. */
  progress: Readonly<Record<string, Progress>>;
  /** Exercises that have a draft. */
  drafts: readonly string[];
  sittings: readonly SittingRecord[];
  /** Of all sittings, in the order in which they were given. */
  answers: readonly AnswerRecord[];
  /** The objective of a question's id; undefined for one that is not asked any more. */
  objectiveOf: (question: string) => string | undefined;
  /** Addresses of experiments that were opened, and of live pages that were used. */
  experiments: { opened: readonly string[]; used: readonly string[] };
  /** Names of the scenarios of which a run has finished. */
  finished: readonly string[];
}

export const nothingDone: Work = {
  read: [],
  reading: undefined,
  progress: {},
  drafts: [],
  sittings: [],
  answers: [],
  objectiveOf: () => undefined,
  experiments: { opened: [], used: [] },
  finished: [],
};

/** Tenths, so that sums of them stay exact. */
const QUIZ_TENTHS = 6;
const CODE_TENTHS = 3;
const READ_TENTHS = 1;

/** Of all objectives, in their order. */
export function masteryOf(work: Work): ObjectiveStanding[] {
  const first = counted(work.answers, work.sittings);
  return objectives.map((objective) => standingOf(objective, work, first));
}

function standingOf(objective: Objective, work: Work, first: readonly AnswerRecord[]): ObjectiveStanding {
  const { id, exercises } = objective;
  const isRead = work.read.includes(id);
  const codeShare = exercises.reduce((sum, one) => sum + worth(work.progress[one]), 0) / exercises.length;
  const quizShare = shareInQuiz(objective, first, work.objectiveOf) ?? null;
  const proven = quizShare !== null || codeShare > 0;
  const tenths = QUIZ_TENTHS * (quizShare ?? 0) + CODE_TENTHS * codeShare + (isRead ? READ_TENTHS : 0);
  const mastery = proven ? tenths / 10 : null;
  const touched = exercises.some((one) => isTouched(work.progress[one]) || work.drafts.includes(one));
  return {
    objective: id,
    read: stateOf(isRead, work.reading === id),
    experiment: experimentOf(objective, work),
    code: stateOf(
      exercises.every((one) => isSolved(work.progress[one])),
      touched,
    ),
    quiz: stateOf(isEnough(quizShare), quizShare !== null),
    codeShare,
    quizShare,
    mastery,
    mastered: isEnough(mastery),
  };
}

/** An address of the lab is done when a run of its scenario has finished; a live page when it was used. */
function experimentOf({ experiment: { href } }: Objective, { experiments, finished }: Work): State {
  const scenario = scenarioIn(href);
  const done = scenario === undefined ? experiments.used.includes(href) : finished.includes(scenario);
  return stateOf(done, experiments.opened.includes(href));
}

/** `hot-key`, of `?scenario=hot-key#/`. */
export const scenarioIn = (href: string): string | undefined => /^\?scenario=([^#&]+)/.exec(href)?.[1];

const stateOf = (done: boolean, started: boolean): State => (done ? 'done' : started ? 'started' : 'to do');

const isSolved = (progress: Progress | undefined): boolean =>
  progress !== undefined && progress.solvedAtMs !== null;

const isTouched = (progress: Progress | undefined): boolean =>
  progress !== undefined && (progress.tries > 0 || progress.hintsOpened > 0);

const worth = (progress: Progress | undefined): number =>
  !isSolved(progress) ? 0 : progress?.gaveUpAtMs === null ? 1 : 0.5;

/** A third and its like are no exact numbers, so the last bits are forgiven. */
const isEnough = (share: number | null): boolean => share !== null && share >= MASTERED - 1e-9;
