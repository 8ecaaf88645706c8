import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Retries that do no harm',
  system: 'L9',
  kind: 'implement',
  exports: [{ name: 'RetryBudget', kind: 'class' }],
  objectives: [
    { id: 'retry-budget', text: 'Keep retries a share of the load with a token bucket' },
    { id: 'backoff', text: 'Wait longer after each failure, up to a cap, with jitter' },
    { id: 'deadline', text: 'Send no retry that would come too late, and do not pay for it' },
  ],
  hints: [
    'A token bucket needs no timer. What must it remember to know, when it is asked, how much has come in since?',
    '0.2 + 0.2 + 0.2 is not 0.6 in floating point. Count in hundredths of a token: a first try is 20, a millisecond is 1, a retry is 100, and all sums are whole.',
    'Decide first, pay last: work out the wait, look at the deadline, then at the tokens, and only then take one.',
    'Refill: `saved = Math.min(10_000, saved + nowMs - lastMs); lastMs = nowMs`. `retry`: refill; `longest = Math.min(capMs, baseMs * 2 ** (failed - 1)); wait = Math.floor(random * longest)`; ' +
      '`if (nowMs + wait > deadlineMs - marginMs || saved < 100) return undefined; saved -= 100; return wait`.',
  ],
};
