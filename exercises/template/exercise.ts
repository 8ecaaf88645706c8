import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'The template',
  // A row of the course: C (cache), M (money) or L (latency), as in the quiz and in the claims.
  system: 'L8',
  kind: 'implement',
  exports: [{ name: 'Peak', kind: 'class' }],
  // What the learner can do afterwards. Each one is the objective of at least one check.
  objectives: [
    { id: 'highest', text: 'Keep the highest value of a stream' },
    { id: 'empty', text: 'Tell “nothing yet” from 0' },
  ],
  // A ladder: where to look, what to think of, how to do it, nearly the solution.
  hints: [
    'What is the highest of no values at all?',
    'Start with nothing instead of with 0: `undefined` is not a latency.',
    '`note`: if there is no highest yet, or the new one is higher, remember it. Ask with `=== undefined`, since 0 is a latency.',
  ],
};
