import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const run = (page: Page) => page.getByRole('button', { name: 'Run' });

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/${query}#/requests`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Requests');
}

async function set(page: Page, name: string, value: string): Promise<void> {
  const field = page.getByRole('textbox', { name });
  await field.fill(value);
  await field.press('Enter');
}

async function check(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(widths[0]).toBe(widths[1]);
}

test('a real model answers batches in fewer calls, and what a batch lacks is asked for alone', async ({
  page,
}) => {
  await open(page, '?theme=light');
  await set(page, 'Requests', '12');
  await set(page, 'One every, ms', '0');
  await set(page, 'Share of repeats', '0');
  await set(page, 'Batch at most', '4');
  await page.getByText('one missing').click();
  await run(page).click();
  await expect(page.locator('[data-batches]')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('[data-calls="alone"]')).toHaveText('12');
  // Three batches, none of which says whose its answers are: all are asked for again.
  await expect(page.locator('[data-calls="batched"]')).toHaveText('15');
  await expect(page.locator('[data-alone]')).toHaveText('12');
  await expect(page.locator('[data-answered]')).toHaveText('12, 0');
  await page.setViewportSize({ width: 390, height: 844 });
  await check(page);
});

test('real fetches go through the pool, are shared, cancelled, and say what to do offline', async ({
  page,
  context,
}) => {
  await open(page, '?theme=dark');
  await page.getByRole('tab', { name: 'Connections' }).click();
  await set(page, 'Requests', '20');
  await set(page, 'One every, ms', '0');
  await set(page, 'Share of repeats', '0.5');
  await set(page, 'For one host', '3');
  await run(page).click();
  await expect(page.locator('[data-fetches]')).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('[data-sent]')).toHaveText(/^\d+ and [1-9]\d*$/);
  await expect(page.locator('[data-peak]')).toHaveText('3');
  expect(await page.locator('[data-how="reused"], [data-how="new"]').count()).toBeGreaterThan(3);
  await page.setViewportSize({ width: 390, height: 844 });
  await check(page);

  await set(page, 'One every, ms', '1000');
  await run(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(run(page)).toBeEnabled();

  await set(page, 'One every, ms', '0');
  await context.setOffline(true);
  await run(page).click();
  await expect(page.locator('[data-failure]')).toContainText('See whether you are online');
});
