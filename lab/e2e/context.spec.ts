import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const done = (page: Page) => expect(page.locator('[data-run="done"]')).toBeAttached({ timeout: 20_000 });
const message = (page: Page, n: number) => page.locator('tbody tr').nth(n - 1);
const verdict = (page: Page, n: number, rule: string) => message(page, n).locator(`[data-verdict="${rule}"]`);

let complaints: string[] = [];
test.beforeEach(({ page }) => {
  complaints = [];
  page.on('console', (text) => {
    if (text.type() === 'error' || text.type() === 'warning') complaints.push(text.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
test.afterEach(() => expect(complaints).toEqual([]));

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/${query}#/context`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Context');
  await expect(page.locator('tbody tr').first()).toBeVisible({ timeout: 20_000 });
  await done(page);
}

test('the module’s rule loses what it kept; the mended one says why each message stays', async ({ page }) => {
  await open(page);
  await expect(page.locator('[data-rule="printed"] [data-lost]')).toContainText('of 10 important lost');
  await expect(page.locator('[data-rule="budget"]')).toContainText('It fits');
  await expect(verdict(page, 1, 'printed')).toHaveText('lost');
  await expect(verdict(page, 1, 'budget')).toHaveText('kept');
  await message(page, 1).getByRole('button').click();
  const detail = page.locator('[data-detail="1"]');
  await expect(detail).toContainText(
    'Importance 0.9 = 0.5 for any + 0.3 from the system + 0.1 over 200 characters',
  );
  await expect(detail.locator('[data-why="printed"]')).toContainText('cut the list to its last ones again');
  await expect(page.locator('[data-saved-share]')).toContainText(/−\d\d\s%/);
  await page.getByLabel('Show').selectOption('lost');
  await expect(page.locator('tbody tr')).toHaveCount(7);
});

test('what is pasted, edited and set is there after a reload; what is wrong is said', async ({ page }) => {
  await open(page);
  const paste = page.getByRole('textbox', { name: 'Or your own' });
  await paste.fill('[{"role":"usr","content":"x"}]');
  await page.getByRole('button', { name: 'Use it' }).click();
  await expect(page.locator('#paste-error')).toContainText('0.role: expected one of system, user');
  await expect(page.locator('#paste-error')).toContainText('Did you mean "user"?');
  await paste.fill('system: Be brief.\nuser: Where is my order?\nassistant: On its way.');
  await page.getByRole('button', { name: 'Use it' }).click();
  await expect(page.locator('[data-source]')).toContainText('Pasted: 3 messages');
  await done(page);
  await message(page, 2).getByRole('button').click();
  await page.getByLabel('Text of message 2').fill('URGENT: where is my order?');
  await page.getByLabel('Text of message 2').blur();
  await page.getByRole('textbox', { name: 'Window, tokens' }).fill('40');
  await page.getByRole('textbox', { name: 'Window, tokens' }).press('Enter');
  await expect(page.locator('[data-rule="budget"]')).toContainText('of 40');
  await expect(page.locator('[data-saved="ok"]')).toContainText('Kept in this browser.');
  await page.reload();
  await expect(message(page, 2)).toContainText('URGENT: where is my order?');
  await expect(message(page, 2)).toContainText('0.7');
  await expect(page.locator('[data-rule="budget"]')).toContainText('of 40');
});

test('accessible and within the width of a phone, in both themes', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '?theme=light');
  await message(page, 1).getByRole('button').click();
  await page.getByRole('textbox', { name: 'Important above' }).fill('7');
  await page.getByRole('textbox', { name: 'Important above' }).press('Enter');
  await expect(page.locator('#settings-error')).toHaveText('Expected a number from 0 to 1, got 7.');
  for (const theme of ['light', 'dark']) {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      theme,
    ).toEqual([]);
    if (theme === 'light') await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
  }
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(widths[0]).toBe(widths[1]);
});
