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

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const goOn = (page: Page) => page.getByRole('button', { name: /Next question|See the result/ });
const told = (page: Page) => page.locator('main form').getByRole('status');

/** Past the bar of the app, to the first control of the page. */
async function tabIntoPage(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
  await page.keyboard.press('Tab');
}

async function answer(page: Page, ...keys: string[]): Promise<void> {
  await expect(page.getByRole('button', { name: 'Answer' })).toBeVisible();
  for (const key of keys) await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  await expect(goOn(page)).toBeFocused({ timeout: 20_000 });
}

/** The key that chooses the option with these words. */
async function letterOf(page: Page, words: string): Promise<string> {
  const label = await page.getByRole('radio', { name: words }).getAttribute('aria-label');
  return label![0].toLowerCase();
}

test('the module’s test by keyboard alone: a wrong one comes again, a reload goes on, first answers count', async ({
  page,
}) => {
  await page.goto('/#/quiz');
  await expect(heading(page)).toHaveText('Quiz');
  await tabIntoPage(page);
  await expect(page.getByRole('button', { name: 'Begin the test' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(heading(page)).toBeFocused();
  await answer(page, 'a');
  await expect(told(page)).toContainText('Wrong. It comes again in the next round.');
  await expect(page.getByText('Correct')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await answer(page, 'c');
  await expect(told(page)).toContainText('Right.');
  await expect(page.getByText('Your answer, correct')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('list', { name: 'Question 3 of 5' })).toBeVisible();
  await tabIntoPage(page);
  for (const key of ['c', '3', 'b', 'b']) {
    await answer(page, key);
    await page.keyboard.press('Enter');
  }
  await expect(heading(page)).toHaveText('4 of 5 right: passed');
  await expect(heading(page)).toBeFocused();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('It answers from L2, and leaves L1 as it is.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
});

test('a run to predict and a number to compute, by keyboard alone; how sure one was, and what it came to', async ({
  page,
}) => {
  await page.goto('/#/quiz/metastable');
  await expect(page.getByRole('list', { name: 'Question 1 of 3' })).toBeVisible();
  for (let asked = 1; asked <= 3; asked++) {
    await expect(page.getByRole('list', { name: `Question ${asked} of 3` })).toBeVisible();
    await expect(heading(page)).toBeFocused();
    await page.keyboard.press('Tab');
    const text = await heading(page).textContent();
    if (text!.startsWith('Callers leave')) {
      await expect(page.getByRole('textbox', { name: 'Answer' })).toBeFocused();
      const facts = await page.locator('main form b').allTextContents();
      const [capacity, retries] = facts.map((fact) => parseInt(fact));
      await answer(page, ...String(capacity / (1 + retries)));
      await expect(page.getByText(`1 + ${retries} calls`)).toBeVisible();
    } else if (text!.startsWith('The cause was mended')) {
      // Tab goes on to how sure one is; back from the first degree is the last, “certain”.
      await page.keyboard.press(await letterOf(page, 'No retries'));
      await page.keyboard.press('Tab');
      await answer(page, 'ArrowLeft');
      await expect(page.getByText('You were sure of 1, right in 1.')).toBeVisible();
    } else {
      await answer(page, await letterOf(page, 'All of them'));
      await expect(page.getByRole('region', { name: 'Measured' })).toContainText(
        'Measured: 100 % of the requests fail',
      );
      await expect(told(page)).toContainText('Right.');
      await expect(told(page)).toContainText('Measured: 100 %');
    }
    // Two right ones make 100 %, which the third does not change.
    const change = ['the first answer to it', /was 50\s% before this answer/][asked - 1];
    if (change) await expect(page.getByText(change)).toBeVisible();
    await page.keyboard.press('Enter');
  }
  await expect(heading(page)).toHaveText('3 of 3 right');
});

test('a run that fails is told, and left by giving up', async ({ page }) => {
  await page.route('**/trial-worker*', (route) => route.abort());
  await page.goto('/#/quiz/metastable');
  for (;;) {
    await expect(page.getByRole('button', { name: 'Give up and show' })).toBeVisible();
    const isRun = (await heading(page).textContent())!.includes('turned off');
    await page.getByRole('button', { name: 'Give up and show' }).click();
    if (isRun) break;
    await goOn(page).click();
  }
  await expect(told(page)).toContainText('The run failed:');
  await expect(told(page)).toContainText('give up to go on without it');
  complaints = []; // the browser's own, about the file
  await page.getByRole('button', { name: 'Give up and show' }).click();
  await expect(told(page)).toContainText('Given up.');
  await expect(goOn(page)).toBeFocused();
  await expect(page.getByText('Correct')).toHaveCount(0);
});
