/**
 * What the learner did, as statements in the form of xAPI 1.0.3. They are made of what is kept, whenever they are asked for; nothing is sent.
 * The id of a statement hangs on the account and on its record only: the same work gives the same ids every time, so that a store that has
 * a statement knows it again. A statement never changes, so the engine's version is in it only where the record has it.
 */
import { questionById } from '../../../quiz/bank.ts';
import { objectives } from '../../../quiz/objectives.ts';
import { nextQuestion, resultOf } from '../../../quiz/sitting.ts';
import type { Attempt } from '../progress/records.ts';
import type { RunRecord } from '../progress/run-records.ts';
import type { AnswerRecord, SittingRecord } from '../quiz-saved.ts';
import type { ReadMark } from '../reading.ts';
import { verbId, type Activity, type Statement, type StatementResult, type VERBS } from './schema.ts';
import { uuidOf } from './uuid.ts';

export interface Work {
  attempts: readonly Attempt[];
  answers: readonly AnswerRecord[];
  sittings: readonly SittingRecord[];
  marks: readonly ReadMark[];
  runs: readonly RunRecord[];
}

/** Its end can't be anybody's (RFC 2606): accounts are made on the learner's device, and no site knows them. */
const HOME_PAGE = 'https://surge-lab.invalid/';
const BASE = 'urn:surge-lab:';
const PLATFORM = 'Surge Lab';
const TYPES = 'http://adlnet.gov/expapi/activities/';

/** @param account a random id; titles are of exercises by their id. @returns the oldest first */
export function statementsOf(work: Work, account: string, titles: ReadonlyMap<string, string>): Statement[] {
  const make = maker(account);
  return [
    ...work.marks.map(({ section, readAtMs }) =>
      make('experienced', sectionOf(section), readAtMs, `reading ${section}`, { parent: [section] }),
    ),
    ...work.attempts.map((attempt) => ofAttempt(attempt, titles, make)),
    ...work.answers.map((answer) => ofAnswer(answer, work.sittings, make)),
    ...work.sittings.flatMap((sitting) => ofSitting(sitting, work.answers, make)),
    ...work.runs.map((run) => ofRun(run, make)),
    // Of two at one moment the answer comes before the end of its sitting, as above.
  ].sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0));
}

interface About {
  /** Ids of objectives. */
  parent?: string[];
  grouping?: Activity[];
  registration?: string;
  revision?: string;
  result?: StatementResult;
}
type Verb = (typeof VERBS)[number];
type Make = (verb: Verb, object: Activity, atMs: number, record: string, about: About) => Statement;

const maker =
  (account: string): Make =>
  (verb, object, atMs, record, { parent = [], grouping = [], registration, revision, result }) => {
    const parents = parent.flatMap(objectiveOf);
    const activities = {
      ...(parents.length > 0 ? { parent: parents } : {}),
      ...(grouping.length > 0 ? { grouping } : {}),
    };
    return {
      id: uuidOf(`statement ${account} ${verb} ${record}`),
      actor: { objectType: 'Agent', account: { homePage: HOME_PAGE, name: account } },
      verb: { id: verbId(verb), display: { 'en-US': verb } },
      object,
      ...(result ? { result } : {}),
      context: {
        ...(registration ? { registration } : {}),
        ...(Object.keys(activities).length > 0 ? { contextActivities: activities } : {}),
        ...(revision ? { revision } : {}),
        platform: PLATFORM,
        language: 'en',
      },
      timestamp: new Date(atMs).toISOString(),
    };
  };

function ofAttempt(attempt: Attempt, titles: ReadonlyMap<string, string>, make: Make): Statement {
  const { exercise, atMs, kind, seed, passed, of } = attempt;
  // A run that came to no verdict is neither.
  const verb = kind === 'passed' || kind === 'failed' ? kind : 'attempted';
  const result: StatementResult = {
    ...(of > 0 && verb !== 'attempted' ? { score: { scaled: passed / of } } : {}),
    success: kind === 'passed',
    extensions: { [`${BASE}extension:seed`]: seed, [`${BASE}extension:verdict`]: kind },
  };
  return make(
    verb,
    activity('exercise', exercise, 'assessment', titles.get(exercise)),
    atMs,
    `attempt ${exercise} ${atMs} ${seed}`,
    {
      parent: objectives.filter(({ exercises }) => exercises.includes(exercise)).map(({ id }) => id),
      result,
    },
  );
}

function ofAnswer(answer: AnswerRecord, sittings: readonly SittingRecord[], make: Make): Statement {
  const { sitting, number, question: id, given, confidence, right, atMs, tookMs, seed } = answer;
  const question = questionById(id);
  const interactionType = question?.kind === 'compute' ? 'numeric' : 'choice';
  const object = activity('question', id, 'cmi.interaction');
  const record = sittings.find((one) => one.id === sitting);
  const result: StatementResult = {
    score: { scaled: right ? 1 : 0 },
    success: right,
    completion: right || given === null,
    ...(given === null ? {} : { response: interactionType === 'numeric' ? String(given) : optionOf(given) }),
    duration: durationOf(tookMs),
    extensions: {
      [`${BASE}extension:seed`]: seed,
      ...(confidence === null ? {} : { [`${BASE}extension:confidence`]: confidence }),
    },
  };
  return make(
    'answered',
    question ? { ...object, definition: { type: `${TYPES}cmi.interaction`, interactionType } } : object,
    atMs,
    `answer ${sitting} ${number} ${atMs}`,
    {
      parent: question ? [question.objective] : [],
      grouping: record ? [quizOf(record)] : [],
      registration: uuidOf(`sitting ${sitting}`),
      result,
    },
  );
}

/** When it began, and when it was ended: passed or failed is the module's test only. */
function ofSitting(record: SittingRecord, answers: readonly AnswerRecord[], make: Make): Statement[] {
  const { id, scope, questions, seed, startedAtMs } = record;
  const about = { registration: uuidOf(`sitting ${id}`) };
  const object = quizOf(record);
  const begun = make('attempted', object, startedAtMs, `sitting ${id}`, about);
  const given = answers.filter(({ sitting }) => sitting === id).sort((a, b) => a.number - b.number);
  const sitting = { questions, seed, answers: given };
  const last = given.at(-1);
  if (!last || nextQuestion(sitting) !== undefined) return [begun];
  const { right, of, passed } = resultOf(sitting);
  const isTest = scope === 'test';
  const result: StatementResult = {
    score: { scaled: right / of },
    ...(isTest ? { success: passed } : {}),
    completion: true,
  };
  const verb = isTest ? (passed ? 'passed' : 'failed') : 'completed';
  return [begun, make(verb, object, last.atMs, `end of ${id}`, { ...about, result })];
}

function ofRun(run: RunRecord, make: Make): Statement {
  const met = run.objectives.filter((one) => one.met).length;
  const { length } = run.objectives;
  return make(
    'completed',
    activity('scenario', run.scenario, 'simulation', run.title),
    run.finishedAtMs,
    `run ${run.id} ${run.finishedAtMs}`,
    {
      revision: run.engine,
      result: {
        ...(length > 0 ? { score: { scaled: met / length }, success: met === length } : {}),
        completion: true,
        extensions: { [`${BASE}extension:seed`]: run.seed, [`${BASE}extension:fingerprint`]: run.id },
      },
    },
  );
}

function activity(kind: string, id: string, type: string, name?: string): Activity {
  const definition = { ...(name ? { name: { 'en-US': name } } : {}), type: `${TYPES}${type}` };
  return { objectType: 'Activity', id: `${BASE}${kind}/${encodeURIComponent(id)}`, definition };
}

const sectionOf = (id: string): Activity =>
  activity('section', id, 'lesson', objectives.find((one) => one.id === id)?.title);

const objectiveOf = (id: string): Activity[] =>
  objectives.filter((one) => one.id === id).map(({ title }) => activity('objective', id, 'objective', title));

const quizOf = ({ scope }: SittingRecord): Activity => activity('quiz', scope, 'assessment');

/** A to D, as the option stands in the data; on the page its place changes with the seed. */
const optionOf = (place: number): string => String.fromCharCode(65 + place);

/** `PT83.45S`: xAPI compares to a hundredth of a second. */
const durationOf = (ms: number): string => `PT${Math.round(ms / 10) / 100}S`;
