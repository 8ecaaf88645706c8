import { expect, test as base, type Page } from '@playwright/test';

/** Fails when the page complains on the console, unless it was broken on purpose. */
const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

const section = 'metastable';
const figure = (page: Page) => page.locator('[data-figure]');
const finding = (page: Page) => figure(page).getByRole('heading');
const rail = (page: Page) => page.getByRole('navigation', { name: 'In this part' });

async function open(page: Page, id = section, query = ''): Promise<void> {
  await page.goto(`/${query}#/learn/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('a figure opens still, comes to life near the screen, and says what a knob has changed', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  // What moves without a hand having moved it.
  await page.addInitScript(() => {
    const shifts = ((window as unknown as { shifts: number[] }).shifts = []) as number[];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[])
        if (!entry.hadRecentInput) shifts.push(entry.value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await open(page, 'metastable', '?theme=light');
  const untouched = 'With one or two tries the pool comes back. With three it never does.';
  await expect(finding(page)).toHaveText(untouched);
  await expect(figure(page)).toHaveAttribute('data-live', 'false');
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => ((window as unknown as { shifts: number[] }).shifts.length = 0));
  await figure(page).scrollIntoViewIfNeeded();
  await expect(figure(page)).toHaveAttribute('data-live', 'true');
  await expect(finding(page)).toHaveText(untouched);
  const moved = await page.evaluate(() =>
    (window as unknown as { shifts: number[] }).shifts.reduce((sum, shift) => sum + shift, 0),
  );
  expect(moved).toBeLessThan(0.01);

  const load = page.getByRole('slider', { name: 'Normal load' });
  await load.focus();
  await page.keyboard.press('End');
  await expect(load).toHaveAttribute('aria-valuetext', '90\u00a0%');
  await expect(finding(page)).toContainText('even a single try');
  await expect(figure(page).getByRole('status')).toContainText('even a single try');
  await expect(figure(page).getByText('90 × 4 = 360 > 100')).toBeVisible();
  await figure(page).getByText('The figure as a table').click();
  await expect(figure(page).getByRole('table')).toHaveCount(4);
  await figure(page).getByRole('button', { name: 'Reset' }).click();
  await expect(finding(page)).toHaveText(untouched);
});

test('contents, rail, what was read, and the way back to where one was', async ({ page }) => {
  await page.goto('/#/learn');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The module, section by section');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Cache', 'Cost', 'Latency']);
  await page.getByRole('link', { name: 'Why the storm outlives the surge' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page).toHaveTitle(/^Why the storm outlives the surge/);
  await expect(rail(page).getByText(/min left/)).toBeVisible();

  const place = rail(page).getByRole('link', { name: 'Where it tips' });
  await place.click();
  await expect(page.getByRole('heading', { name: 'Where it tips' })).toBeInViewport();
  await expect(place).toHaveClass(/on/);
  await expect(page).toHaveURL(/#\/learn\/metastable$/);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Where it tips' })).toBeInViewport();

  await page.goto('/#/learn');
  await expect(page.getByText('at “Where it tips”')).toBeVisible();
  const row = page.getByRole('listitem').filter({ hasText: 'Why the storm outlives' });
  await expect(row).toContainText('Not read:');
  await page.getByRole('link', { name: 'Go on reading' }).click();
  await expect(page.getByRole('heading', { name: 'Where it tips' })).toBeFocused();
  await page.getByRole('navigation', { name: 'Sections' }).scrollIntoViewIfNeeded();
  await expect(rail(page).getByText('Read to the end')).toBeVisible();
  await rail(page).getByRole('link', { name: 'Latency', exact: true }).click();
  await expect(row).toContainText('Read:');

  await page.goto('/#/learn/no-such');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('There is no section');
});

test('a check says why, may be answered again, and is worked out when it was right', async ({ page }) => {
  await open(page);
  const check = page.locator('[data-check="latency-compute-stable-load"]');
  const answer = check.getByRole('textbox', { name: 'Your answer, requests/s' });
  const said = check.getByRole('status');
  await expect(check.locator('dd')).toHaveCount(2);
  const [capacity, retries] = (await check.locator('dd').allTextContents()).map((text) => parseInt(text));
  await answer.fill('many');
  await page.keyboard.press('Enter');
  await expect(said).toContainText('Expected a number');
  await answer.fill(String(capacity / retries));
  await page.keyboard.press('Enter');
  await expect(said).toContainText('Not quite. The first try is a call as well');
  await answer.fill(String(capacity / (1 + retries)));
  await expect(said).not.toContainText('Not quite');
  await check.getByRole('button', { name: 'Check' }).click();
  await expect(said).toContainText(`Yes. In a storm each request makes 1 + ${retries} calls.`);
  await check.getByRole('button', { name: 'Other numbers' }).click();
  await expect(answer).toHaveValue('');
});

test('without its program a figure keeps its picture, and says what is wrong', async ({
  page,
  complaints,
}) => {
  await page.route(/figure-worker/, (route) => route.abort());
  await open(page);
  await expect(figure(page).getByRole('alert')).toContainText('could not be loaded');
  await expect(finding(page)).toContainText('With one or two tries');
  await page.unroute(/figure-worker/);
  await figure(page).getByRole('button', { name: 'Try again' }).click();
  await expect(figure(page)).toHaveAttribute('data-live', 'true');
  await expect(figure(page).getByRole('alert')).toHaveCount(0);
  complaints.length = 0;
});

for (const [theme, width, height] of [
  ['light', 390, 844],
  ['dark', 1440, 900],
] as const)
  test(`targets of a finger’s size, and within its width: ${theme}, ${width} × ${height}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const path of ['', `/${section}`]) {
      await page.goto(`/?theme=${theme}#/learn${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      if (path) {
        await page.getByText('The figure as a table').click();
        await expect(page.locator('[data-check]')).toBeVisible();
      }
      const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(widths[0], path).toBe(widths[1]);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('main :is(button, summary, input, .option), .rail a')]
          .filter((element) => element.checkVisibility() && !element.closest('label'))
          .filter((element) => element.getBoundingClientRect().height < 24)
          .map((element) => element.outerHTML),
      );
      expect(small, path).toEqual([]);
    }
  });
