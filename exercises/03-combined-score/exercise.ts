import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Throw out by staleness and use',
  system: 'C7',
  kind: 'implement',
  exports: [{ name: 'ScoreCache', kind: 'class' }],
  objectives: [
    { id: 'score', text: 'Compute a score from how long an entry was not used and how often it was read' },
    { id: 'share', text: 'Take a share of a capacity so that small caches throw something out, too' },
    { id: 'ties', text: 'Make an order total, so that the same requests always throw out the same entries' },
  ],
  hints: [
    'What has to be written down for each entry, and which of it does `get` change? Which of it does `set` change, when the key is there already?',
    'Twenty per cent of 4 is 0.8. What does `Math.floor` make of it, and what happens to a cache that throws out that many?',
    '`sort` keeps the order of equal elements, and a `Map` gives its entries in the order in which they were set. Setting a key that is still there does not move it, so delete it first.',
    '`set`: if the key is new and the map full, sort `[...map]` by score, the highest first, and take `slice(0, Math.ceil(capacity / 5))`; ' +
      'delete each of them; delete the key; set `{ value, reads: 0, usedMs: nowMs }`; return the keys that went.',
  ],
};
