import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test('the library lists its scenarios, one of them opens running with its goal, and what came of it stands on its card', async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));

  await page.goto('/#/scenarios');
  for (const group of ['S1', 'S2', 'S3', 'S4', 'S5'])
    await expect(page.getByRole('heading', { level: 2, name: new RegExp(`^${group} ?`) })).toBeVisible();
  await page.getByRole('link', { name: /^Caches/ }).click();
  const card = page.locator('[data-scenario="cold-cache"]');
  await expect(card.getByText('Not run yet')).toBeVisible();
  await expect(page.locator('[data-scenario="retry-budget"]')).toBeHidden();
  // The usual mode opens a page of its own for each look, for frames of other origins. There are none.
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);

  await card.getByRole('link', { name: 'Keep late answers, share calls, drop dead work.' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A cold cache');
  await expect(page.locator('[data-goal]')).toContainText('par 2:16');
  await page.getByRole('group', { name: 'Speed' }).getByText('max').click();
  await expect(page.locator('[data-debrief="goal"]')).toHaveText(
    /^The goal is reached: .* That is par\.\s*$/,
    {
      timeout: 30_000,
    },
  );
  await expect(page.locator('[data-goal="reached"]')).toBeVisible();

  await page.getByRole('link', { name: 'All scenarios', exact: true }).click();
  await expect(page.getByText('1 of 22 goals reached.')).toBeVisible();
  await expect(card).toContainText('Par met: 2:16, 3 pulls.');
  expect(complaints).toEqual([]);
});
