import { readFile } from 'node:fs/promises';
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

const runButton = (page: Page) => page.getByRole('button', { name: /^Run [\d,]+ simulations$/ });
const headline = (page: Page) => page.locator('[data-headline]');
const row = (page: Page, strategy: string) => page.locator(`[data-strategy="${strategy}"]`);

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/${query}#/ablation`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ablation');
}

async function order(page: Page, seeds: number, hours: number): Promise<void> {
  await page.getByRole('textbox', { name: 'seeds' }).fill(String(seeds));
  await page.getByRole('textbox', { name: 'hours' }).fill(String(hours));
  // Not Enter: that starts the run.
  await page.getByRole('textbox', { name: 'hours' }).press('Tab');
}

/** Half an hour of each seed: 32 runs that take a second or two. */
async function runSmall(page: Page, seeds = 3): Promise<void> {
  await order(page, seeds, 0.5);
  await runButton(page).click();
  await expect(page.getByRole('status').filter({ hasText: 'Finished' })).toHaveCount(1, { timeout: 40_000 });
}

async function download(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

/** The number at the beginning of "−$1,234.5 ± 6". */
const numberIn = (text: string): number =>
  Number(/^[−+]?\$?[\d,.]+/.exec(text)![0].replace('−', '-').replace(/[$,+]/g, ''));

test('a saving is shared out, any figure of it, and taken away as files', async ({ page }) => {
  await open(page);
  await expect(page.getByText('Nothing was run yet.')).toBeVisible();
  await runSmall(page);
  await expect(headline(page)).toHaveText(
    /^Together they save \d+\s% ± \d+ of the \$[\d.]+ for model calls in 30 minutes; taken one by one/,
  );
  await expect(
    page.getByRole('img', { name: /^Model cost from all off, \$[\d.]+, to all on/ }),
  ).toBeVisible();
  await expect(row(page, 'rightSizing').locator('td')).toHaveCount(5);
  await expect(page.locator('[data-pair="rightSizing caching"]')).toContainText('overlap');

  const { name, text } = await download(page, 'Table as CSV');
  expect(name).toBe('ablation-five-strategies-costUsd.csv');
  const lines = text.trimEnd().split('\r\n');
  const sum = lines.at(-1)!.split(',');
  expect(sum[1]).toBe('sum');
  const shown = numberIn(await row(page, 'sum').locator('td').first().innerText());
  expect(Math.abs(Number(sum[3]) - shown)).toBeLessThanOrEqual(0.5);
  const parts = lines.slice(1, -1).map((line) => Number(line.replace(/"[^"]*"/, '').split(',')[3]));
  expect(parts.reduce((a, b) => a + b)).toBeCloseTo(Number(sum[3]), 9);

  const runs = (await download(page, 'All runs as CSV')).text.trimEnd().split('\r\n');
  expect(runs).toHaveLength(97);
  const json = JSON.parse((await download(page, 'Everything as JSON')).text);
  expect(json).toMatchObject({ scenario: 'five-strategies', design: 'full', seeds: 3, seedsWanted: 3 });
  expect(json.attributions.costUsd.saving.mean).toBe(Number(sum[3]));
  expect(Object.keys(json.attributions)).toContain('quality');

  await page.getByLabel('Figure').selectOption('Answer quality');
  await expect(headline(page)).toContainText('the answers’ quality');
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(
    page.getByText('npm run --silent ablate -- five-strategies --seeds 3 --until 1800 --figure quality'),
  ).toBeVisible();
});

test('every setting is listed with its figure and the command that runs it', async ({ page }) => {
  await open(page);
  await runSmall(page, 1);
  await expect(page.getByText('one seed gives no interval')).toBeVisible();
  await page.getByText('Every setting and its runs').click();
  await expect(page.locator('[data-on]')).toHaveCount(32);
  const values = await page.locator('[data-on] td:nth-child(6)').allInnerTexts();
  expect(numberIn(values[0])).toBeGreaterThan(numberIn(values.at(-1)!));
  const command = page.getByRole('button', { name: 'Command: Batching, Caching', exact: true });
  await command.click();
  await expect(command).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('code').filter({ hasText: '--set gateway.route=fixed' })).toContainText(
    'npm run --silent sim -- five-strategies --seed 1 --until 1800 --set gateway.route=fixed',
  );
});

test('it can be paused and cancelled; what is complete stays, and is not run again', async ({ page }) => {
  await open(page);
  await order(page, 30, 24);
  await runButton(page).click();
  const bar = page.getByRole('progressbar', { name: 'Runs' });
  await expect(bar).not.toHaveAttribute('aria-valuenow', '0', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await expect(runButton(page)).toBeDisabled();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('No seed was complete.')).toBeVisible();
  await expect(headline(page)).toHaveCount(0);

  await order(page, 30, 0.25);
  await runButton(page).click();
  await expect(page.getByText(/[1-9] of 30 seeds: /)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The result is of the seeds that are complete, and valid.')).toBeVisible();
  await expect(headline(page)).toContainText('Together they save');
  // The seed that is complete is enough for this.
  await order(page, 1, 0.25);
  await runButton(page).click();
  await expect(page.getByText('1 seed: one seed gives no interval')).toBeVisible();
});

test('it goes on while another page is open', async ({ page }) => {
  await open(page);
  await order(page, 3, 0.5);
  await runButton(page).click();
  await expect(page.getByRole('progressbar', { name: 'Runs' })).toBeVisible();
  await page.getByRole('link', { name: 'Replay' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Trace replay');
  await page.getByRole('link', { name: 'Ablation' }).click();
  await expect(page.getByText(/3 seeds: ±/)).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('textbox', { name: 'seeds' })).toHaveValue('3');
});

test('what is ordered wrongly is refused at its field', async ({ page }) => {
  await open(page);
  const seeds = page.getByRole('textbox', { name: 'seeds' });
  await seeds.fill('31');
  await seeds.press('Enter');
  await expect(page.locator('#ablation-error')).toHaveText('Expected a whole number from 1 to 30, got "31".');
  await expect(seeds).toHaveAttribute('aria-invalid', 'true');
  await runButton(page).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await seeds.fill('1');
  await seeds.press('Tab');
  await expect(page.locator('#ablation-error')).toHaveCount(0);
  const hours = page.getByRole('textbox', { name: 'hours' });
  await hours.fill('25');
  await hours.press('Enter');
  await expect(page.locator('#ablation-error')).toContainText('a number of hours from 0.08 to 24');
});

test('a worker that cannot be loaded is said so, and can be tried again', async ({ page }) => {
  await open(page);
  await page.route('**/trial-worker*', (route) => route.abort());
  await order(page, 1, 0.25);
  await runButton(page).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('its program could not be loaded');
  await expect(alert).toContainText('No seed was complete');
  complaints = []; // the browser's own, about the file
  await page.unroute('**/trial-worker*');
  await alert.getByRole('button', { name: 'Go on' }).click();
  await expect(headline(page)).toBeVisible({ timeout: 30_000 });
  await expect(alert).toHaveCount(0);
});

test('accessible, and within the width of any screen: light and wide, dark and narrow', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, '?theme=light');
  await order(page, 2, 0.25);
  await runButton(page).click();
  await expect(page.getByText('2 seeds: ±')).toBeVisible({ timeout: 30_000 });
  await page.getByText('Every setting and its runs').click();
  await page.getByRole('button', { name: 'Command: all off' }).click();
  await page.getByRole('textbox', { name: 'seeds' }).fill('0');
  await page.getByRole('textbox', { name: 'seeds' }).press('Tab');
  await expect(page.locator('#ablation-error')).toBeVisible();
  for (const width of [1440, 768, 390]) {
    await page.setViewportSize({ width, height: 844 });
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0]).toBe(widths[1]);
    if (width === 768) {
      await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
      continue;
    }
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  }
});
