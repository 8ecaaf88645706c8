import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test('what was wrong comes back the next day, and goes once it is right', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.clock.install({ time: new Date('2026-11-23T18:00:00') });

  await page.goto('/#/review');
  await expect(page.getByText('Nothing to review yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Begin the module’s test' }).click();
  await expect(page.getByRole('button', { name: 'Answer' })).toBeVisible();
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('a');
  await page.keyboard.press('Enter');
  await expect(page.getByText('It comes back tomorrow.')).toBeVisible();
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Quiz/ });
  await expect(link).toHaveAccessibleName('Quiz');

  await page.clock.fastForward('24:00:00');
  await expect(link).toHaveAccessibleName(/1 due for review/);
  await page.goto('/#/review');
  await expect(page.getByText('today', { exact: true })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Start: 1 question, about 1 min' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('b');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your answer, correct')).toBeVisible();
  await expect(page.getByText(/It comes back in \d days\./)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('1 of 1 known');
  await expect(link).toHaveAccessibleName('Quiz');
  await page.goto('/#/review');
  await expect(page.getByText('Nothing is due.')).toBeVisible();
  expect(complaints).toEqual([]);
});
