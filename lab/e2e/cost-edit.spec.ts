import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { choose, open, send, sendTask, step, tab, test, type } from './fixtures/cost-page.ts';

test('prices are edited, exported and imported; a broken file changes nothing', async ({ page }, info) => {
  await open(page);
  await tab(page, 'Prices').click();
  const input = page.getByRole('textbox', { name: 'Input of gpt-4', exact: true });
  await type(input, '-1');
  await expect(page.locator('#price-error')).toContainText('Expected a price of $0 or more');
  await expect(input).toHaveAttribute('aria-invalid', 'true');
  await type(input, '60');
  await expect(page.locator('#price-error')).toHaveCount(0);
  await page.getByRole('button', { name: 'Add a model' }).click();
  await page.getByLabel('Name', { exact: true }).fill('gpt-4');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.locator('#new-model-error')).toContainText('a name that no other model has');
  await page.getByLabel('Name', { exact: true }).fill('mine');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.locator('[data-price]')).toHaveCount(4);

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const path = info.outputPath('prices.json');
  await (await downloading).saveAs(path);
  const file = JSON.parse(readFileSync(path, 'utf8')) as { models: { name: string; accuracy: number }[] };
  expect(file.models.map(({ name }) => name)).toEqual(['gpt-4', 'gpt-4-turbo', 'gpt-3.5-turbo', 'mine']);

  const broken = info.outputPath('broken.json');
  file.models[1].accuracy = 96;
  writeFileSync(broken, JSON.stringify(file));
  await page.locator('#price-file').setInputFiles(broken);
  await expect(page.locator('[data-price-failure]')).toContainText(
    'broken.json, models.1.accuracy: expected a share from 0 to 1, got 96.',
  );
  await expect(input).toHaveValue('60');
  await choose(page, 'Price list', 'The module’s three');
  await expect(page.locator('[data-price]')).toHaveCount(3);
  await page.locator('#price-file').setInputFiles(path);
  await expect(page.locator('[data-price]')).toHaveCount(4);

  await page.reload();
  await tab(page, 'Prices').click();
  await expect(input).toHaveValue('60');
  await page.getByRole('button', { name: 'Back to the defaults' }).click();
  await expect(input).toHaveValue('30');
});

test('a rule is written by keyboard, with a list, and its mistakes are underlined at their characters', async ({
  page,
}) => {
  await open(page);
  await tab(page, /^Rules/).click();
  const first = page.locator('[data-rule="small and simple"]');
  await expect(first.locator('[data-fires]')).toContainText('Fires for Tag a ticket.');
  const condition = page.getByRole('combobox', { name: 'Condition of small and simple' });
  await condition.fill('token < 500');
  await expect(first.locator('[data-mistake]')).toHaveAttribute('data-mistake', '0-5');
  await expect(condition).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator(`#${await condition.getAttribute('aria-describedby')}`)).toHaveText(
    'Character 1: expected a field, got the unknown name `token`. Did you mean `tokens`?',
  );
  await expect(first.locator('[data-fires]')).toContainText('Not in force');
  await expect(tab(page, /^Rules/)).toContainText('1 wrong');

  await condition.fill('');
  await condition.pressSequentially('crit');
  await expect(condition).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(condition).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(condition).toHaveValue('criticality');
  await expect(condition).toBeFocused();
  await condition.pressSequentially(' == "l');
  await page.keyboard.press('Enter');
  await expect(condition).toHaveValue('criticality == "low"');
  await expect(first.locator('[data-fires]')).toContainText('Fires for Tag a ticket.');
  await first.getByLabel('Refuse').check();

  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByRole('combobox', { name: 'Condition of rule 3' }).fill('criticality == "low"');
  await expect(page.locator('[data-rule="rule 3"]')).toContainText(
    '“rule 3” never fires'.replace(/[“”]/g, '"'),
  );
  await page.getByRole('button', { name: 'Move rule 3 Up' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.locator('li[data-rule]').first()).toHaveAttribute('data-rule', 'rule 3');
  await page.getByRole('button', { name: 'Remove rule 3' }).click();

  await page.getByLabel('Tasks to pick').getByText('Tag a ticket').click();
  await send(page).click();
  await expect(step(page, 'settlement')).toContainText('Refused by a rule.');
  await page.reload();
  await tab(page, /^Rules/).click();
  await expect(condition).toHaveValue('criticality == "low"');
});

test('budgets are edited, with their mistakes at the field; the module’s figure stands beside the right one', async ({
  page,
}) => {
  await open(page);
  await sendTask(page);
  await tab(page, 'Budgets').click();
  const limit = page.getByRole('textbox', { name: /^Limit of everybody, day/ });
  await type(limit, '0');
  await expect(page.locator('#budget-0-error')).toContainText('Expected a limit of at least $0.000001');
  await expect(limit).toHaveAttribute('aria-invalid', 'true');
  await type(limit, '100');
  await expect(page.locator('#budget-0-error')).toHaveCount(0);
  const zone = page.getByRole('textbox', { name: 'Time zone of everybody, day' });
  await type(zone, 'Europe/Berlim');
  await expect(page.locator('#budget-0-error')).toContainText(
    'the name of a time zone such as Europe/Berlin',
  );
  await type(zone, 'Asia/Tokyo');
  await expect(page.locator('[data-state="everybody, day"]')).toContainText('Asia/Tokyo');
  await expect(page.locator('[data-state="everybody, day"]')).not.toContainText('$0, 100.0');
  await page.getByLabel('Window of everybody, month').selectOption('day');
  await expect(page.locator('#budget-1-error')).toContainText('no overlapping windows');
  await expect(page.locator('[data-wrong]')).toContainText('$9,99');
  await expect(page.locator('[data-right]')).toContainText(/\$(99\.99|100)/);
  await page.getByRole('button', { name: 'Add a budget' }).click();
  await expect(page.locator('[data-budget="new budget"]')).toBeVisible();
  await page.reload();
  await tab(page, 'Budgets').click();
  await expect(zone).toHaveValue('Asia/Tokyo');
  await expect(page.locator('[data-budget="new budget"]')).toBeVisible();
});

test('an emergency control is pulled: its estimate beside what it saved', async ({ page }) => {
  await open(page);
  await tab(page, 'Budgets').click();
  for (const name of ['everybody, day', 'acme, day'])
    await type(page.getByRole('textbox', { name: new RegExp(`^Limit of ${name}`) }), '1000');
  await tab(page, 'Emergency').click();
  await expect(page.locator('[data-estimates]')).toContainText('Not enough data yet');
  const hour = page.getByRole('button', { name: /^Send an hour/ });
  await hour.click();
  await expect(hour).toBeEnabled({ timeout: 30_000 });
  await tab(page, 'Emergency').click();
  const cheapest = page.locator('[data-control="cheapest-model"]');
  await expect(cheapest.locator('.figure')).toContainText(/\$\d+\.\d+\/h/);
  await cheapest.getByRole('button', { name: /^Pull/ }).click();
  await expect(cheapest.locator('[data-measured]')).toContainText('not enough data yet');
  await hour.click();
  await expect(hour).toBeEnabled({ timeout: 30_000 });
  await expect(step(page, 'rule')).toContainText('emergency: cheapest-model fires');
  await tab(page, 'Emergency').click();
  await expect(cheapest.locator('[data-measured]')).toContainText(
    /measured .*\/h, .*over 120 requests before and 120\s+after/s,
  );
  await cheapest.getByRole('button', { name: /^Release/ }).click();
  await expect(cheapest).toContainText('Released.');

  await tab(page, 'Who spent what').click();
  await expect(page.locator('[data-spent]')).toHaveCount(4);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  const path = (await (await downloading).path())!;
  expect(readFileSync(path, 'utf8')).toMatch(/^by,name,calls,.*baseline_usd,saved_usd\r\ntenant,/);
});
