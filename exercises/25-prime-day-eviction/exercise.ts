import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Your own eviction on Prime Day',
  system: 'C7',
  kind: 'implement',
  primeDay: { kind: 'eviction' },
  exports: [{ name: 'Eviction', kind: 'class' }],
  objectives: [
    { id: 'bookkeeping', text: 'Keep an eviction policy’s books in step with the cache that it serves' },
    { id: 'one-timers', text: 'Keep what is asked often when many keys come that are asked once' },
  ],
  hints: [
    'LRU believes that what came last is needed next. On Prime Day one key in fifty comes once and never again, and most of the rest come seldom. What else could tell you that a key is worth its place?',
    'Give each key a number of hits. A key that was never hit is the first to go; one that was hit gets another round, and loses a hit for it.',
    'S3-FIFO: new keys wait in a small queue, a tenth of the cache. At its end, one that was hit moves to the main queue, one that was not goes. A key that went lately and comes back starts in the main queue.',
    'Two Maps from key to hits, small and main, in the order of arrival, and a Set of keys that went. victim: as long as small holds more than a tenth of the capacity, take its first: hits ≥ 2 → move it to main; else note it in the set and return it. ' +
      'Otherwise take the first of main: hits > 0 → put it at the end with one hit less; else return it.',
  ],
};
