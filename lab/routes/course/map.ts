/** The map of objectives as the page shows it: one row for each, with a place to go to in every cell, and Prime Day as the last row. */
import { objectives, PARTS } from '../../../quiz/objectives.ts';
import { resultOf } from '../../../quiz/sitting.ts';
import type { Tier } from '../../components/rich-text.ts';
import type { ObjectiveStanding, State, Work } from '../../stores/mastery/mastery.ts';
import type { RunRecord } from '../../stores/runs-saved.ts';
import type { CourseFacts } from './course-facts.ts';

export const COLUMNS = ['Read', 'Experiment', 'Code', 'Quiz'] as const;

export interface Cell {
  state: 'open' | 'part' | 'now' | 'done' | 'due';
  /** Of `part`. */
  share: number;
  /** For a screen reader: `1 of 2 solved`. */
  words: string;
  /** Beside the dot. */
  note: '' | 'due' | 'here';
  href: string;
}

export interface Row {
  id: string;
  title: string;
  href: string;
  /** In the order of COLUMNS. */
  cells: Cell[];
  /** 0 to 1; null: nothing was proven yet. */
  mastery: number | null;
  /** In place of the mastery. */
  goals: string;
}

export interface Group {
  number: number;
  title: string;
  tiers: Tier[];
  rows: Row[];
  /** `2 of 8 mastered`. */
  summary: string;
}

/** What is due for review, as far as the map shows it. */
export interface DueMark {
  kind: 'question' | 'exercise';
  objective: string;
}

export interface MapInput {
  facts: CourseFacts;
  work: Work;
  standings: readonly ObjectiveStanding[];
  due: readonly DueMark[];
  /** The best run of Prime Day. */
  best: RunRecord | undefined;
}

const TIERS: Partial<Record<string, Tier[]>> = { cache: ['l1', 'l2', 'l3', 'l4'] };

export function mapOf(input: MapInput): Group[] {
  const parts = PARTS.map(({ id, title }, i): Group => {
    const own = objectives.filter(({ part }) => part === id);
    const mastered = own.filter((one) => standingOf(input, one.id).mastered).length;
    return {
      number: i + 1,
      title,
      tiers: TIERS[id] ?? [],
      rows: own.map((one) => rowOf(one, input)),
      summary: `${mastered} of ${own.length} mastered`,
    };
  });
  return [...parts, primeDayOf(input, PARTS.length + 1)];
}

const standingOf = ({ standings }: MapInput, id: string): ObjectiveStanding =>
  standings.find(({ objective }) => objective === id)!;

function rowOf(objective: (typeof objectives)[number], input: MapInput): Row {
  const { id, title, experiment, exercises } = objective;
  const standing = standingOf(input, id);
  const section = `#/learn/${id}`;
  const dueOf = (kind: DueMark['kind']): boolean =>
    input.due.some((one) => one.kind === kind && one.objective === id);
  const read = cell(standing.read, section, { done: 'read', started: 'you are here', 'to do': 'not read' });
  return {
    id,
    title,
    href: section,
    cells: [
      standing.read === 'started' ? { ...read, state: 'now', note: 'here' } : read,
      cell(standing.experiment, experiment.href, { done: 'done', started: 'opened', 'to do': 'to do' }),
      dueOf('exercise') ? DUE : { ...solvedCell(exercises, input), state: cell(standing.code, '').state },
      dueOf('question')
        ? DUE
        : {
            ...cell(standing.quiz, `#/quiz/${id}`, {
              done: 'done',
              started: `${percentOf(standing.quizShare ?? 0)} so far`,
              'to do': 'no answer yet',
            }),
            share: standing.quizShare ?? 0,
          },
    ],
    mastery: standing.mastery,
    goals: '',
  };
}

const DUE: Cell = { state: 'due', share: 0, words: 'review due', note: 'due', href: '#/review' };

const cell = (state: State, href: string, words?: Record<State, string>): Cell => ({
  state: state === 'done' ? 'done' : state === 'started' ? 'part' : 'open',
  share: 0.5,
  words: words?.[state] ?? state,
  note: '',
  href,
});

/** Leads to the first that is not solved; when all are, to the first. */
function solvedCell(exercises: readonly string[], { work }: MapInput): Cell {
  const open = exercises.filter((id) => (work.progress[id]?.solvedAtMs ?? null) === null);
  return counted(
    exercises.length - open.length,
    exercises.length,
    `#/code/${open[0] ?? exercises[0]}`,
    'solved',
  );
}

/** A part that was begun, and of which nothing is done yet, shows a little. */
function counted(done: number, of: number, href: string, words: string): Cell {
  const state = done === of ? 'done' : done > 0 ? 'started' : 'to do';
  return { ...cell(state, href), share: Math.max(done / of, 0.15), words: `${done} of ${of} ${words}` };
}

function primeDayOf(input: MapInput, number: number): Group {
  const { facts, work, best } = input;
  const met = best?.objectives.filter((one) => one.met).length ?? 0;
  const goals = best?.objectives.length ?? 0;
  const back = best !== undefined && goals > 0 && met === goals;
  const lab = '?scenario=prime-day#/';
  const read = facts.sections.filter(({ id }) => work.read.includes(id)).length;
  const owns = facts.exercises.filter(({ primeDay }) => primeDay).map(({ id }) => id);
  return {
    number,
    title: 'Prime Day',
    tiers: [],
    rows: [
      {
        id: 'prime-day',
        title: 'Bring the system back in 7 minutes',
        href: lab,
        cells: [
          counted(read, facts.sections.length, '#/learn', 'sections read'),
          best ? counted(met, Math.max(goals, 1), lab, 'goals met') : cell('to do', lab),
          solvedCell(owns, input),
          cell(testState(work), '#/quiz/test', {
            done: 'the module’s test is passed',
            started: 'the module’s test is not passed yet',
            'to do': 'the module’s test',
          }),
        ],
        mastery: null,
        goals: best ? `${met} of ${goals} goals` : '',
      },
    ],
    summary: back ? 'it is back' : best ? 'not back yet' : 'no run yet',
  };
}

function testState({ sittings, answers }: Work): State {
  const tests = sittings.filter(({ scope }) => scope === 'test');
  const given = (id: string) => answers.filter(({ sitting }) => sitting === id);
  const passed = tests.some(
    ({ id, questions, seed }) => resultOf({ questions, seed, answers: given(id) }).passed,
  );
  return passed ? 'done' : tests.some(({ id }) => given(id).length > 0) ? 'started' : 'to do';
}

/** `79 %`: never more than it is, so that 80 % is said of nothing that is not mastered. */
export const percentOf = (share: number): string => `${Math.floor(share * 100 + 1e-7)}\u00a0%`;
