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

const goOn = (page: Page) => page.getByRole('button', { name: /Next question|See the result/ });

async function answer(page: Page, key: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Answer' })).toBeVisible();
  await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  await expect(goOn(page)).toBeFocused();
}

test('the module’s test by keyboard: a wrong one comes again, a reload goes on, first answers count', async ({
  page,
}) => {
  await page.goto('/#/quiz');
  await page.getByRole('button', { name: 'Begin the test' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await answer(page, 'a');
  await expect(page.getByText('It comes again in the next round.')).toBeVisible();
  await expect(page.getByText('Correct')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await answer(page, 'c');
  await expect(page.getByText('Your answer, correct')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('list', { name: 'Question 3 of 5' })).toBeVisible();
  await page.getByRole('heading', { level: 1 }).focus();
  for (const key of ['c', '3', 'b', 'b']) {
    await answer(page, key);
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('4 of 5 right: passed');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('It answers from L2, and leaves L1 as it is.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
});

test('a number and a run: given up, their answers are shown', async ({ page }) => {
  await page.goto('/#/quiz/queueing');
  const seen = new Set<string>();
  while (seen.size < 2) {
    await expect(page.getByRole('button', { name: 'Answer' })).toBeVisible();
    const isNumber = (await page.getByRole('textbox').count()) > 0;
    await page.getByRole('button', { name: 'Give up and show' }).click();
    await expect(goOn(page)).toBeFocused({ timeout: 20_000 });
    if (isNumber) seen.add('number');
    else if ((await page.getByRole('region', { name: 'Measured' }).count()) > 0) seen.add('run');
    await goOn(page).click();
  }
});

test('nothing for axe to find, in both themes', async ({ page }) => {
  for (const theme of ['light', 'dark']) {
    await page.goto(`/?theme=${theme}#/quiz/test`);
    await expect(page.getByRole('button', { name: 'Answer' })).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
});

test('the start is within the width of a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/#/quiz');
  await expect(page.getByRole('button', { name: 'Begin the test' })).toBeVisible();
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(widths[0]).toBe(widths[1]);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
