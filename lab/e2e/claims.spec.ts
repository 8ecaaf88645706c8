import { expect, test } from '@playwright/test';

test('a claim named by the address is run in the browser, and gets its verdict', async ({ page }) => {
  await page.goto('/#/claims/dollar-per-miss');
  const row = page.locator('[data-claim="dollar-per-miss"]');
  await expect(row).toBeFocused();
  await expect(row).toContainText('not run yet');
  await row.getByRole('button', { name: /^Run this/ }).click();
  await expect(row.locator('[data-verdict="only if"]')).toBeVisible({ timeout: 30_000 });
  await expect(row).toContainText('$0.0240');
  await page.getByRole('combobox', { name: 'Verdict' }).selectOption('only if');
  await expect(page.locator('[data-claim]')).toHaveCount(1);
  await page.getByRole('link', { name: /^Open the run: .*gpt-3\.5-turbo$/ }).click();
  await expect(page).toHaveURL(/scenario=prime-day.*gpt-3\.5-turbo.*#\/$/);
});
