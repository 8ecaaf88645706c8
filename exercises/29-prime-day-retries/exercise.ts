import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Your own retries on Prime Day',
  system: 'L9',
  kind: 'implement',
  primeDay: { kind: 'retry' },
  exports: [{ name: 'Retry', kind: 'class' }],
  objectives: [
    { id: 'budget', text: 'Bound retries to a share of the load, so that they cannot become the load' },
    { id: 'in-time', text: 'Wait no longer than somebody waits for the answer' },
  ],
  hints: [
    'A retry is load. When nine tries in ten fail, what do three retries each make of the load?',
    'Backoff spreads retries over time; it does not make them fewer. Look at “Backoff, jitter” among the references.',
    'A token bucket: each request puts a little in, each retry takes one out; an empty bucket says no. How full may it be when the trouble begins?',
    'onRequest: tokens = min(10, tokens + 0.01). next: tokens < 1 → undefined; wait = random() * min(8000, 500 * 2 ** (attempt - 1)); nowMs + wait >= deadlineMs → undefined; tokens -= 1; return wait. ' +
      'To do better: stop altogether while failures come faster than tokens.',
  ],
};
