import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test('an incident is rescued, scored, kept over a reload, and watched in the lab', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  // The usual mode opens a page of its own for each look, for frames of other origins. There are none.
  const look = async () => (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations;

  // A pulled lever flashes, and is in no colour of the page meanwhile.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/#/rescue/cold-cache');
  await page.getByRole('button', { name: 'Start the clock' }).click();
  await page.getByRole('button', { name: 'Pause' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Paused to think.')).toBeVisible();
  await page.getByRole('switch', { name: 'Deadline margin' }).check({ force: true });
  await expect(page.getByText('9 pulls left')).toBeVisible();
  expect(await look()).toEqual([]);

  await page.reload();
  await expect(page.getByText('Your game, as you left it')).toBeVisible();
  await expect(page.getByText('9 pulls left')).toBeVisible();
  await page.getByRole('button', { name: 'See how it ends' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Rescued after \d:\d\d\.$/);
  await expect(page.getByText('Gold')).toBeVisible();
  await page.getByText('Show it, step by step').click();
  await expect(page.getByText(/^Without it: not rescued/)).toBeVisible();
  expect(await look()).toEqual([]);

  await page.getByRole('link', { name: 'Watch it in the lab' }).first().click();
  await expect(page.locator('[data-lever="deadlineMargin"]').getByRole('switch')).toBeChecked();
  expect(complaints).toEqual([]);
});
