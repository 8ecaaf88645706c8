import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'LRU at the same cost for every size',
  system: 'C6',
  kind: 'implement',
  exports: [{ name: 'LruCache', kind: 'class' }],
  objectives: [
    { id: 'recency', text: 'Keep entries in the order of their last use, and know what counts as use' },
    { id: 'two-limits', text: 'Hold a limit of entries and one of bytes at once' },
    { id: 'constant-cost', text: 'Find the entry to throw out without looking at the others' },
  ],
  hints: [
    'If the entries stood in the order of their last use, where would the one to throw out be? What has to move when one is used?',
    'Two ways: a `Map` keeps the order in which keys were set, so deleting and setting again moves one to the end. Or a doubly linked list, with a `Map` from key to node. ' +
      'The `Map` is shorter. It leaves a hole for each key that goes, and steps over the holes when you ask for the first, which shows from some tens of thousands of entries on.',
    'Keep the sum of bytes as a number: add when an entry comes, subtract when it goes, whichever way it goes. Storing a key again is both.',
    '`set`: remove the old entry of the key, if any; if `sizeBytes > maxBytes`, return `[]`; add the entry as the newest; ' +
      'while there are too many entries or too many bytes, remove the oldest and note its key; return the notes.',
  ],
};
