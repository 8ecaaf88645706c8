import { expect, test } from 'vitest';
import { budgetPace, type BudgetPoint } from './pace.ts';

const DAY_S = 86_400;
const point = (atS: number, spentUsd: number, limitUsd = 1000): BudgetPoint => ({ atS, spentUsd, limitUsd });

test('the pace of the last half hour, worked by hand', () => {
  // 100 dollars in the last half hour: 200 an hour; 600 are left, so three hours from noon.
  const points = [point(39_600, 0), point(41_400, 300), point(42_300, 340), point(43_200, 400)];
  expect(budgetPace(points, DAY_S)).toEqual({
    usdPerH: 200,
    remainingUsd: 600,
    goneAtS: 43_200 + 3 * 3600,
    leftAtEndUsd: 0,
  });
});

test('a budget that lasts says what is left when its window ends', () => {
  const pace = budgetPace([point(41_400, 90), point(43_200, 100)], DAY_S)!;
  expect(pace.goneAtS).toBe(43_200 + 45 * 3600);
  expect(pace.leftAtEndUsd).toBe(900 - 12 * 20);
});

test('a window that begins anew forgets the pace of the one before', () => {
  const points = [point(85_000, 900), point(86_400, 990), point(86_460, 1), point(86_520, 2)];
  expect(budgetPace(points, 2 * DAY_S)?.usdPerH).toBe(60);
  expect(budgetPace(points.slice(0, 3), 2 * DAY_S)).toBeUndefined();
});

test('a lowered limit counts at once, and what is overspent is gone now', () => {
  const points = [point(0, 0), point(1800, 500, 400)];
  expect(budgetPace(points, DAY_S)).toMatchObject({ remainingUsd: -100, goneAtS: 1800, leftAtEndUsd: 0 });
});

test('where nothing is spent it lasts for ever; where there is nothing to compare there is no pace', () => {
  expect(budgetPace([point(0, 5), point(1800, 5)], DAY_S)).toMatchObject({
    goneAtS: Infinity,
    leftAtEndUsd: 995,
  });
  expect(budgetPace([point(0, 5)], DAY_S)).toBeUndefined();
  expect(budgetPace([], DAY_S)).toBeUndefined();
});
