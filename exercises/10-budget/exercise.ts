import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'A budget that many calls share',
  system: 'M2',
  kind: 'implement',
  exports: [{ name: 'Budget', kind: 'class' }],
  objectives: [
    {
      id: 'reserve-first',
      text: 'Hold the most a call can cost before it starts, so that calls side by side cannot overspend',
    },
    { id: 'end-once', text: 'End every reservation exactly once, also when the call fails' },
    { id: 'whole-units', text: 'Count money in whole units, so that sums are exact' },
    {
      id: 'dollars-and-percent',
      text: 'Tell what remains in dollars from what remains in percent',
    },
  ],
  hints: [
    'Which two sums must a new reservation be compared with? One of them is money that nobody has spent yet.',
    'Turn dollars into whole millionths at the door: `Math.round(usd * 1e6)`. Inside, add and compare whole numbers only. Divide by `1e6` on the way out.',
    'Keep a `Map` from the number of a reservation to the amount it holds. What is not in the `Map` is not open: that is an error, and so each one ends once.',
    '`reserve`: `if (spent + held + worst > limit) return undefined; held += worst; open.set(++last, worst)`. `settle`: read the amount from `open`, check, then `open.delete(id)`, `held -= amount`, ' +
      '`spent += cost`. `release` is `settle(id, 0)`. `run`: reserve; `try { cost = await call() } catch (error) { release; throw error }`; settle; return `cost`.',
  ],
};
