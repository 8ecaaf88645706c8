/** Records as the stores keep them, for the tests of this folder. */
import type { Attempt } from '../progress/records.ts';
import type { AnswerRecord } from '../quiz-saved.ts';
import type { LocalDays } from './local-days.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Days that begin at midnight in London, without summer time. */
export const plainDays: LocalDays = {
  dayOf: (atMs) => Math.floor(atMs / DAY_MS),
  startMs: (day) => day * DAY_MS,
};

export const answer = (more: Partial<AnswerRecord> = {}): AnswerRecord => ({
  ...{ form: 1, sitting: 's-1', number: 0, question: 'a', seed: 7, given: 1, confidence: null, right: true },
  ...{ atMs: DAY_MS, tookMs: 100, ...more },
});

export const attempt = (more: Partial<Attempt> = {}): Attempt => ({
  ...{ form: 1, exercise: '01-a', atMs: DAY_MS, kind: 'passed', seed: 1, passed: 3, of: 3, objectives: {} },
  ...{ changed: true, hintsOpened: 0, gaveUp: false, ...more },
});

export const failed = (more: Partial<Attempt> = {}): Attempt =>
  attempt({ kind: 'failed', passed: 1, ...more });
