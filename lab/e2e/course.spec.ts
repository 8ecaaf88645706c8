import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

let complaints: string[] = [];
test.beforeEach(({ page }) => {
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
test.afterEach(() => expect(complaints).toEqual([]));

test('from a newcomer to one who has read a section and answered a question, and back to where it was left', async ({
  page,
}) => {
  await page.goto('/?theme=light#/course');
  const row = page.getByRole('row', { name: /^Place a value in the right tier/ });
  const go = page.getByRole('main').getByRole('link', { name: /^(Start with|Resume|Go on with)/ });
  await expect(go).toContainText('Start with 1.1 Why one cache is not enough');
  await expect(row.getByRole('link', { name: /Read: not read/ })).toBeVisible();
  await expect(page.getByText('No run finished yet')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  // Read to the end, and then half of the next one.
  await go.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Why one cache is not enough');
  const rail = page.getByRole('navigation', { name: 'In this part' });
  await page.getByRole('navigation', { name: 'Sections' }).scrollIntoViewIfNeeded();
  await expect(rail.getByText('Read to the end')).toBeVisible();
  await rail.getByRole('link', { name: /What an hour of life buys/ }).click();
  await expect(rail.getByRole('link', { name: /^Read:/ })).toHaveCount(1);
  const place = page.getByRole('heading', { level: 2, name: 'From the fill, or from the last hit' });
  await place.evaluate((heading) => heading.scrollIntoView({ behavior: 'instant' }));
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('surge-lab.reading-place')))
    .toContain('s-from-the-fill-or-from-the-last-hit');

  // By its address: the way up to the app bar would be a way back in the text.
  await page.goto('/?theme=light#/course');
  await expect(go).toContainText('Resume where you stopped, just now');
  await expect(go).toContainText('1.2 What an hour of life buys');
  await expect(go).toContainText('at “From the fill, or from the last hit”');
  await expect(go).toContainText('3 min left');
  await expect(row.getByRole('link', { name: /Read: read/ })).toBeVisible();
  await go.click();
  await expect(place).toBeInViewport();

  // One question of its quiz, given up: nothing is lost, and the sitting is what is open now.
  await page.goto('/?theme=light#/quiz/tiers');
  await page.getByRole('button', { name: 'Give up and show' }).click();
  await expect(page.getByRole('button', { name: /Next question|See the result/ })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/?theme=dark#/course');
  await expect(go).toContainText('Place a value in the right tier');
  await expect(go).toContainText(/\d of \d questions left/);
  await expect(row.getByRole('link', { name: /Quiz: 0 % so far/ })).toBeVisible();
  await expect(row.getByRole('cell').last()).toHaveText('10\u00a0%'); // it was read

  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(widths[0]).toBe(widths[1]);
  const areas = page.getByRole('navigation', { name: 'Main' });
  expect(await areas.evaluate((nav) => nav.scrollWidth - nav.clientWidth), 'the app bar is whole').toBe(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await go.click();
  await expect(page).toHaveURL(/#\/quiz\/s-/);
});
