/** What is due for review, as the pages and the app bar watch it. It follows what is kept in this tab and in others, and the clock. */
import { ProgressStore } from '../progress/store.ts';
import { QuizSaved } from '../quiz-saved.ts';
import { localDays, type LocalDays } from './local-days.ts';
import type { Kind, Work } from './ratings.ts';
import {
  aheadOf,
  cardsOf,
  dueOf,
  keyOf,
  minutesOf,
  noCards,
  type Ahead,
  type Describe,
  type DueItem,
} from './schedule.ts';

const nothing: Describe = () => undefined;
/** A timer must not be set much longer than this, and a sleeping computer's clocks stand still. */
const MOST_WAIT_MS = 3_600_000;

export class ReviewView {
  /** The most overdue first. */
  due = $state.raw<DueItem[]>([]);
  /** What comes after today. */
  ahead = $state.raw<Ahead>({ tomorrow: 0, week: 0, nextDueAtMs: null });
  loaded = $state(false);
  /** Why nothing is kept here; empty as long as all is well. */
  blocked = $state('');
  /** Changes with what is due, so that words about days are made anew. */
  nowMs = $state(0);
  private cards = $state.raw(noCards);
  private readonly answers: QuizSaved;
  private readonly exercises: ProgressStore;
  private readonly clock: () => number;
  private readonly days: LocalDays;
  private readonly fetchTitles: () => Promise<Describe>;
  private loading: Promise<void> | undefined;
  private stale = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    clock: () => number,
    days: LocalDays = localDays,
    fetchTitles: () => Promise<Describe> = async () => (await import('./titles.ts')).describe,
  ) {
    this.clock = clock;
    this.days = days;
    this.fetchTitles = fetchTitles;
    const tell = ({ ok, text }: { ok: boolean; text: string }): void => {
      if (!ok) this.blocked = text;
    };
    this.answers = new QuizSaved(clock, tell);
    this.exercises = new ProgressStore(clock, tell);
    this.answers.onchange(() => void this.load());
    this.exercises.onchange(({ what }) => void (what === 'progress' && this.load()));
  }

  get nextDueAtMs(): number | null {
    return this.ahead.nextDueAtMs;
  }

  /** For all that is due. */
  get minutes(): number {
    return minutesOf(this.due);
  }

  /** Whether anything is planned at all. */
  get begun(): boolean {
    return this.due.length > 0 || this.nextDueAtMs !== null;
  }

  /** When an item was last looked at, and in how many days it comes back; 0 when it is due. Undefined for one that was never seen. */
  plan(kind: Kind, id: string): { seenAtMs: number; inDays: number } | undefined {
    const card = this.cards.get(keyOf(kind, id));
    return (
      card && {
        seenAtMs: card.lastAtMs,
        inDays: Math.max(0, card.dueDay - this.days.dayOf(this.nowMs)),
      }
    );
  }

  /** Reads what is kept. What changes meanwhile is read once more. */
  load(): Promise<void> {
    this.stale = true;
    this.loading ??= this.read().finally(() => (this.loading = undefined));
    return this.loading;
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    await Promise.all([this.answers.close(), this.exercises.close()]);
  }

  private async read(): Promise<void> {
    while (this.stale) {
      this.stale = false;
      const work = await this.work();
      const nowMs = this.clock();
      const cards = cardsOf(work, nowMs, this.days);
      const describe = cards.size > 0 ? await this.fetchTitles() : nothing;
      this.nowMs = nowMs;
      this.cards = cards;
      this.due = dueOf(cards, nowMs, this.days, describe);
      this.ahead = aheadOf(cards, nowMs, this.days, describe);
      this.loaded = true;
    }
    this.wait();
  }

  private async work(): Promise<Work> {
    const progress = await this.exercises.all();
    const attempts = await Promise.all(progress.map(({ exercise }) => this.exercises.attempts(exercise)));
    return { answers: await this.answers.readable(), attempts: attempts.flat(), progress };
  }

  /** Looks again when the next item is due. */
  private wait(): void {
    clearTimeout(this.timer);
    if (this.ahead.nextDueAtMs === null) return;
    const leftMs = this.ahead.nextDueAtMs - this.clock();
    this.timer = setTimeout(() => void this.load(), Math.min(Math.max(leftMs, 1000), MOST_WAIT_MS));
  }
}

let view: ReviewView | undefined;

/** One for the page; the database is opened when it is first asked for. */
export function reviewView(): ReviewView {
  if (!view) {
    const made = (view = new ReviewView(() => Date.now()));
    // A computer that slept has not heard its timers.
    document.addEventListener('visibilitychange', () => void (document.hidden || made.load()));
    void made.load();
  }
  return view;
}
