import { expect, test } from '@playwright/test';

test('what protects a system: chart, note, mark, table and story', async ({ page }) => {
  await page.goto('./?scenario=connections&seed=1&speed=max');
  await expect(page.locator('.outcome')).toBeVisible({ timeout: 30_000 });
  const charts = page.getByRole('region', { name: 'Charts on one time axis' });
  await expect(charts.getByText('Connections', { exact: true })).toBeVisible();
  await expect(charts.getByText('Connections used up')).toBeAttached();
  await expect(page.locator('[data-node="model"]')).toContainText(/12 of 12 open · \d+ wait/);
  await page.getByText('How it stood at the end').click();
  await expect(page.locator('.story .lede')).toHaveText(
    'Calls wait for connections, not for the model endpoint.',
  );
  await page.getByRole('button', { name: 'Show as table' }).click();
  const table = page.getByRole('region', { name: 'The charts as a table' });
  await expect(table.getByRole('columnheader', { name: 'Anew' })).toBeVisible();
  await expect(table.getByRole('row').nth(1)).toContainText('100 %');
});

test('its charts on a phone, without sideways scroll', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./?scenario=standing-queue&seed=1&speed=max');
  await expect(page.locator('.outcome')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Dropped and refused')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
