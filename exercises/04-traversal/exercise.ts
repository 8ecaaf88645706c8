import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'From level to level',
  system: 'C10',
  kind: 'implement',
  exports: [{ name: 'TieredCache', kind: 'class' }],
  objectives: [
    { id: 'first-hit', text: 'Ask levels in order until one has a value, and tell a value from a miss' },
    { id: 'remaining-life', text: 'Promote what was found without giving it a new life' },
    { id: 'failing-level', text: 'Keep the failure of a level from failing the request' },
  ],
  hints: [
    'Write the walk first: for each level, wait for its answer, and go on when it is a miss. What has to be remembered of the levels passed by?',
    'How long may a copy live that is made at `nowMs` of an entry that is over at `untilMs`? And what if each level added its full `ttlMs` again?',
    'A rejected promise that is awaited throws, so `try` and `catch` belong around the `await` of one level, inside the loop. A promotion is not awaited, so its failure needs a `catch` of its own.',
    '`for (const level of levels)`: `try { entry = await level.get(key) } catch { continue }`; when there is no entry, or `nowMs >= entry.untilMs`, `missed.push(level)` and go on; ' +
      'else `faster.set(key, entry.value, entry.untilMs - nowMs).catch(() => {})` for each `faster` of `missed`, and return `entry.value`.',
  ],
};
