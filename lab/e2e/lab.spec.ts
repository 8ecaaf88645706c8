import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const clock = (page: Page) => page.locator('.clock time');
const time = async (page: Page): Promise<string> => (await clock(page).textContent()) ?? '';
const objective = (page: Page, id: string) => page.locator(`[data-objective="${id}"]`);
const lever = (page: Page, id: string) => page.locator(`[data-lever="${id}"]`);
const transport = (page: Page) => page.getByRole('group', { name: 'Transport', exact: true });
const pauseButton = (page: Page) => transport(page).getByRole('button', { name: 'Pause' });

/** Waits until the run has reached a time of day. */
async function runTo(page: Page, timeOfDay: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => (document.querySelector('.clock time')?.textContent ?? '') >= wanted,
    timeOfDay,
    { polling: 20, timeout: 60_000 },
  );
}

/** Whatever the browser complains of; each test ends by expecting nothing. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}

let complaints: string[] = [];
let expectComplaints = false;
test.beforeEach(({ page }) => {
  complaints = complaintsOf(page);
  expectComplaints = false;
});
test.afterEach(() => {
  if (!expectComplaints) expect(complaints).toEqual([]);
});

test('it runs by itself and falls into the plateau', async ({ page }) => {
  await page.goto('/');
  await runTo(page, '02:16:00');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Prime Day, 02:17');
  await page.getByText('max', { exact: true }).click();
  await runTo(page, '02:18:30');
  await expect(objective(page, 'meanMs')).toContainText('12.00 s');
  await expect(objective(page, 'meanMs')).toHaveAttribute('data-standing', 'unmet');
  await expect(page.locator('.loop')).toContainText('come back as retries, 3 s later, up to 4 tries');
  await expect(page.locator('[data-node="pool"]')).toContainText('dead');
  await expect(page.locator('.story .lede').first()).not.toBeEmpty();
});

test('without help it never recovers, says so, and can be run again', async ({ page }) => {
  await page.goto('/?speed=max');
  await expect(page.locator('.outcome')).toContainText('It never recovered.', { timeout: 60_000 });
  await expect(clock(page)).toHaveText('03:00:00');
  await expect(page.locator('.outcome')).toContainText('Fingerprint');
  await page.getByRole('button', { name: 'Run again' }).last().click();
  await expect(page.locator('.outcome')).toHaveCount(0);
});

test('pause stops the run, a step moves it by one second, space goes on', async ({ page }) => {
  await page.goto('/?speed=10');
  await runTo(page, '02:16:02');
  await pauseButton(page).click();
  await expect(transport(page).getByRole('button', { name: 'Play' })).toBeVisible();
  await page.waitForTimeout(200);
  const stopped = await time(page);
  await page.waitForTimeout(500);
  expect(await time(page)).toBe(stopped);

  await transport(page).getByRole('button', { name: 'Step one second' }).click();
  const [h, m, s] = stopped.split(':').map(Number);
  const next = new Date(Date.UTC(2000, 0, 1, h, m, s! + 1)).toISOString().slice(11, 19);
  await expect(clock(page)).toHaveText(next);
  await page.waitForTimeout(300);
  expect(await time(page)).toBe(next);

  await page.locator('h1').click();
  await page.keyboard.press('Space');
  await expect(pauseButton(page)).toBeVisible();
  await expect(clock(page)).not.toHaveText(next);
});

test('a pulled lever is stamped, counted and marked on the time axis; reset takes it back', async ({
  page,
}) => {
  await page.goto('/?speed=10');
  await runTo(page, '02:16:01');
  await pauseButton(page).click();
  await lever(page, 'l3').getByText('L3 IndexedDB').click();
  await expect(lever(page, 'l3').getByRole('switch')).toBeChecked();
  const now = await time(page);
  await expect(lever(page, 'l3').locator('em')).toContainText(now);
  await expect(page.locator('.levers')).toContainText('1 changed');
  await expect(page.locator('.events')).toContainText('You: L3 on');
  await expect(page.locator('[data-node="l3"]')).not.toHaveClass(/off/);

  await page.getByRole('button', { name: 'Reset' }).click();
  await runTo(page, '02:16:00');
  await expect(page.locator('.levers')).toContainText('0 changed');
  await expect(lever(page, 'l3').getByRole('switch')).not.toBeChecked();
});

test('a wrong parameter is refused at its field, with what was expected, and stays there', async ({
  page,
}) => {
  await page.goto('/?speed=1');
  await runTo(page, '02:16:00');
  const field = lever(page, 'retries').getByRole('textbox');
  await field.fill('99');
  await field.press('Enter');
  await expect(lever(page, 'retries').getByRole('alert')).toHaveText(
    'Expected a number from 0 to 9 (at most), got “99”.',
  );
  await expect(field).toHaveValue('99');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('1');
  await field.press('Enter');
  await expect(lever(page, 'retries').getByRole('alert')).toHaveCount(0);
  await expect(lever(page, 'retries').locator('em')).toBeVisible();
  await expect(field).toHaveValue('1');
});

test('the documented rescue brings the targets back by 02:24', async ({ page }) => {
  await page.goto('/');
  await runTo(page, '02:19:00');
  await page.getByRole('button', { name: /Pull the documented rescue/ }).click();
  await expect(page.locator('.levers')).toContainText('6 changed');
  await page.getByText('max', { exact: true }).click();
  await runTo(page, '02:23:30');
  await pauseButton(page)
    .click()
    .catch(() => undefined);
  await expect(objective(page, 'meanMs')).toHaveAttribute('data-standing', 'met');
  await expect(objective(page, 'hitRate')).toHaveAttribute('data-standing', 'met');
  await expect(objective(page, 'recovery')).toHaveAttribute('data-standing', 'met');
  await expect(page.locator('.loop')).toHaveCount(0);
});

test('a switch is reached and turned by keyboard, and keeps the focus', async ({ page }) => {
  await page.goto('/?speed=1');
  await runTo(page, '02:16:00');
  await lever(page, 'l4').getByRole('switch').focus();
  await page.keyboard.press('Tab');
  const coalescing = lever(page, 'coalescing').getByRole('switch');
  await expect(coalescing).toBeFocused();
  await page.keyboard.press('Space');
  await expect(coalescing).toBeChecked();
  await expect(lever(page, 'coalescing').locator('em')).toBeVisible();
  await expect(coalescing).toBeFocused();
  await expect(pauseButton(page)).toBeVisible();
});

test('another seed is another run, and it is in the address', async ({ page }) => {
  await page.goto('/?speed=1');
  await runTo(page, '02:16:00');
  const seed = page.getByRole('textbox', { name: /^Seed/ });
  await seed.fill('x');
  await seed.press('Enter');
  await expect(page.locator('#seed-error')).toContainText('expected a whole number of 0 or more, got "x"');
  await seed.fill('7');
  await seed.press('Enter');
  await expect(page).toHaveURL(/seed=7/);
  await runTo(page, '02:16:00');
  await expect(seed).toHaveValue('7');
});

test('the charts are there as a table, too', async ({ page }) => {
  await page.goto('/?speed=max');
  await runTo(page, '02:20:00');
  await page.getByRole('button', { name: 'Show as table' }).click();
  const table = page.getByRole('table');
  expect(await table.locator('tbody tr').count()).toBeGreaterThan(5);
  await expect(table.getByRole('columnheader', { name: 'L2' })).toBeVisible();
  await page.getByRole('button', { name: 'Show as charts' }).click();
  await expect(page.getByRole('img', { name: /^Response time on a log scale/ })).toBeVisible();
});

for (const [name, query, message] of [
  ['seed', '?seed=abc', 'a whole number of 0 or more'],
  ['speed', '?speed=7', 'one of 1, 10, 60, 1440, max'],
  ['scenario', '?scenario=no-such', 'no-such'],
] as const) {
  test(`a wrong ${name} in the address is explained, with a way on`, async ({ page }) => {
    await page.goto(`/${query}`);
    await expect(page.getByRole('alert')).toContainText(message);
    await page.getByRole('button', { name: 'Back to the default scenario' }).click();
    await runTo(page, '02:16:00');
    expect(new URL(page.url()).search).toBe('');
  });
}

test('a worker that cannot be loaded is explained; restarting works once it can', async ({ page }) => {
  expectComplaints = true;
  await page.route('**/worker*.js', (route) => route.abort());
  await page.goto('/');
  await expect(page.getByRole('alert')).toContainText('The simulation stopped.');
  await page.unroute('**/worker*.js');
  await page.getByRole('button', { name: 'Restart the run' }).click();
  await runTo(page, '02:16:00');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a worker that dies in the middle leaves the page standing; restarting works', async ({ page }) => {
  expectComplaints = true;
  await page.goto('/');
  await runTo(page, '02:17:30');
  await page.workers()[0]!.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of luck');
    });
  });
  await expect(page.getByRole('alert')).toContainText('out of luck');
  await expect(page.getByRole('img', { name: /^Response time/ })).toBeVisible();
  await page.getByRole('button', { name: 'Restart the run' }).last().click();
  await runTo(page, '02:16:10');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

for (const [theme, width, height] of [
  ['light', 1440, 900],
  ['dark', 390, 844],
] as const)
  test(`accessible and within its width: ${theme}, ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto(`/?theme=${theme}`);
    await runTo(page, '02:19:00');
    await page.getByRole('button', { name: 'Pause' }).first().click();
    await lever(page, 'l3').getByRole('switch').check({ force: true });
    await expect(lever(page, 'l3').locator('em')).toBeVisible();
    await page.waitForTimeout(800);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0]).toBe(widths[1]);
    if (width === 1440) expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
  });

test('on a phone the dock leads to the levers', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/?speed=1');
  await runTo(page, '02:16:00');
  await page.locator('.dock').getByRole('link', { name: 'Levers' }).click();
  await expect(page.locator('#levers')).toBeFocused();
  await expect(page.locator('#levers')).toBeInViewport();
});

test('the theme is the one chosen before', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Switch to the light theme' })).toBeVisible();
  expect(await background()).toBe(dark);
});
