import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Bug hunt: what is left of the budget',
  system: 'M13',
  kind: 'bug-hunt',
  subject: {
    kind: 'class',
    export: 'Budget',
    methods: ['spend', 'remainingUsd', 'remainingPercent', 'affords'],
  },
  objectives: [
    {
      id: 'units',
      text: 'Choose figures for which a wrong unit (percent, share, dollars) gives another number than the right one',
    },
    { id: 'edges', text: 'Test a guard at its edge, on both sides of it, and past it' },
  ],
  hints: [
    'Which unit does each method answer in? Work out by hand what is left of $500 when $100 are spent: in dollars, in percent, as a share.',
    'A limit of $100 hides one confusion: there $80 and 80 % are the same number. Spending everything hides another.',
    'Ask `affords` for exactly the rest, and for a dollar more. Then spend more than there is.',
    '`create(500)`, `spend(100)`: `remainingUsd()` → 400, `remainingPercent()` → 80, `affords(400)` → `true`, `affords(401)` → `false`. Then `spend(450)`: `remainingUsd()` → 0.',
  ],
  mutants: [
    {
      file: 'percent-for-share',
      title: 'Multiplies the limit by a percentage as if it were a share, as the module does',
      objective: 'units',
      survives: 'What is left when a part is spent? Work it out in dollars.',
    },
    {
      file: 'percent-for-dollars',
      title: 'Compares dollars with a percentage',
      objective: 'units',
      survives:
        'How many dollars does your test ask for, and how many percent are left? Is there a limit at which the two are the same number?',
    },
    {
      file: 'share-for-percent',
      title: 'Gives a share from 0 to 1 where a percentage is promised',
      objective: 'units',
      survives: 'In which unit is remainingPercent? Ask while something is left.',
    },
    {
      file: 'below-zero',
      title: 'Gives a rest below zero once more than the limit is spent',
      objective: 'edges',
      survives: 'What is left when more was spent than there was?',
    },
    {
      file: 'last-dollar',
      title: 'Refuses to spend exactly the rest',
      objective: 'edges',
      survives: 'Ask at the edge: may exactly the rest be spent?',
    },
  ],
};
