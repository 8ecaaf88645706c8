import { expect, test } from '@playwright/test';

test('a pinned run is drawn behind the next one, also after a reload, and is studied over seeds', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const ended = page.getByRole('heading', { name: 'What came out' });
  await page.goto('./?scenario=hot-key&seed=5&speed=max#/');
  await expect(ended).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Pin to compare' }).click();
  const ghosts = page.getByLabel('Ghost lines in the charts');
  await expect(ghosts.locator('option:checked')).toHaveText('ghost 1: seed 5');

  await page.goto('./?scenario=hot-key&seed=5&speed=max&at=00:00:30+coalescing=on#/');
  await expect(ended).toBeVisible({ timeout: 30_000 });
  await expect(ghosts.locator('option:checked')).toHaveText('ghost 1: seed 5');
  // The legend has the pinned run's figure as soon as that run is computed again.
  await expect(page.getByText(/pinned/).first()).toBeVisible({ timeout: 30_000 });

  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  const runs = page.getByRole('region', { name: 'Runs to compare' });
  await expect(runs.getByText('the same to the last bit')).toBeVisible({ timeout: 30_000 });
  await runs.getByLabel('Add a run').selectOption({ index: 1 });
  const figures = page.getByRole('region', { name: 'Figures', exact: true });
  await expect(figures.getByRole('columnheader', { name: 'B', exact: true })).toBeVisible({
    timeout: 30_000,
  });
  await expect(figures.getByRole('row', { name: /^Mean response/ })).toContainText('ms');

  await page.getByText('Seeds', { exact: true }).click();
  await page
    .getByLabel(/^Seeds/)
    .last()
    .fill('3');
  await page.getByRole('button', { name: 'Run the seeds' }).click();
  await expect(page.getByText('Nothing was run yet')).toHaveCount(0);
  await expect(page.getByRole('progressbar', { name: 'Runs' })).toHaveCount(0, { timeout: 60_000 });
  const mean = figures.getByRole('row', { name: /^Mean response/ });
  const words = await mean.textContent();
  const address = page.url();
  await page.reload();
  expect(page.url()).toBe(address);
  await expect(mean).toHaveText(words ?? '');
});
