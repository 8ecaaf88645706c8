import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'A cache that forgets in time',
  system: 'C6',
  kind: 'implement',
  exports: [{ name: 'TtlCache', kind: 'class' }],
  objectives: [
    { id: 'ttl-on-read', text: 'Check an entry’s time to live when it is read, not only when it is written' },
    { id: 'capacity', text: 'Hold a capacity by throwing out the least recently used entry' },
    { id: 'falsy-values', text: 'Tell a stored 0, "" or null from a miss' },
  ],
  hints: [
    'What does a read have to know of an entry, besides its value? Store that with it.',
    'A `Map` keeps its keys in the order in which they were set. Deleting a key and setting it again moves it to the end.',
    'In `get`, ask whether the entry exists before you look at its value: the value itself may be 0, "" or `null`.',
    '`get`: `entry = map.get(key)`; no entry → `undefined`; `nowMs >= entry.untilMs` → delete it, `undefined`; else delete it, set it again, return `entry.value`. ' +
      '`set`: delete the key; if the map is full, delete all that is too old; if it still is, delete `map.keys().next().value`; then set.',
  ],
};
