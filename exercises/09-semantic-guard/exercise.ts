import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'The same question, or a look-alike',
  system: 'C15',
  kind: 'implement',
  exports: [
    { name: 'guard', kind: 'function' },
    { name: 'SemanticCache', kind: 'class' },
  ],
  objectives: [
    { id: 'guard', text: 'Refuse a look-alike by its numbers, its negations and its telling words' },
    { id: 'scope', text: 'Keep answers of one tenant and context from any other' },
    { id: 'nearest', text: 'Find the same text first, then the nearest that the guard lets pass' },
  ],
  hints: [
    "Write `guard` first. One function that gives the list of a text’s words serves two of the three rules. What is the list of words of “Note: don't”, and of “another”?",
    "Regular expressions: `text.toLowerCase().match(/[a-z0-9']+/g) ?? []` gives words, `text.match(/\\d+(\\.\\d+)?/g) ?? []` gives numbers. Two lists are the same if their joined texts are.",
    'A key for tenant and context together has to tell `"a"`, `"b:c"` from `"a:b"`, `"c"`. `JSON.stringify` of the list of all parts does.',
    '`find`: look up the key of tenant, context and normalised text in a `Map`: exact. Otherwise take the entries of the scope, compute each cosine, keep those with `threshold` or more, ' +
      'sort from high to low (`sort` keeps the order of equals), and return the first for which `guard(question.text, entry.text, telling)` is `undefined`.',
  ],
};
