import { describe, expect, it } from 'vitest';
import type { Attempt } from '../progress/records.ts';
import { reviewsOf, type Work } from './ratings.ts';
import { answer, attempt, DAY_MS, failed, HOUR_MS, plainDays } from './records.fixture.ts';

const of = (work: Partial<Work>, nowMs = 99 * DAY_MS): string[] =>
  reviewsOf({ answers: [], attempts: [], progress: [], ...work }, nowMs, plainDays).map(
    ({ id, atMs, rating }) => `${id} day ${plainDays.dayOf(atMs)} ${rating}`,
  );

describe('what an answer says', () => {
  it.each([
    ['guess', 'hard'],
    ['unsure', 'hard'],
    ['fairly', 'good'],
    ['certain', 'easy'],
    [null, 'good'],
  ] as const)('right and %s: %s', (confidence, rating) =>
    expect(of({ answers: [answer({ confidence })] })).toEqual([`a day 1 ${rating}`]),
  );

  it('wrong or given up: again, however sure', () => {
    expect(of({ answers: [answer({ right: false, confidence: 'certain' })] })).toEqual(['a day 1 again']);
    expect(of({ answers: [answer({ right: false, given: null })] })).toEqual(['a day 1 again']);
  });

  it('in one sitting the first answer and the first right one after it', () => {
    const tries = [false, false, true].map((right, number) =>
      answer({ number, right, confidence: 'certain' }),
    );
    expect(of({ answers: tries })).toEqual(['a day 1 again', 'a day 1 hard']);
  });

  it('each sitting for itself, also on one day', () =>
    expect(of({ answers: [answer(), answer({ sitting: 's-2', atMs: DAY_MS + HOUR_MS })] })).toEqual([
      'a day 1 good',
      'a day 1 good',
    ]));

  it('a clock that was set back between two tries does not turn them round', () => {
    const tries = [answer({ right: false }), answer({ number: 1, atMs: DAY_MS - HOUR_MS })];
    expect(of({ answers: tries })).toEqual(['a day 1 again', 'a day 1 hard']);
  });

  it('one of a day that has not come waits until it has', () => {
    const answers = [
      answer({ atMs: 5 * DAY_MS }),
      answer({ sitting: 's-2', atMs: 2 * DAY_MS, right: false }),
    ];
    expect(of({ answers }, 3 * DAY_MS)).toEqual(['a day 2 again']);
    expect(of({ answers }, 5 * DAY_MS)).toEqual(['a day 2 again', 'a day 5 good']);
  });
});

describe('what the runs of an exercise say', () => {
  const day = (day: number, ...runs: Attempt[]): Attempt[] =>
    runs.map((run, i) => ({ ...run, atMs: day * DAY_MS + i * 1000 }));

  it('passed within three runs: good; later: hard; once a day', () => {
    expect(of({ attempts: day(1, failed(), failed(), attempt(), attempt()) })).toEqual(['01-a day 1 good']);
    expect(of({ attempts: day(1, failed(), failed(), failed(), attempt()) })).toEqual(['01-a day 1 hard']);
  });

  it('failed only: again; a run of the untouched starter is no try', () => {
    expect(of({ attempts: day(1, failed(), failed()) })).toEqual(['01-a day 1 again']);
    expect(of({ attempts: day(1, failed({ changed: false })) })).toEqual([]);
  });

  it('with a hint: hard on the day on which it was opened, not ever after', () =>
    expect(
      of({ attempts: [...day(1, attempt({ hintsOpened: 2 })), ...day(4, attempt({ hintsOpened: 2 }))] }),
    ).toEqual(['01-a day 1 hard', '01-a day 4 good']));

  it('given up: again on that day, also without a run, and not ever after', () => {
    const progress = [{ exercise: '01-a', gaveUpAtMs: DAY_MS + HOUR_MS }];
    expect(of({ progress })).toEqual(['01-a day 1 again']);
    const attempts = [...day(1, failed(), attempt({ gaveUp: true })), ...day(3, attempt({ gaveUp: true }))];
    expect(of({ attempts, progress })).toEqual(['01-a day 1 again', '01-a day 3 good']);
    expect(of({ progress: [{ exercise: '01-a', gaveUpAtMs: null }] })).toEqual([]);
  });
});
