import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Bug hunt: nothing in stock',
  system: 'C10',
  kind: 'bug-hunt',
  subject: { kind: 'class', export: 'StockCache', methods: ['write', 'read', 'readOr', 'loads'] },
  objectives: [
    { id: 'falsy-values', text: 'Test with the values that look like nothing: 0, "", false and null' },
    {
      id: 'hidden-cost',
      text: 'Make a defect visible that costs work but gives the right value, by counting the work',
    },
    {
      id: 'negative-caching',
      text: 'Test that “there is nothing” is kept, and given up when there is something',
    },
  ],
  hints: [
    'What does a reader see of a miss? Nothing: the value is the same. What else can you ask the cache?',
    'Write a 0, read it twice, and ask `loads`. Then `readOr` with a fallback: when may it give the fallback?',
    '`null` is a value as well: `||` and `??` differ in what they let through. And a key that nobody wrote: read it twice, then write it.',
    '`write("stock", 0)`, `read("stock")`, `readOr("stock", 5)` → 0, `loads()` → 1. `write("note", null)`, `readOr("note", "none")` → `null`. ' +
      'On a new cache: `read("new")` twice → `undefined`, `loads()` → 1; `write("new", 3)`, `read("new")` → 3.',
  ],
  mutants: [
    {
      file: 'falsy-is-a-miss',
      title: 'Takes a stored 0, "", false or null for a miss, as the module does',
      objective: 'hidden-cost',
      survives:
        'A hit and a miss give the same value. Where is the difference? And which values look like nothing?',
    },
    {
      file: 'falsy-falls-back',
      title: 'Gives the fallback for 0, "" and false: value || fallback',
      objective: 'falsy-values',
      survives: 'Which values look like nothing, and are something? Read them with readOr.',
    },
    {
      file: 'null-falls-back',
      title: 'Gives the fallback for null: value ?? fallback',
      objective: 'falsy-values',
      survives: 'Is there a value besides 0 that looks like nothing? Read it with readOr.',
    },
    {
      file: 'nothing-is-not-kept',
      title: 'Asks the origin each time for a key that it does not have',
      objective: 'negative-caching',
      survives: 'Ask again for a key that the origin does not have. What does that cost?',
    },
    {
      file: 'nothing-for-ever',
      title: 'Keeps “there is nothing” although the key was written since',
      objective: 'negative-caching',
      survives: 'What was not there can come.',
    },
  ],
};
