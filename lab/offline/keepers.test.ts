import { expect, test } from 'vitest';
import { keepAll, onLeaving } from './keepers.ts';

test('everybody is asked; one that fails or throws is enough for no', async () => {
  expect(await keepAll()).toBe(true);
  let asked = 0;
  const end = onLeaving(async () => ++asked > 0);
  expect(await keepAll()).toBe(true);
  const endBad = onLeaving(() => Promise.reject(new Error('full')));
  expect(await keepAll()).toBe(false);
  endBad();
  end();
  expect(await keepAll()).toBe(true);
  expect(asked).toBe(2);
});
