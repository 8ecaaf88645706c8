import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'A doorkeeper for Redis on Prime Day',
  system: 'C11',
  kind: 'implement',
  primeDay: { kind: 'admission' },
  exports: [{ name: 'Admission', kind: 'class' }],
  objectives: [
    { id: 'frequency', text: 'Decide by frequency whether a new entry is worth the one that would go' },
    { id: 'clear-answer', text: 'Give a yes or a no for every case, those with nothing to go by included' },
  ],
  hints: [
    'LRU takes everything in. What does an answer cost that is stored, never asked again, and has driven another one out?',
    'Both frequencies count the same time. The larger one is the better guess at what is asked next.',
    'When both are equal, nothing speaks for the new one, and letting it in costs the old one its place.',
    'admit: return frequency > victimFrequency. To do better, keep counts of your own in onRequest: finer ones than 0 to 15, or ones that forget faster.',
  ],
};
