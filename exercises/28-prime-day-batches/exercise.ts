import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Your own batching on Prime Day',
  system: 'M8',
  kind: 'implement',
  primeDay: { kind: 'batcher' },
  exports: [{ name: 'Batching', kind: 'class' }],
  objectives: [
    { id: 'gather', text: 'Gather requests while nobody could work on them anyway' },
    { id: 'patience', text: 'Bound how long the first of a batch waits for the others' },
  ],
  hints: [
    'When all workers are busy, what does a batch gain by going now? And when one is idle, what does it gain by waiting?',
    'You are asked again when a batch comes back: that is when a worker has become free.',
    'No size has to be fixed: while the workers are busy, the batch grows by itself, and it grows the faster the more come.',
    'wait: oldestMs >= 400 → 0; idle > 0 → 0; else 400 - oldestMs.',
  ],
};
