/**
 * When each question and each exercise comes back. Nothing is kept for it: it is worked out anew from the answers and runs that are kept
 * anyway. FSRS says how memory stands after each look (docs/decisions/0014-review.md); what was wrong comes back the next day.
 */
import { fsrs, Rating as Grade, type Grade as GradeOf } from 'ts-fsrs';
import type { LocalDays } from './local-days.ts';
import { reviewsOf, type Kind, type Rating, type Review, type Work } from './ratings.ts';

/** Memory of one question or exercise. Days are those of LocalDays. */
export interface Card {
  kind: Kind;
  id: string;
  /** Days until it is remembered with 90 % only. */
  stability: number;
  /** 1 to 10. */
  difficulty: number;
  /** Of the last look at it. */
  lastAtMs: number;
  /** The last day on which it was wrong. */
  wrongDay: number | null;
  dueDay: number;
}

export interface DueItem {
  kind: Kind;
  id: string;
  title: string;
  /** Its id. */
  objective: string;
  dueAtMs: number;
  href: string;
}

/** By kind and id. */
export type Cards = ReadonlyMap<string, Card>;

/** How an item is called; undefined for one that the lab has no more. */
export type Describe = (kind: Kind, id: string) => { title: string; objective: string } | undefined;

/** A question takes about this long, and an exercise that was solved once before. */
const QUESTION_MINUTES = 0.6;
const EXERCISE_MINUTES = 5;
/** A session is short: what is left is due in the next one. */
const SESSION_ITEMS = 10;
const SESSION_EXERCISES = 2;

const GRADES: Record<Rating, GradeOf> = {
  again: Grade.Again,
  hard: Grade.Hard,
  good: Grade.Good,
  easy: Grade.Easy,
};
const scheduler = fsrs({ enable_fuzz: false });

export const noCards: Cards = new Map();

export const keyOf = (kind: Kind, id: string): string => `${kind} ${id}`;

/** The cards after these reviews, which are in the order of their times. @param from cards as they were before, which stay as they are */
export function replay(reviews: readonly Review[], days: LocalDays, from = noCards): Cards {
  const cards = new Map(from);
  for (const review of reviews) {
    const key = keyOf(review.kind, review.id);
    cards.set(key, after(cards.get(key), review, days));
  }
  return cards;
}

function after(card: Card | undefined, { kind, id, rating, atMs }: Review, days: LocalDays): Card {
  const day = days.dayOf(atMs);
  const elapsedDays = card ? day - days.dayOf(card.lastAtMs) : 0;
  const { stability, difficulty } = scheduler.next_state(card ?? null, elapsedDays, GRADES[rating]);
  const wrongDay = rating === 'again' ? day : (card?.wrongDay ?? null);
  // A right answer on the day of a wrong one shows only that the feedback was read.
  const waits = wrongDay === day ? 1 : scheduler.next_interval(stability, 0);
  return { kind, id, stability, difficulty, lastAtMs: atMs, wrongDay, dueDay: day + waits };
}

/** The cards as they stand now. @param nowMs since 1970 */
export const cardsOf = (work: Work, nowMs: number, days: LocalDays): Cards =>
  replay(reviewsOf(work, nowMs, days), days);

/** What is due, the most overdue first. */
export function dueOf(cards: Cards, nowMs: number, days: LocalDays, describe: Describe): DueItem[] {
  const today = days.dayOf(nowMs);
  return [...cards.values()]
    .filter(({ dueDay }) => dueDay <= today)
    .sort((a, b) => a.dueDay - b.dueDay || (keyOf(a.kind, a.id) < keyOf(b.kind, b.id) ? -1 : 1))
    .flatMap(({ kind, id, dueDay }) => {
      const described = describe(kind, id);
      if (!described) return [];
      const href = kind === 'exercise' ? `#/code/${id}` : '#/review';
      return [{ kind, id, ...described, dueAtMs: days.startMs(dueDay), href }];
    });
}

export interface Ahead {
  tomorrow: number;
  /** In the seven days after today. */
  week: number;
  /** Null when nothing comes. */
  nextDueAtMs: number | null;
}

/** What comes after today. */
export function aheadOf(cards: Cards, nowMs: number, days: LocalDays, describe: Describe): Ahead {
  const today = days.dayOf(nowMs);
  const coming = [...cards.values()]
    .filter(({ kind, id, dueDay }) => dueDay > today && describe(kind, id))
    .map(({ dueDay }) => dueDay);
  return {
    tomorrow: coming.filter((day) => day === today + 1).length,
    week: coming.filter((day) => day <= today + 7).length,
    nextDueAtMs: coming.length > 0 ? days.startMs(Math.min(...coming)) : null,
  };
}

/** The next session: at most ten of the most overdue, two of them exercises. */
export function sessionOf(due: readonly DueItem[]): DueItem[] {
  let exercises = 0;
  return due
    .filter(({ kind }) => kind === 'question' || ++exercises <= SESSION_EXERCISES)
    .slice(0, SESSION_ITEMS);
}

export function minutesOf(items: readonly Pick<DueItem, 'kind'>[]): number {
  const exercises = items.filter(({ kind }) => kind === 'exercise').length;
  // Tenths of minutes add up exactly only as whole numbers.
  return Math.ceil(
    Math.round(10 * ((items.length - exercises) * QUESTION_MINUTES + exercises * EXERCISE_MINUTES)) / 10,
  );
}
