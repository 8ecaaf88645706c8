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

const searchButton = (page: Page) => page.getByRole('button', { name: 'Search', exact: true });
const setting = (page: Page) => page.locator('[data-setting]');

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/${query}#/tune`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tune');
}

/** The first minutes of a day that drifts, with two of its levers: runs of a blink. */
async function order(page: Page, until = '00:20:00'): Promise<void> {
  await page.getByLabel('Scenario').selectOption('drifting-day');
  await page.getByLabel('Figure of the goal').selectOption('costUsd');
  await page.getByRole('button', { name: 'Add a bound' }).click();
  await page.getByLabel('Figure of bound 1').selectOption('p95Ms');
  await page.getByLabel('Value of bound 1').fill('2600');
  await page.getByText(/are searched/).click();
  await page.getByRole('checkbox', { name: 'Keeper' }).uncheck();
  await expect(page.getByText('2 of 3 are searched')).toBeVisible();
  await page.getByText('quick', { exact: true }).click();
  await page.getByLabel('Longest runs end at').fill(until);
}

const done = async (page: Page): Promise<void> => {
  await expect(page.getByText('Found', { exact: true })).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('progressbar')).toHaveCount(0);
};

test('a search: found, checked against the preset, in tables and on the front; a reload loses nothing', async ({
  page,
}) => {
  await open(page);
  await expect(page.getByLabel('Levers pulled at')).toHaveValue('02:19:00');
  await order(page);
  await searchButton(page).click();
  await expect(page.getByRole('progressbar', { name: 'Search' })).toBeVisible();
  await done(page);

  const found = await setting(page).getAttribute('data-setting');
  const check = page.getByRole('region', { name: 'Comparison' });
  await expect(check.locator('[data-contender="keeper"]')).toContainText('The keeper, from the start');
  await expect(check.locator('[data-contender="found"] td').first()).toHaveText(/^\$[\d.]+ ± \$[\d.]+$/);

  const trials = page.getByRole('region', { name: 'Trials' });
  const rows = trials.locator('tbody tr');
  const all = await rows.count();
  expect(all).toBeGreaterThan(5);
  await trials.getByRole('button', { name: 'Model cost' }).click();
  await expect(trials.locator('th[aria-sort="ascending"]')).toHaveText(/Model cost/);
  const costs = (await rows.locator('td:nth-of-type(1)').allTextContents()).map((text) =>
    parseFloat(text.slice(1)),
  );
  expect(costs).toEqual([...costs].sort((a, b) => a - b));
  await page.getByRole('checkbox', { name: /only those that keep the bounds/ }).check();
  expect(await rows.count()).toBeLessThan(all);
  await expect(rows.filter({ hasText: 'missed' })).toHaveCount(0);

  await expect(
    page.getByRole('img', { name: /^Model cost against Mean response, \d+ settings/ }),
  ).toBeVisible();
  await page.getByLabel('Up').selectOption('hitRate');
  await page.getByText('The front as a table').click();
  await expect(page.getByRole('region', { name: 'The front' }).locator('tbody tr').first()).toContainText(
    '%',
  );
  await expect(page.getByText(/npm run --silent tune -- drifting-day .*--levers poolSize,ttl/)).toBeVisible();

  await expect(page.locator('[data-saved]')).toHaveText('The runs are kept in this browser.');
  await page.reload();
  await page.getByRole('button', { name: 'Show it' }).click();
  await done(page);
  await expect(setting(page)).toHaveAttribute('data-setting', found!);
  await expect(page.getByLabel('Figure of the goal')).toHaveValue('costUsd');
});

test('paused, left and taken up again it goes on; cancelled it shows what it has', async ({ page }) => {
  await open(page);
  await order(page, '06:00:00');
  await searchButton(page).click();
  await expect(page.locator('[data-step]')).toContainText('bracket 1 of 1', { timeout: 20_000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await expect(searchButton(page)).toBeDisabled();
  await expect(page.locator('[data-saved]')).toHaveText('The runs are kept in this browser.');

  await page.reload();
  await expect(page.getByRole('heading', { name: 'A search was left half-way' })).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/^Cancelled after \d+ runs/)).toBeVisible();
  await expect(page.getByText('Best so far', { exact: true })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Cancelled.' })).toHaveCount(1);

  await page.reload();
  await page.getByRole('button', { name: 'Forget it' }).click();
  await expect(page.getByText('Nothing was searched yet.')).toBeVisible();
});

test('what is ordered wrongly is refused at its field', async ({ page }) => {
  await open(page);
  const at = page.getByLabel('Levers pulled at');
  await at.fill('01:00:00');
  await searchButton(page).click();
  await expect(page.getByRole('alert')).toContainText('a time within the run of 3600 s');
  await expect(at).toBeFocused();
  await expect(at).toHaveAttribute('aria-invalid', 'true');
  await at.fill('02:19:00');
  await page.getByLabel('Value of bound 2').fill('most');
  await searchButton(page).click();
  await expect(page.getByRole('alert')).toContainText('Expected a number, got "most"');
  await page.getByLabel('Value of bound 2').fill('97');
  await page.getByText(/are searched/).click();
  await page.getByRole('button', { name: 'None' }).click();
  await searchButton(page).click();
  await expect(page.getByRole('alert')).toContainText('at least one lever');
});

test('without storage the search goes on, and the page says that nothing is kept', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await open(page);
  await expect(page.locator('[data-saved="not"]')).toContainText('Not kept.');
  await order(page, '00:10:00');
  await searchButton(page).click();
  await done(page);
  await expect(page.locator('[data-saved="not"]')).toContainText('until the page is closed');
});

test('accessible and within its width: light and wide, dark and narrow', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, '?theme=light');
  await order(page, '00:10:00');
  await searchButton(page).click();
  await done(page);
  await page.getByLabel('Value of bound 1').fill('much');
  await searchButton(page).click();
  await expect(page.getByRole('alert')).toBeVisible();
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0]).toBe(widths[1]);
    if (width === 1440) await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
  }
});
