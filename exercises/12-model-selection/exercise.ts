import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'The right model for the task',
  system: 'M5',
  kind: 'implement',
  exports: [{ name: 'ModelSelector', kind: 'class' }],
  objectives: [
    { id: 'filter-first', text: 'Filter by what a task needs before anything is weighed' },
    { id: 'normalise', text: 'Bring cost, quality and speed to the same scale before adding them' },
    { id: 'edge-cases', text: 'Decide what happens with one candidate, with equal ones and with ties' },
    { id: 'fallback', text: 'Fall back to the cheapest model, and say so' },
  ],
  hints: [
    'What is the largest value that 1 / cost can take for a call of a tenth of a cent? And what is the largest that quality can take?',
    'The scale is made by the models that passed. A dear model that was filtered out must not stretch it.',
    'Write one function `share(part, whole)` that gives `part / whole`, or 1 when `whole` is 0, and use it for all three terms.',
    '`passed = models.filter(…)`; none → the cheapest of all, score `null`, with a warning. Else: least and most of cost, quality and latency by `Math.min(...)` and `Math.max(...)`; ' +
      'score each; go through them in order and take a new best when `score > best.score`, or `score === best.score` and its cost is less.',
  ],
};
