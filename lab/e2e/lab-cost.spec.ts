import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const clock = (page: Page) => page.locator('.clock time');
const objective = (page: Page, id: string) => page.locator(`[data-objective="${id}"]`);
const transport = (page: Page) => page.getByRole('group', { name: 'Transport', exact: true });
const pauseButton = (page: Page) => transport(page).getByRole('button', { name: 'Pause' });
const picker = (page: Page) => page.getByRole('button', { name: 'Choose another scenario' });
const tab = (page: Page, name: string) =>
  page.getByRole('group', { name: 'What to show' }).getByText(name, { exact: true });

/** Waits until the run has reached a time of day. */
async function runTo(page: Page, timeOfDay: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => (document.querySelector('.clock time')?.textContent ?? '') >= wanted,
    timeOfDay,
    { polling: 20, timeout: 100_000 },
  );
}

async function runToTheEnd(page: Page): Promise<void> {
  await expect(page.locator('.outcome')).toBeVisible({ timeout: 100_000 });
}

/** Cells of a line of plain CSV; nothing in these scenarios needs quotes. */
const cells = (line: string): string[] => line.split(',');

let complaints: string[] = [];
test.beforeEach(({ page }) => {
  test.setTimeout(150_000);
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
test.afterEach(() => expect(complaints).toEqual([]));

test('a day of the runaway bill: it runs by itself to its end, and says who spent what', async ({ page }) => {
  await page.goto('/?scenario=model-bill&seed=1&speed=max');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Runaway model bill');
  await expect(page.getByRole('img', { name: /^Cost per hour by model/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Budget left, company/ })).toBeVisible();
  await expect(page.locator('[data-node="gateway"]')).toBeVisible();
  await expect(page.locator('[data-node="gpt-4"]')).toBeVisible();

  await runToTheEnd(page);
  await expect(clock(page)).toHaveText('24:00:00');
  await expect(page.locator('.outcome')).toContainText('The models cost $');
  await expect(page.locator('.outcome')).toContainText('of the critical requests went without an answer');
  await expect(objective(page, 'costUsd')).toHaveAttribute('data-standing', 'unmet');
  await expect(objective(page, 'criticalServed')).toHaveAttribute('data-standing', 'unmet');
  await expect(page.locator('.events')).toContainText('company refuses');
  await expect(page.getByRole('img', { name: /overspent by \$/ })).toBeVisible();

  await tab(page, 'Who spent what').click();
  await expect(page.locator('[data-spent]')).toHaveCount(4); // three tenants and all
  const total = (await page.locator('[data-spent="total"] [data-cost]').textContent())!.trim();
  expect(total).toMatch(/^\$\d\d,\d{3}\.\d\d$/);
  await expect(page.locator('[data-budget="company"]')).toContainText('$30,000.00');
  await expect(page.locator('[data-served="critical"] .bad')).toBeVisible();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('surge-lab-model-bill-seed-1-spending.csv');
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  const column = cells(lines[0]!).indexOf('cost_usd');
  const cost = (line: string): number => Number(cells(line)[column]);
  const totalLine = lines.find((line) => line.startsWith('total,'))!;
  const shown = (usd: number): string =>
    `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  expect(shown(cost(totalLine))).toBe(total);
  const tenants = lines
    .filter((line) => line.startsWith('tenant,'))
    .reduce((sum, line) => sum + cost(line), 0);
  expect(shown(tenants)).toBe(total);

  const by = page.getByRole('group', { name: 'Spending by' });
  await by.getByText('Agent type', { exact: true }).click();
  await expect(page.locator('[data-spent="research"]')).toBeVisible();
  await by.getByText('Day', { exact: true }).click();
  await expect(page.locator('[data-spent="2026-11-27"]')).toBeVisible();
  await expect(page.locator('[data-spent="total"] [data-cost]')).toHaveText(total);
});

test('scenarios are chosen by keyboard; the address follows, and the way back leads back', async ({
  page,
}) => {
  await page.goto('/?scenario=model-bill&speed=60');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Runaway model bill');
  await picker(page).focus();
  await expect(picker(page)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  const list = page.getByRole('navigation', { name: 'Scenarios' });
  await expect(list.getByRole('link', { name: /Runaway model bill/ })).toBeFocused();
  await expect(list.getByRole('link', { name: /Runaway model bill/ })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(picker(page)).toBeFocused();

  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('link', { name: /Budget day/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Budget day');
  expect(new URL(page.url()).searchParams.get('scenario')).toBe('budget-day');
  await expect(list).toBeHidden();

  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Runaway model bill');

  // Prime Day from there is the page that it always was.
  await picker(page).click();
  await list.getByRole('link', { name: /Prime Day/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Prime Day, 02:17');
  await expect(page.getByRole('group', { name: 'What to show' })).toHaveCount(0);
  await expect(page.getByRole('img', { name: /^Response time on a log scale/ })).toBeVisible();
});

test('the documented manager keeps the day within its budget, and a step is a minute', async ({ page }) => {
  await page.goto('/?scenario=model-bill&speed=max');
  await page.getByRole('button', { name: 'Run with the documented manager' }).click();
  await expect(page.locator('.levers')).toContainText('10 changed');
  await expect(page.locator('[data-lever="route"] em')).toContainText('00:00:00');
  await runTo(page, '01:00:00');
  await pauseButton(page).click();
  await page.waitForTimeout(300);
  const [h, m, s] = ((await clock(page).textContent()) ?? '').split(':').map(Number);
  await transport(page).getByRole('button', { name: 'Step one minute' }).click();
  const next = new Date(Date.UTC(2000, 0, 1, h, m! + 1, s)).toISOString().slice(11, 19);
  await expect(clock(page)).toHaveText(next);
  await transport(page).getByRole('button', { name: 'Play' }).click();
  await runToTheEnd(page);
  await expect(objective(page, 'costUsd')).toHaveAttribute('data-standing', 'met');
  await expect(page.locator('.outcome')).toContainText('Every critical request was answered.');
});

test('each budget burns down on its own, and the charts are there as a table', async ({ page }) => {
  await page.goto('/?scenario=budget-day&speed=max');
  await runTo(page, '13:00:00');
  await pauseButton(page).click();
  await page.getByLabel('Budget', { exact: true }).selectOption('week');
  await expect(page.getByRole('img', { name: /^Budget left, week/ })).toBeVisible();
  await tab(page, 'Service').click();
  await expect(page.getByRole('img', { name: /^Requests without an answer/ })).toBeVisible();
  await tab(page, 'Agents').click();
  await expect(page.getByRole('img', { name: /^Agents\. Now \d+ are ready/ })).toBeVisible();
  await page.getByRole('button', { name: 'Show as table' }).click();
  const table = page.getByRole('table');
  for (const group of ['Cost', 'Budget left', 'Requests and calls', 'Without an answer', 'Agents'])
    await expect(table.getByRole('columnheader', { name: group, exact: true })).toBeVisible();
  expect(await table.locator('tbody tr').count()).toBeGreaterThan(10);
});

for (const [theme, width, height] of [
  ['light', 1440, 900],
  ['dark', 390, 844],
] as const)
  test(`accessible and within its width: ${theme}, ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`/?scenario=model-bill&theme=${theme}&speed=max`);
    await runTo(page, '11:00:00');
    await page.getByRole('button', { name: 'Pause' }).first().click();
    const check = async (what: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(
        violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      ).toEqual([]);
      const [scroll, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(scroll, what).toBe(inner);
    };
    for (const name of ['Money', 'Service', 'Agents', 'Who spent what']) {
      await tab(page, name).click();
      await check(name);
    }
    await tab(page, 'Money').click();
    await page.getByRole('button', { name: 'Show as table' }).click();
    await check('table');
    await picker(page).click();
    await expect(page.getByRole('link', { name: /Budget day/ })).toBeVisible();
    await check('picker');
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll(
          '.lab-see button, .lab-see select, .lab-see label, .picker a, .picker button',
        ),
      ]
        .filter((element) => {
          const { width: w, height: h } = element.getBoundingClientRect();
          return w > 0 && (w < 24 || h < 24);
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    expect(small).toEqual([]);
  });
