/** The quiz as its page watches it: sittings, answers, and what they come to. */
import { bank, moduleTest, questionById } from '../../quiz/bank.ts';
import { objectives, type Objective } from '../../quiz/objectives.ts';
import { drawn } from '../../quiz/selection.ts';
import { nextQuestion, roundOf, type Answer, type Sitting } from '../../quiz/sitting.ts';
import { calibration } from './quiz-calibration.ts';
import { counted, masteryOf, REVIEW_SCOPE, surveyed, wrongOnes } from './quiz-figures.ts';
import { QuizSaved, type AnswerRecord, type QuizStorage, type SittingRecord } from './quiz-saved.ts';

export { scopeTitle } from './quiz-scope.ts';

/** Questions of a practice. */
export const PRACTICE = 8;

const objectiveOf = (question: string): string | undefined => questionById(question)?.objective;

export class QuizView {
  sittings = $state.raw<readonly SittingRecord[]>([]);
  answers = $state.raw<readonly AnswerRecord[]>([]);
  storage = $state.raw<QuizStorage>({ ok: true, text: '' });
  loaded = $state(false);
  /** Of all versions of the bank: an answer counts by the scope of its sitting also where that is not shown any more. */
  private kept = $state.raw<readonly SittingRecord[]>([]);
  /** Those that mastery is made of. */
  readonly first = $derived(counted(this.answers, this.kept));
  readonly calibration = $derived(calibration(surveyed(this.answers, this.kept)));
  private readonly saved = new QuizSaved(
    () => Date.now(),
    (state) => (this.storage = state),
  );

  constructor() {
    this.saved.onchange(() => void this.load());
  }

  async load(): Promise<void> {
    const { sittings, answers } = await this.saved.all();
    this.kept = sittings;
    // Of another version of the bank, which asked what is not asked any more.
    this.sittings = sittings.filter(({ questions }) => questions.every(questionById));
    this.answers = answers;
    this.loaded = true;
  }

  record(id: string): SittingRecord | undefined {
    return this.sittings.find((one) => one.id === id);
  }

  sitting({ id, questions, seed }: SittingRecord): Sitting {
    return { questions, seed, answers: this.answers.filter(({ sitting }) => sitting === id) };
  }

  /** Those that were begun and not ended, the newest first. Reviews have a page of their own. */
  get open(): SittingRecord[] {
    return this.unfinished.filter(({ scope }) => scope !== REVIEW_SCOPE);
  }

  get openReviews(): SittingRecord[] {
    return this.unfinished.filter(({ scope }) => scope === REVIEW_SCOPE);
  }

  private get unfinished(): SittingRecord[] {
    return this.sittings.filter((one) => nextQuestion(this.sitting(one)) !== undefined).reverse();
  }

  /** Questions of the bank whose newest first answer was wrong. */
  get wrong(): string[] {
    return wrongOnes(this.first).filter((id) => questionById(id));
  }

  mastery(objective: Objective, first = this.first): number | undefined {
    return masteryOf(objective, first, objectiveOf);
  }

  /** Mastery before the newest answer of a sitting; equal to the present one where that was no first answer. */
  masteryBefore(objective: Objective, sitting: string): number | undefined {
    const newest = this.answers.findLast((one) => one.sitting === sitting);
    return this.mastery(
      objective,
      this.first.filter((one) => one !== newest),
    );
  }

  /**
   * Begins a sitting.
   * @param asked its questions; left out, they are drawn from the scope
   * @returns its id; undefined for a scope that has no questions
   */
  async begin(scope: string, asked?: readonly string[]): Promise<string | undefined> {
    const seed = Math.floor(Math.random() * 1e6);
    const questions = asked ? [...asked] : this.questionsOf(scope, seed);
    if (questions.length === 0) return undefined;
    const startedAtMs = Date.now();
    const id = `s-${startedAtMs.toString(36)}-${seed.toString(36)}`;
    await this.saved.begin({ id, scope, questions, seed, startedAtMs });
    await this.load();
    return id;
  }

  /** Keeps the answer to the question that is asked. Another tab's answer to it stands, if it was first. */
  async answer(record: SittingRecord, answer: Answer, tookMs: number): Promise<void> {
    const sitting = this.sitting(record);
    if (nextQuestion(sitting) !== answer.question) return;
    const number = sitting.answers.length;
    await this.saved.add({ sitting: record.id, number, ...answer, atMs: Date.now(), tookMs });
    await this.load();
  }

  async close(): Promise<void> {
    await this.saved.close();
  }

  private questionsOf(scope: string, seed: number): string[] {
    if (scope === 'test') return moduleTest.map(({ id }) => id);
    if (scope === 'wrong') return drawn(this.wrong, PRACTICE, seed);
    const within = objectives.filter(({ id, part }) => id === scope || part === scope).map(({ id }) => id);
    const from = bank.filter(({ objective }) => within.includes(objective));
    return drawn(from, PRACTICE, seed).map(({ id }) => id);
  }
}

/** New for each round, so that a question comes back with other numbers and in another order. */
export const seedNow = (sitting: Sitting): number => sitting.seed + roundOf(sitting) - 1;

let view: QuizView | undefined;

/** One for the page; the database is opened when it is first asked for. */
export function quizView(): QuizView {
  if (!view) {
    view = new QuizView();
    void view.load();
  }
  return view;
}
