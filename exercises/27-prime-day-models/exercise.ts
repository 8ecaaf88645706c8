import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Your own choice of a model, with a day’s money',
  system: 'M5',
  kind: 'implement',
  primeDay: { kind: 'selector' },
  exports: [{ name: 'choose', kind: 'function' }],
  objectives: [
    { id: 'bounds', text: 'Choose among the models that a task’s bounds leave' },
    { id: 'pace', text: 'Spend a budget at the pace of the day, and save before it is gone' },
  ],
  hints: [
    'Who pays when the money is gone at noon? Look at which requests get no answer in the references that choose the better models.',
    'Compare two shares: of the money that is left, and of the day that is left. What does it mean when the first is smaller?',
    'Three steps will do: ahead of the day, the best model that meets the bounds; about on pace, the one in between; behind, the cheapest.',
    'allowed = models that meet minAccuracy and maxLatencyMs, or all when none does, sorted by cost. pace = (leftUsd / limitUsd) / timeLeftShare, 1 without a budget. ' +
      'pace < 1 → the first; pace > 1.1 → the last; else the one in the middle. The day’s rush is still to come at noon, so be careful early.',
  ],
};
