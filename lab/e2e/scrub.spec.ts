import { expect, test } from '@playwright/test';

test('a finished Prime Day is gone back to: its views follow, an event says why, and the address leads there again', async ({
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto('./?speed=max&t=600');
  const slider = page.getByRole('slider', { name: 'Place in the run' });
  await expect(slider).toHaveAttribute('aria-valuetext', '02:10:00, minute 10 of 60');
  const story = page.getByRole('region', { name: 'The story of the run' });
  const response = page.getByRole('img', { name: /^Response time/ });
  const topology = page.locator('.topology');
  await expect(story).toContainText('All is well');
  await expect(response).toHaveAttribute('aria-label', /mean \d+\sms/);

  // The crash, by its mark.
  const marks = page.getByRole('list', { name: 'Events of the run' }).getByRole('button');
  await expect(marks.first()).toHaveAccessibleName(/Collapse/);
  await slider.fill('1060');
  await expect(story).toContainText('The pool is fully busy and nothing gets done');
  await expect(response).toHaveAttribute('aria-label', /mean 12\.00\ss/);
  await expect(topology).toHaveAttribute('aria-label', /come back as retries/);
  await expect(page.locator('.clock time')).toHaveText('02:17:40');

  await marks.first().click();
  await expect(story.getByRole('heading', { name: 'Surge ×2' })).toBeFocused();
  await story.getByRole('button', { name: /Answers take long/ }).click();
  await expect(story).toContainText('more than 3 times what it was before the first event');
  await expect(page).toHaveURL(/[?&]t=1038&why=2/);
  await page.reload();
  await expect(story.getByRole('heading', { name: 'Answers take long' })).toBeVisible();
  await expect(slider).toHaveAttribute('aria-valuetext', /^02:17:18/);
  await page.goBack();
  await expect(story.getByRole('heading', { name: 'Surge ×2' })).toBeVisible();

  await page.getByRole('button', { name: 'Branch from here' }).click();
  await expect(page.getByText('Branched at 02:17:00')).toBeVisible();
  await expect(
    page.getByRole('group', { name: 'Transport' }).getByRole('button', { name: 'Play' }),
  ).toBeEnabled();
  expect(errors).toEqual([]);
});
