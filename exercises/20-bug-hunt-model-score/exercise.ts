import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Bug hunt: the cost that always wins',
  system: 'M5',
  kind: 'bug-hunt',
  subject: { kind: 'function', export: 'choose', methods: [] },
  objectives: [
    {
      id: 'scales',
      text: 'Find the input that shows a sum whose terms have different scales',
    },
    {
      id: 'edges',
      text: 'Test a ranking where it is easily forgotten: all alike, the same score, another order',
    },
  ],
  hints: [
    'With two models each term is 0 or 1, so a score is a sum of the weights 0.4, 0.4 and 0.2. No calculator is needed.',
    'Let one model be cheaper, and the other better and faster: 0.4 against 0.6. Who wins by the module’s formula, at usual prices?',
    'Then make two models alike but for the latency, and last a pair with the same score: one cheaper, one better, equally fast.',
    'small costs 0.001, quality 0.85, 2000 ms; large costs 0.02, quality 0.95, 800 ms: `subject([small, large])` → `"large"`. ' +
      'small and a slower twin of it: small. large at 2000 ms, and small after it in the list: small.',
  ],
  mutants: [
    {
      file: 'cost-not-scaled',
      title: 'Adds the terms as they come, as the module does: cost reaches 1000, quality 1',
      objective: 'scales',
      survives:
        'Which model should win although another one is cheaper? Look at what a usual call costs: a cent, or less.',
    },
    {
      file: 'quality-not-scaled',
      title: 'Scales cost and speed but not quality, so 0.85 and 0.95 are nearly the same',
      objective: 'scales',
      survives:
        'Qualities lie close together. Who wins when quality and speed speak for one model, and cost for the other?',
    },
    {
      file: 'divides-by-zero',
      title: 'Divides by zero where all models are alike',
      objective: 'edges',
      survives: 'What if all models are alike in one thing? What if there is only one?',
    },
    {
      file: 'slow-is-good',
      title: 'Gives the slowest model the full mark for speed',
      objective: 'scales',
      survives: 'Does your test have two models between which only the latency decides?',
    },
    {
      file: 'first-of-equals',
      title: 'Takes the first of those with the same score, not the cheapest',
      objective: 'edges',
      survives: 'Two models can have the same score. Does the order of the list matter in your test?',
    },
  ],
};
