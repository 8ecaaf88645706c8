import { expect, test } from '@playwright/test';

test('a scenario is begun, an error is told at its place and taken back, and what was written is kept and runs', async ({
  page,
}) => {
  await page.goto('./#/edit');
  await page.getByLabel('with a scenario of the catalogue').selectOption('mmc');
  await page.getByRole('button', { name: 'Begin with it' }).click();
  const duration = page.getByRole('textbox', { name: 'Duration s', exact: true });
  const right = await duration.inputValue();
  const problems = page.getByRole('region', { name: 'What is to be corrected' });
  await expect(problems).toContainText('The scenario is right.');
  const run = page.getByRole('button', { name: 'Run in the lab' });

  await duration.fill('-5');
  await expect(duration).toHaveAttribute('aria-invalid', 'true');
  await expect(problems).toContainText('durationS');
  await expect(run).toBeDisabled();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(duration).toHaveValue(right);

  await page.getByLabel('Name in the list').fill('My queue');
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('A queue of my own');
  await expect(page.getByText('Kept in this browser')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Name in the list')).toHaveValue('My queue');
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('A queue of my own');
  await page.getByRole('link', { name: 'Scenarios', exact: true }).click();
  await expect(page.getByRole('link', { name: 'My queue' })).toBeVisible();
  await page.goBack();

  await run.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A queue of my own');
  await page.goBack();
  await expect(page.getByLabel('Name in the list')).toHaveValue('My queue');
});
