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

const view = (page: Page, name: RegExp) =>
  page.getByRole('group', { name: 'What to show beside the charts' }).getByRole('radio', { name });
const advice = (page: Page, id: string) => page.locator(`[data-advice="${id}"]`);
const effect = (page: Page, id: string) => page.locator(`[data-effect="${id}"]`);
const pauseButton = (page: Page) =>
  page.getByRole('group', { name: 'Transport', exact: true }).getByRole('button', { name: 'Pause' });

async function axe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
}

async function runTo(page: Page, timeOfDay: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => (document.querySelector('.clock time')?.textContent ?? '') >= wanted,
    timeOfDay,
    { polling: 20, timeout: 60_000 },
  );
}

test('a recommendation, pulled while paused: recorded, measured, and set beside its prediction', async ({
  page,
}) => {
  await page.goto('/?scenario=connections&seed=1&speed=60');
  await runTo(page, '00:01:30');
  await pauseButton(page).click();
  await view(page, /^Monitor/).check();
  await expect(page.locator('[data-use="connections:model"]')).toContainText('12 of 12');
  const keep = advice(page, 'keep-alive:model');
  await expect(keep).toContainText('Mean response');
  await expect(page.locator('[data-announcement]')).toContainText('Keep connections to Model endpoint');
  await keep.getByText(/^predicted by reuse/).click();
  await expect(keep).toContainText('λ =');
  const stood = await page.locator('.clock time').textContent();
  await keep.getByRole('button', { name: 'Pull' }).click();
  await expect(keep).toContainText('What comes of it stands below');
  await expect(effect(page, 'keep-alive:model')).toContainText('works through until');
  await expect(page.locator('.clock time')).toHaveText(stood!);
  await axe(page);
  await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
  await axe(page);

  await page.getByText('max', { exact: true }).click();
  await page.getByRole('button', { name: 'Play' }).first().click();
  await expect(effect(page, 'keep-alive:model')).toHaveAttribute('data-verdict', 'held');
  await expect(effect(page, 'keep-alive:model')).toContainText('The prediction held. Measured from');
  await view(page, /^Levers/).check();
  await expect(page.locator('.levers')).toContainText('1 changed');
  await expect(page.locator('[data-lever="keepAlive"] em')).toContainText(stood!.trim());
});

test('a run that is over is not changed, but can be run again with what would have helped; on a phone', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/?scenario=slow-replica&seed=1&speed=max');
  await expect(page.locator('.outcome')).toBeVisible();
  await view(page, /^Monitor/).check();
  await expect(page.getByText('The run is over and can’t be changed any more.')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await advice(page, 'balance:pool').getByRole('button', { name: 'Run again with it' }).click();
  await expect(page.locator('.outcome')).toBeVisible();
  await expect(advice(page, 'balance:pool')).toHaveCount(0);
  await page.locator('.dock').getByRole('link', { name: 'Levers' }).click();
  await expect(page.locator('#levers')).toBeFocused();
  await expect(page.locator('.levers')).toContainText('1 changed');
});
