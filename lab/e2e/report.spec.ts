import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

let complaints: string[] = [];
test.beforeEach(({ page }) => {
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
test.afterEach(() => expect(complaints).toEqual([]));

const quantile = (page: Page, name: string) => page.locator(`[data-quantile="${name}"] td`);

async function axe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
}

test('a load test of its own: to its end, with both testers’ quantiles, files and the command', async ({
  page,
}) => {
  await page.goto('/#/report');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Load report');
  await expect(page.getByText('No load test was run yet.')).toBeVisible();
  await page.getByLabel('Seed').fill('one');
  await page.getByRole('button', { name: 'Run the load test' }).click();
  await expect(page.getByRole('alert')).toContainText('a whole number');
  await expect(page.getByLabel('Seed')).toBeFocused();

  await page.getByLabel('Scenario').selectOption('connections');
  await page.getByLabel('Levers', { exact: true }).selectOption('keep');
  await page.getByLabel('Seed').fill('1');
  await page.getByRole('button', { name: 'Run the load test' }).click();
  await expect(page.locator('[data-pulls]')).toContainText('Preset “keep”, pulled at 00:02:00');
  await expect(quantile(page, 'p50').first()).toHaveText(/ms$/);
  await expect(quantile(page, 'p95').last()).toHaveText(/hides the wait/);
  await expect(page.locator('[data-omission]')).toContainText('coordinated omission');
  await expect(page.locator('[data-station="model"]')).toContainText('no bound');
  await expect(
    page.getByText('sim -- connections --seed 1 --preset keep --report report.html'),
  ).toBeVisible();

  const [json] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'JSON' }).click(),
  ]);
  expect(json.suggestedFilename()).toBe('surge-lab-connections-seed-1-load-report.json');
  const data = JSON.parse(readFileSync(await json.path(), 'utf8')) as { fingerprint: string };
  await expect(page.locator('[data-fingerprint]')).toHaveText(data.fingerprint);
  const [html] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'HTML' }).click(),
  ]);
  expect(readFileSync(await html.path(), 'utf8')).toContain(data.fingerprint);

  await axe(page);
  await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
  await page.getByRole('button', { name: 'Show as table' }).click();
  await expect(page.getByRole('region', { name: 'Figures over time' })).toBeVisible();
  await axe(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('the run in the lab: its report so far, run to its end from here, and back to it', async ({ page }) => {
  await page.goto('/?scenario=slow-replica&seed=3&speed=60');
  await page.waitForFunction(() => (document.querySelector('.clock time')?.textContent ?? '') > '00:00:20');
  await page.getByRole('link', { name: 'Measure' }).click();
  await page.getByRole('link', { name: 'Load report' }).click();
  await expect(page.locator('[data-so-far]')).toBeVisible();
  await expect(page.getByText(/--seed 3 --until 00:0\d:\d\d --report/)).toBeVisible();
  await page.getByRole('button', { name: 'Run it to its end' }).click();
  await expect(page.locator('[data-so-far]')).toHaveCount(0);
  const fingerprint = await page.locator('[data-fingerprint]').textContent();
  await page.getByRole('link', { name: 'Back to it' }).click();
  await expect(page.locator('.outcome')).toContainText(fingerprint!);
  await page.locator('.outcome').getByRole('link', { name: 'Load report' }).click();
  await expect(page.locator('[data-fingerprint]')).toHaveText(fingerprint!);
});

test('a load test that is cancelled leaves nothing running', async ({ page }) => {
  await page.goto('/#/report');
  await page.getByLabel('Scenario').selectOption('prime-day');
  await page.getByRole('button', { name: 'Run the load test' }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('There is nothing to report.')).toBeVisible();
  await expect.poll(() => page.workers().length).toBe(0);
  await expect(page.getByRole('button', { name: 'Run the load test' })).toBeEnabled();
});
