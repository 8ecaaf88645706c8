import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { choose, open, send, sendTask, step, tab, test, toggle, type } from './fixtures/cost-page.ts';

test('a task is decided step by step, and other weights decide it anew at once', async ({ page }) => {
  await open(page);
  await expect(page.locator('#main')).toContainText('Nothing was sent yet.');
  await expect(page.locator('#task-tokens')).toContainText('About 84 tokens, estimated from 63 words');
  await sendTask(page);
  await expect(step(page, 'measures')).toContainText('none in force');
  await expect(step(page, 'rule')).toContainText('No rule fires');
  await expect(page.locator('tr[data-model="gpt-3.5-turbo"]')).toContainText('chosen');
  await expect(step(page, 'model')).toContainText('Both formulas pick gpt-3.5-turbo');
  await expect(step(page, 'reservation')).toContainText('$0.00292 for gpt-3.5-turbo, its worst case');
  await expect(step(page, 'settlement')).toContainText(/of \$0\.00292 worst case.*saved against gpt-4/s);

  await type(page.getByRole('textbox', { name: 'Weight of quality' }), '4');
  await expect(page.locator('[data-redecided]')).toContainText(
    'the task would go to gpt-4, and not to gpt-3.5-turbo',
  );
  await expect(page.locator('.cost-do')).toContainText('1 asked');
  await sendTask(page);
  await expect(page.locator('tr[data-model="gpt-4"]')).toContainText('chosen');
});

test('a rule fires; models are rejected in words; a task that nobody may do has a warning', async ({
  page,
}) => {
  await open(page);
  await page.getByLabel('Tasks to pick').getByText('Tag a ticket').click();
  await page.getByLabel('Can wait for the cheap hours').uncheck();
  await sendTask(page);
  await expect(step(page, 'rule')).toContainText('small and simple fires: tokens < 500 and complexity < 0.3');
  await expect(page.locator('[data-redecided]')).toContainText('the choice was made by the rule');

  await page.getByLabel('Tasks to pick').getByText('Compare two contracts').click();
  await sendTask(page);
  await expect(page.locator('tr[data-model="gpt-4-turbo"]')).toContainText(
    'Rejected: its accuracy of 0.96 is below the 0.97 asked for.',
  );
  await page.locator('#task-minAccuracy').fill('0.99');
  await send(page).click();
  await expect(step(page, 'model').locator('.warning')).toContainText("No model meets the task's bounds");
});

test('what is wrong with a task is said at its field', async ({ page }) => {
  await open(page);
  await page.locator('#task-complexity').fill('2');
  await send(page).click();
  await expect(page.locator('#task-error')).toHaveText('Expected a number from 0 to 1, got "2".');
  await expect(page.locator('#task-complexity')).toHaveAttribute('aria-invalid', 'true');
  await page.locator('#task-complexity').fill('0.2');
  await page.locator('#task-prompt').fill('');
  await page.locator('#task-prompt').press('Control+Enter');
  await expect(page.locator('#task-error')).toHaveText('Expected a text, got nothing.');
});

test('200 at once: check overspends, reserve does not', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Send 200 at once' }).click();
  await expect(page.locator('[data-burst]')).toHaveText(
    /Check overspent by \$0\.\d+, reserve by\s+\$0 \(acme, day\)\./,
    { timeout: 20_000 },
  );
  const acme = page.locator('[data-budget-now="acme, day"]');
  await expect(acme).not.toContainText('Overspent');
  await choose(page, 'Budgets', 'check');
  await expect(acme).toContainText(/Overspent by \$0\.\d+/);
  await expect(page.locator('[data-alerts]')).toContainText(/acme, day: 100\s%\s+reached/);
});

test('a deferred task waits for the night of the page’s clock; windows begin anew', async ({ page }) => {
  await open(page);
  await sendTask(page);
  await page.getByLabel('Tasks to pick').getByText('Tag a ticket').click();
  const hour = Number((await page.locator('[data-clock]').textContent())!.match(/, (\d\d):/)![1]);
  // In the night it would run at once.
  if (hour >= 21 || hour < 6)
    for (let i = hour; i !== 7; i = (i + 1) % 24) {
      await page.getByRole('button', { name: '+1 h' }).click();
      await expect(page.getByRole('button', { name: '+1 h' })).toBeEnabled();
    }
  await send(page).click();
  await expect(step(page, 'wait')).toContainText('For the cheap hours');
  await expect(page.locator('.cost-do')).toContainText('1 wait for the night');
  await page.getByRole('button', { name: '+1 day' }).click();
  await expect(step(page, 'settlement')).toContainText('It waited');
  await expect(page.locator('[data-budget-now="everybody, month"]')).not.toContainText('$0 spent');
  await page.getByRole('button', { name: 'Start anew' }).click();
  await expect(page.locator('.cost-do')).toContainText('0 asked');
});

test('a conversation stays on its warm model, and says what leaving would cost', async ({ page }) => {
  await open(page);
  await tab(page, 'Prices').click();
  await choose(page, 'Price list', 'Current models');
  await expect(page.locator('[data-price]')).toHaveCount(18);
  await expect(page.locator('[data-price="gpt-4o"]')).toContainText('assumed');
  await page.getByLabel('Goes on with one conversation').check();
  await page.getByLabel('Tasks to pick').getByText('Compare two contracts').click();
  await page.locator('#task-minAccuracy').fill('0.95');
  await sendTask(page);
  await sendTask(page);
  await expect(page.locator('[data-warm]')).toContainText(/holds [\d,]+ tokens of this conversation/);
  await expect(step(page, 'settlement')).not.toContainText(' 0 % of them from the prompt cache');
});

test('another price list after some calls: what was spent stays, and the page goes on', async ({ page }) => {
  await open(page);
  for (let i = 0; i < 6; i++) await sendTask(page);
  await page.getByRole('button', { name: '+1 h' }).click();
  await tab(page, 'Prices').click();
  await choose(page, 'Price list', 'Current models');
  await tab(page, 'Emergency').click();
  await expect(page.locator('[data-estimates]')).toContainText('Not enough data yet');
  await tab(page, 'Who spent what').click();
  await choose(page, 'Spending by', 'Model');
  await expect(page.locator('[data-spent="gpt-3.5-turbo"]')).toContainText('6');
});

test('without IndexedDB, as in a private window, the page says so and goes on', async ({ page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(window, 'indexedDB', { value: undefined, configurable: true }),
  );
  await open(page);
  await expect(page.locator('[data-saved="not"]')).toContainText('holds until this page is closed');
  await tab(page, 'Prices').click();
  const input = page.getByRole('textbox', { name: 'Input of gpt-4', exact: true });
  await type(input, '60');
  await tab(page, 'Rules').click();
  await tab(page, 'Prices').click();
  await expect(input).toHaveValue('60');
  await sendTask(page);
});

test('models that fail cost nothing; the tabs go by arrow keys', async ({ page }) => {
  await open(page);
  await toggle(page, 'Models fail', true);
  await send(page).click();
  await expect(step(page, 'settlement')).toContainText('its reservation was released, and nothing was paid');
  await expect(page.locator('[data-budget-now="everybody, day"]')).toContainText('$0 spent of $5.00');
  await tab(page, 'How it was decided').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'Prices')).toBeFocused();
  await expect(tab(page, 'Prices')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(tab(page, 'Who spent what')).toBeFocused();
  await expect(page.getByRole('tabpanel')).toContainText('Nothing was spent yet.');
});

for (const [theme, width, height] of [
  ['light', 1440, 900],
  ['dark', 390, 844],
] as const)
  test(`accessible and within its width: ${theme}, ${width} × ${height}`, async ({ page }) => {
    test.slow(); // six states are looked at
    await page.setViewportSize({ width, height });
    await open(page, `?theme=${theme}`);
    const look = async (what: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect(found, what).toEqual([]);
      const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(widths[0], what).toBe(widths[1]);
      const small = await page.evaluate(() =>
        [
          ...document.querySelectorAll(
            'main :is(button, select, textarea, .switch, .seg label, .param, .check, .input)',
          ),
        ]
          .filter((element) => element.getBoundingClientRect().height < 24)
          .map((element) => element.outerHTML),
      );
      expect(small, what).toEqual([]);
    };
    await page.getByRole('button', { name: 'Send 200 at once' }).click();
    await expect(page.locator('[data-burst]')).toBeVisible({ timeout: 20_000 });
    await choose(page, 'Budgets', 'check');
    await look('decision');
    await tab(page, 'Prices').click();
    await choose(page, 'Price list', 'Current models');
    await type(page.getByRole('textbox', { name: 'Input of gpt-4o', exact: true }), 'x');
    await page.getByRole('button', { name: 'Add a model' }).click();
    await look('prices');
    await tab(page, 'Rules').click();
    const condition = page.getByRole('combobox', { name: 'Condition of small and simple' });
    await condition.fill('tokens < 500 and comp');
    await condition.press('ArrowDown');
    await page.getByText('What a rule can ask').click();
    await condition.focus();
    await condition.press('Control+Space');
    await look('rules');
    await tab(page, 'Budgets').click();
    await type(page.getByRole('textbox', { name: /^Limit of everybody, day/ }), '0');
    await look('budgets');
    await tab(page, 'Emergency').click();
    await page.getByRole('button', { name: /^Pull/ }).first().click();
    await look('emergency');
    await tab(page, 'Who spent what').click();
    await look('ledger');
  });
