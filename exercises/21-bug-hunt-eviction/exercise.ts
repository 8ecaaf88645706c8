import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Bug hunt: 20 % of four',
  system: 'C7',
  kind: 'bug-hunt',
  subject: { kind: 'class', export: 'ScoreCache', methods: ['set', 'get', 'keys'] },
  objectives: [
    { id: 'how-many', text: 'Test a share of a number where rounding makes nothing or one of it' },
    { id: 'whom', text: 'Build a small case by hand in which a rule, and no simpler one, decides who goes' },
  ],
  hints: [
    'Work out for capacities of 4, 5 and 10 how many keys go at once.',
    'Fill a cache of four and set a fifth key: how many keys are there then? Then the same with ten, and an eleventh.',
    'For the score, let a key that was read often be older than one that was never read. For the order, let several keys have the same score.',
    '`create(4)`: a, b, c, d set at 0, a read at 10, e set at 100 → a, c, d, e. `create(2)`: often set at 0 and read four times at 10, once set at 60, new set at 100 → new, often. ' +
      '`create(10)` and eleven keys → nine are left.',
  ],
  mutants: [
    {
      file: 'none-of-four',
      title: 'Throws out nothing when 20 % is less than one, as the module does',
      objective: 'how-many',
      survives: 'What is 20 % of a small cache? Count its keys when one more has come.',
    },
    {
      file: 'one-at-a-time',
      title: 'Always throws out one',
      objective: 'how-many',
      survives: 'How many have to go at once when the cache is larger?',
    },
    {
      file: 'best-first',
      title: 'Sorts the wrong way, so the most useful entries go',
      objective: 'whom',
      survives: 'Your test knows how many went. Which ones?',
    },
    {
      file: 'age-only',
      title: 'Looks at the age alone and forgets the reads',
      objective: 'whom',
      survives: 'What does a read change, besides the time of the last use?',
    },
    {
      file: 'last-of-equals',
      title: 'Throws out the newest of those with the same score',
      objective: 'whom',
      survives: 'Who goes when several have the same score?',
    },
  ],
};
