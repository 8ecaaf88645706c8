import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reviewsOf, type Rating, type Review, type Work } from './ratings.ts';
import { answer, attempt, DAY_MS, failed, HOUR_MS, plainDays } from './records.fixture.ts';
import {
  aheadOf,
  cardsOf,
  dueOf,
  minutesOf,
  replay,
  sessionOf,
  type Card,
  type Describe,
  type DueItem,
} from './schedule.ts';

const known: Describe = (_, id) => ({ title: `About ${id}`, objective: 'ttl' });
const review = (day: number, rating: Rating, id = 'a'): Review => ({
  ...{ kind: 'question', id, atMs: day * DAY_MS, rating },
});
const cardAfter = (...reviews: Review[]): Card => [...replay(reviews, plainDays).values()][0];

describe('worked by hand', () => {
  it('right at first sight: 2 days, and hard, sure and wrong: 1, 8 and 1', () => {
    // The first stability is the weight of the rating: 2.3065 days, 1.2931, 8.2956, 0.212. Waiting is at least a day.
    const waits = (rating: Rating) => cardAfter(review(10, rating)).dueDay - 10;
    expect((['good', 'hard', 'easy', 'again'] as const).map(waits)).toEqual([2, 1, 8, 1]);
  });

  it('right twice: from 2 days to 11', () => {
    const card = cardAfter(review(10, 'good'), review(12, 'good'));
    // D = 6.4133 − e^(2 · 0.8334) + 1 = 2.118. R = (1 + 0.980 · 2 / 2.3065)^−0.1542 = 0.9095.
    // S = 2.3065 · (1 + e^1.8722 · (11 − D) · 2.3065^−0.1666 · (e^(0.796 · (1 − R)) − 1)) = 2.3065 · 4.754 = 10.96.
    expect(card.stability).toBeCloseTo(10.96, 1);
    expect(card.dueDay).toBe(23);
  });

  it('known for long and then wrong: the next day, also when it was right a minute later', () => {
    const known = [review(10, 'easy'), review(18, 'easy'), review(60, 'easy')];
    expect(cardAfter(...known).dueDay - 60).toBeGreaterThan(60);
    expect(cardAfter(...known, review(300, 'again')).dueDay).toBe(301);
    const mended = cardAfter(...known, review(300, 'again'), review(300, 'hard'));
    expect(mended.dueDay).toBe(301);
    // Right on the day after, it may wait for longer.
    expect(cardAfter(...known, review(300, 'again'), review(301, 'good')).dueDay).toBeGreaterThan(302);
  });
});

describe('what is due', () => {
  const answers = [
    answer({ question: 'late', right: false }),
    answer({ question: 'later', right: false, number: 1, atMs: 4 * DAY_MS }),
    answer({ question: 'known', confidence: 'certain', number: 2, atMs: 4 * DAY_MS }),
  ];
  const work: Work = { answers, attempts: [failed({ atMs: 2 * DAY_MS })], progress: [] };
  const at = (nowMs: number, describe = known) => {
    const cards = cardsOf(work, nowMs, plainDays);
    return {
      due: dueOf(cards, nowMs, plainDays, describe),
      ahead: aheadOf(cards, nowMs, plainDays, describe),
    };
  };

  it('is listed with the most overdue first, each with its link', () => {
    const { due, ahead } = at(5 * DAY_MS + HOUR_MS);
    expect(due.map(({ kind, id, href, dueAtMs }) => [kind, id, href, dueAtMs / DAY_MS])).toEqual([
      ['question', 'late', '#/review', 2],
      ['exercise', '01-a', '#/code/01-a', 3],
      ['question', 'later', '#/review', 5],
    ]);
    expect(due[0]).toMatchObject({ title: 'About late', objective: 'ttl' });
    expect(ahead).toEqual({ tomorrow: 0, week: 1, nextDueAtMs: 12 * DAY_MS });
  });

  it('comes after today, counted', () =>
    expect(at(4 * DAY_MS).ahead).toEqual({ tomorrow: 1, week: 1, nextDueAtMs: 5 * DAY_MS }));

  it('leaves out what the lab has no more', () => {
    const { due, ahead } = at(5 * DAY_MS, (kind, id) => (id === 'later' ? known(kind, id) : undefined));
    expect(due.map(({ id }) => id)).toEqual(['later']);
    expect(ahead).toEqual({ tomorrow: 0, week: 0, nextDueAtMs: null });
  });

  it('is nothing while the clock is set back before all answers', () =>
    expect(at(HOUR_MS)).toEqual({ due: [], ahead: { tomorrow: 0, week: 0, nextDueAtMs: null } }));
});

describe('a session', () => {
  const item = (kind: DueItem['kind'], n: number): DueItem => ({
    ...{ kind, id: `${n}`, title: '', objective: '', dueAtMs: n, href: '' },
  });

  it('has ten items at most, two of them exercises', () => {
    const due = Array.from({ length: 20 }, (_, n) => item(n % 2 ? 'question' : 'exercise', n));
    expect(sessionOf(due).map(({ id }) => Number(id))).toEqual([0, 1, 2, 3, 5, 7, 9, 11, 13, 15]);
    expect(sessionOf([])).toEqual([]);
  });

  it('takes so many minutes', () => {
    expect(minutesOf(Array.from({ length: 10 }, (_, n) => item('question', n)))).toBe(6);
    expect(minutesOf([item('exercise', 1), item('question', 2)])).toBe(6);
    expect(minutesOf([])).toBe(0);
  });
});

const time = fc.integer({ min: 0, max: 400 * 24 }).map((hour) => hour * HOUR_MS);
const works = fc.record({
  answers: fc.uniqueArray(
    fc
      .record({
        sitting: fc.constantFrom('s-1', 's-2', 's-3'),
        number: fc.nat(12),
        question: fc.constantFrom('a', 'b', 'c'),
        right: fc.boolean(),
        confidence: fc.constantFrom('guess' as const, 'fairly' as const, 'certain' as const, null),
        atMs: time,
      })
      .map(answer),
    { selector: ({ sitting, number }) => `${sitting} ${number}`, maxLength: 20 },
  ),
  attempts: fc.uniqueArray(
    fc
      .record({
        exercise: fc.constantFrom('01-a', '02-b'),
        atMs: time,
        kind: fc.constantFrom('passed' as const, 'failed' as const, 'timeout' as const),
        changed: fc.boolean(),
        hintsOpened: fc.nat(3),
      })
      .map(attempt),
    { selector: ({ exercise, atMs }) => `${exercise} ${atMs}`, maxLength: 15 },
  ),
  progress: fc.uniqueArray(
    fc.record({ exercise: fc.constantFrom('01-a', '02-b'), gaveUpAtMs: fc.option(time) }),
    { selector: ({ exercise }) => exercise },
  ),
});
const shuffled = <T>(items: readonly T[], by: readonly number[]): T[] =>
  items
    .map((item, i) => ({ item, at: by[i % by.length] }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

describe('always', () => {
  it('one replay is the same as one that was cut anywhere', () =>
    fc.assert(
      fc.property(works, fc.nat(40), (work, cut) => {
        const reviews = reviewsOf(work, 500 * DAY_MS, plainDays);
        const first = replay(reviews.slice(0, cut), plainDays);
        const before = structuredClone(first);
        expect(replay(reviews.slice(cut), plainDays, first)).toEqual(replay(reviews, plainDays));
        expect(first).toEqual(before);
      }),
    ));

  it('the order in which records are kept does not matter', () =>
    fc.assert(
      fc.property(works, fc.array(fc.nat(99), { minLength: 7, maxLength: 7 }), time, (work, by, nowMs) => {
        const other = {
          answers: shuffled(work.answers, by),
          attempts: shuffled(work.attempts, by),
          progress: shuffled(work.progress, by),
        };
        expect(cardsOf(other, nowMs, plainDays)).toEqual(cardsOf(work, nowMs, plainDays));
      }),
    ));

  it('nothing is due before it was answered, nor on the same day', () =>
    fc.assert(
      fc.property(works, time, (work, nowMs) => {
        for (const card of cardsOf(work, nowMs, plainDays).values()) {
          expect(card.dueDay).toBeGreaterThan(plainDays.dayOf(card.lastAtMs));
          expect(plainDays.startMs(card.dueDay)).toBeGreaterThan(card.lastAtMs);
          expect(card.difficulty).toBeGreaterThanOrEqual(1);
          expect(card.difficulty).toBeLessThanOrEqual(10);
        }
      }),
    ));

  it('a right answer waits at least as long as a wrong one in its place', () =>
    fc.assert(
      fc.property(works, fc.constantFrom<Rating>('hard', 'good', 'easy'), (work, rating) => {
        const cards = replay(reviewsOf(work, 500 * DAY_MS, plainDays), plainDays);
        const dueAfter = (how: Rating) =>
          replay([review(500, how)], plainDays, cards).get('question a')!.dueDay;
        expect(dueAfter('again')).toBe(501);
        expect(dueAfter(rating)).toBeGreaterThanOrEqual(501);
      }),
    ));
});
