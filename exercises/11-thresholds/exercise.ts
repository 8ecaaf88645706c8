import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Alarms that do not flap',
  system: 'M11',
  kind: 'implement',
  exports: [{ name: 'BudgetGuard', kind: 'class' }],
  objectives: [
    { id: 'alert-once', text: 'Send each alert once, also when a jump passes several levels' },
    {
      id: 'hysteresis',
      text: 'Switch an action off lower than it was switched on, so that it does not flap',
    },
    { id: 'new-period', text: 'Start a new period with nothing left over from the last' },
  ],
  hints: [
    'What must the guard remember between two calls? The share alone does not tell whether an action is on at 78 %.',
    'Make the table data: a list of levels, each with its alert (or none) and its action (or none). Go through the whole list each time; an `else if` stops at the first.',
    'Two sets are enough: the alerts that were sent in this period, and the actions that are on. Go down the list first to switch off, then up to alert and to switch on.',
    'Off, from the highest: `if (on.has(action) && percent <= level - 5)`. On, from the lowest: `if (percent >= level)`, then the alert if it is not in `sent`, then the action if it is not in `on`; ' +
      'add and report each. `newPeriod`: `sent.clear()`, then what `spent(0)` returns.',
  ],
};
