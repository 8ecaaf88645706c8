import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const row = (page: Page, policy: string) => page.locator(`[data-policy="${policy}"]`);
const replayButton = (page: Page) => page.getByRole('button', { name: 'Replay', exact: true });

let complaints: string[] = [];
test.beforeEach(({ page }) => {
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
test.afterEach(() => expect(complaints).toEqual([]));

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/${query}#/replay`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Trace replay');
}

async function choose(page: Page, policies: readonly string[]): Promise<void> {
  const boxes = page.getByRole('group', { name: 'Policies' }).getByRole('checkbox');
  for (const box of await boxes.all()) await box.uncheck();
  for (const name of policies)
    await page.getByRole('group', { name: 'Policies' }).getByRole('checkbox', { name, exact: true }).check();
}

/** Drops a file on the page, as from a folder. */
async function drop(page: Page, name: string, content: Buffer | string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, bytes }) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name));
      return data;
    },
    { name, bytes: [...Buffer.from(content)] },
  );
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

test('a built-in workload: policies by capacity, with OPT as the ceiling', async ({ page }) => {
  await open(page);
  await page.getByRole('textbox', { name: 'requests', exact: true }).fill('50000');
  await page.getByRole('textbox', { name: 'keys', exact: true }).fill('5000');
  await choose(page, ['lru', 'arc', 'opt']);
  await page.getByLabel('Capacities').fill('50, 500');
  await replayButton(page).click();
  await expect(row(page, 'opt')).toBeVisible({ timeout: 30_000 });
  const ratio = async (policy: string): Promise<number[]> =>
    (await row(page, policy).locator('td').allTextContents()).map(parseFloat);
  const [lru, arc, opt] = [await ratio('lru'), await ratio('arc'), await ratio('opt')];
  for (const column of [0, 1]) {
    expect(lru[column]).toBeGreaterThan(0);
    expect(arc[column]).toBeGreaterThan(lru[column]!);
    expect(opt[column]).toBeGreaterThan(arc[column]!);
  }
  await expect(
    page.getByRole('img', { name: /^Hit ratio by capacity, 3 policies\. At 500 entries: opt/ }),
  ).toBeVisible();

  await page.getByText('Misses', { exact: true }).click();
  await expect(row(page, 'lru').locator('td').first()).toHaveText(/^\d\d,\d{3}$/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as JSON' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('replay-zipf.json');
  const json = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(json.trace.requests).toBe(50_000);
  expect(json.results).toHaveLength(6);
  expect(json.results[0]).toMatchObject({ policy: 'lru', capacity: 50 });
});

test('a dropped file, worked out by hand: A B C A B at size 2', async ({ page }) => {
  await open(page);
  await drop(page, 'letters.txt', 'A\nB\nC\nA\nB\n');
  await expect(page.locator('[data-trace]')).toHaveText(/letters\.txt: keys, 5 requests,\s+3 different keys/);
  await choose(page, ['lru', 'opt']);
  await page.getByLabel('Capacities').fill('2');
  await replayButton(page).click();
  await page.getByText('Misses', { exact: true }).click();
  await expect(row(page, 'lru').locator('td')).toHaveText(['5']);
  await expect(row(page, 'opt').locator('td')).toHaveText(['4']);
});

test('a packed trace with sizes can be bound by bytes', async ({ page }) => {
  await open(page);
  await page.getByText('Your file').click();
  await page.locator('input[type=file]').setInputFiles({
    name: 'sizes.txt.gz',
    mimeType: 'application/gzip',
    buffer: gzipSync('1 a 10\n2 b 20\n3 a 10\n4 c 30\n5 a 10\n'),
  });
  await expect(page.locator('[data-trace]')).toContainText('time-id-size');
  await page.getByRole('group', { name: 'Bound by' }).getByText('bytes').click();
  await choose(page, ['lru', 'gdsf']);
  await page.getByLabel('Capacities').fill('40, 100%');
  await replayButton(page).click();
  await expect(page.getByRole('columnheader', { name: '40 B' })).toBeVisible();
  await page.getByText('Byte hit ratio').click();
  // a hits twice: 20 of 80 bytes.
  await expect(row(page, 'lru').locator('td').last()).toHaveText('25.00 %');
});

test('a malformed line is named by its number, with what to do', async ({ page }) => {
  await open(page);
  await drop(page, 'broken.lis', '1 2 0 0\n3 1 0 1\nfour 1 0 2\n');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('broken.lis, line 3');
  await expect(alert).toContainText('four');
  await expect(alert).toContainText('Correct it in the file');
  await drop(page, 'right.lis', '1 2 0 0\n3 1 0 1\n');
  await expect(alert).toHaveCount(0);
  await expect(page.locator('[data-trace]')).toContainText('right.lis: arc, 3 requests');
});

test('a file that could be several things asks for its format, which can be chosen', async ({ page }) => {
  await open(page);
  await drop(page, 'numbers.txt', '1 2\n3 4\n5 6\n');
  await expect(page.getByRole('alert')).toContainText('Choose the format: “keys”');
  await page.getByLabel('Format').selectOption('keys');
  await expect(page.locator('[data-trace]')).toContainText('3 requests');
});

test('what is ordered wrongly is refused at its field', async ({ page }) => {
  await open(page);
  await page.getByLabel('Capacities').fill('10, ten');
  await replayButton(page).click();
  await expect(page.locator('#replay-error')).toContainText('got "ten"');
  await page.getByLabel('Capacities').fill('10');
  const exponent = page.getByRole('textbox', { name: 'exponent', exact: true });
  await exponent.fill('9');
  await replayButton(page).click();
  await expect(page.locator('#replay-error')).toHaveText('Expected a number from 0 to 5, got 9.');
  await expect(exponent).toHaveAttribute('aria-invalid', 'true');
  await choose(page, []);
  await exponent.fill('1');
  await replayButton(page).click();
  await expect(page.locator('#replay-error')).toContainText('at least one');
  await page.getByText('Your file').click();
  await choose(page, ['lru']);
  await replayButton(page).click();
  await expect(page.locator('#replay-error')).toContainText('Drop a file');
});

test('a long replay tells how far it is, and can be stopped', async ({ page }) => {
  await open(page);
  await page.getByRole('textbox', { name: 'requests', exact: true }).fill('2000000');
  await replayButton(page).click();
  await expect(page.getByRole('progressbar', { name: 'Replaying' })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(replayButton(page)).toBeEnabled();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('textbox', { name: 'requests', exact: true }).fill('1000');
  await choose(page, ['lru']);
  await replayButton(page).click();
  await expect(row(page, 'lru')).toBeVisible();
});

test('accessible and within its width: light and wide, dark and narrow', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, '?theme=light');
  await page.getByRole('textbox', { name: 'requests', exact: true }).fill('20000');
  await replayButton(page).click();
  await expect(row(page, 'opt')).toBeVisible({ timeout: 30_000 });
  await page.getByText('Your file').click();
  await drop(page, 'broken.lis', '1 2 0 0\nfour 1 0 2\n');
  await expect(page.getByRole('alert')).toBeVisible();
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0]).toBe(widths[1]);
    if (width === 1440) await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
  }
});
