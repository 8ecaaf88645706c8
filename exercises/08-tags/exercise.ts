import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Invalidate by key, tag and prefix',
  system: 'C13',
  kind: 'implement',
  exports: [{ name: 'TaggedCache', kind: 'class' }],
  objectives: [
    { id: 'groups', text: 'Throw out what belongs together by tag and by prefix' },
    { id: 'index', text: 'Keep an index of tags right and small while entries come, change and go' },
    { id: 'late-fill', text: 'Keep what was computed before an invalidation from being stored after it' },
  ],
  hints: [
    'Two maps: from key to entry, and from tag to a set of keys. Write one method that removes an entry from both, and use it wherever an entry goes or is replaced.',
    'When the last key leaves the set of a tag, the tag has to leave the map.',
    'A late fill cannot be recognised by what is in the cache: perhaps nothing was there to be thrown out. Each open ticket has to be told of every invalidation. Only the open ones: so little has to be kept.',
    '`begin`: `tickets.set(++last, { key, spoiled: false, tags: new Set() })`. `invalidateKey`, `invalidatePrefix` and storing spoil the tickets of such keys; ' +
      '`invalidateTag` adds the tag to the `tags` of each ticket. `fill`: take the ticket out of the map; if there is none, if it is spoiled, or if `tags.some((tag) => ticket.tags.has(tag))`: `false`.',
  ],
};
