import { expect, test } from 'vitest';
import { stepS, stepWords } from './step.ts';

test.each([
  [1, 1, 'Step one second'],
  [0.5, 1, 'Step one second'],
  [12, 12, 'Step 12 seconds'],
  [60, 60, 'Step one minute'],
  [300, 300, 'Step 5 minutes'],
])('intervals of %s s', (intervalS, seconds, words) => {
  expect(stepS({ intervalS })).toBe(seconds);
  expect(stepWords({ intervalS })).toBe(words);
});
