import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const lane = (page: Page, name: string) => page.locator(`[data-lane="${name}"]`);
const summary = (page: Page) => page.locator('.summary');
const askButton = (page: Page) => page.getByRole('button', { name: /^Ask as agent/ });
const figure = (page: Page, name: string) => page.locator(`[data-figure="${name}"]`);
const choose = (page: Page, group: string, option: string) =>
  page.getByRole('group', { name: group, exact: true }).getByText(option, { exact: true }).click();
const entries = (page: Page, tier: string) =>
  page.getByRole('group', { name: 'Tier', exact: true }).getByRole('radio', { name: new RegExp(`^${tier}`) });

const FIRST = 'How do I cancel an order?';
const SAME = 'How can I cancel an order?';
const ALIKE = 'How do I place an order?';

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/${query}#/cache`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Live cache');
  await choose(page, 'The simulated model takes', '400 ms');
}

/** Asks, and waits for the answer. */
async function ask(page: Page, prompt: string): Promise<void> {
  await page.locator('#prompt').fill(prompt);
  await askButton(page).click();
  await answered(page);
}

async function answered(page: Page): Promise<void> {
  await expect(summary(page)).not.toContainText('asks …');
  await expect(askButton(page)).toBeEnabled();
}

async function loadEncoder(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Load the encoder' }).click();
  await expect(page.locator('[data-encoder="ready"]')).toBeVisible({ timeout: 45_000 });
}

let complaints: string[] = [];
let expectComplaints = false;
test.beforeEach(({ page }) => {
  complaints = [];
  expectComplaints = false;
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
test.afterEach(() => {
  if (!expectComplaints) expect(complaints).toEqual([]);
});

test('first the model, then L1; after a reload the real IndexedDB still has it', async ({ page }) => {
  await open(page);
  await ask(page, FIRST);
  for (const level of ['l1', 'l2', 'l3', 'l4']) await expect(lane(page, level)).toContainText('miss');
  await expect(lane(page, 'model')).toContainText('answered');
  await expect(summary(page)).toContainText('Answered by the model');
  await expect(page.locator('.answer')).toContainText(`A simulated answer to “${FIRST}”`);
  const text = await page.locator('.answer .text').textContent();

  await ask(page, 'how do i CANCEL an order');
  await expect(lane(page, 'match')).toContainText('same words');
  await expect(lane(page, 'l1')).toContainText('hit');
  await expect(lane(page, 'l2')).toContainText('not needed');
  await expect(figure(page, 'per-request')).toContainText('50.0');
  // One hit, four misses.
  await expect(figure(page, 'per-probe')).toContainText('20.0');
  await expect(figure(page, 'saved-module')).toContainText('$0.00100');
  await expect(figure(page, 'saved-tokens')).toContainText(/\$0\.00[1-9]/);

  await page.reload();
  await expect(entries(page, 'L3')).toHaveAccessibleName(/, 1 entries/);
  await expect(entries(page, 'L1')).toHaveAccessibleName(/, 0 entries/);
  await ask(page, FIRST);
  await expect(lane(page, 'l1')).toContainText('miss');
  await expect(lane(page, 'l2')).toContainText('miss');
  await expect(lane(page, 'l3')).toContainText('hit');
  await expect(lane(page, 'model')).toContainText('not needed');
  await expect(summary(page)).toContainText('Copied to L1 and L2');
  expect(await page.locator('.answer .text').textContent()).toBe(text);
});

test('the encoder finds the same question in other words, and the guard refuses what only looks alike', async ({
  page,
}) => {
  await open(page);
  await ask(page, FIRST);
  await ask(page, SAME);
  await expect(lane(page, 'match')).toContainText('new');
  await page.getByRole('button', { name: 'Purge all' }).click();
  await expect(page.locator('.told')).toContainText('Purged everything');

  await loadEncoder(page);
  await ask(page, FIRST);
  await page.getByRole('button', { name: SAME }).click();
  await answered(page);
  await expect(lane(page, 'match')).toContainText(
    /similar.*cosine 0\.\d+, and the guard finds the same meaning/s,
  );
  await expect(lane(page, 'l1')).toContainText('hit');
  await expect(page.locator('.why')).toContainText(FIRST);
  await expect(page.locator('.why')).toContainText(/Vector reliable\s*yes/);

  await page.getByRole('button', { name: ALIKE }).click();
  await answered(page);
  await expect(lane(page, 'match')).toContainText(
    /refused.*cosine 0\.\d+, but the guard refuses: other words/s,
  );
  await expect(page.locator('[data-verdict="refused"]').first()).toContainText('place / cancel');
  await expect(lane(page, 'model')).toContainText('answered');

  await page.getByRole('button', { name: /^Wie storniere/ }).click();
  await answered(page);
  await expect(page.locator('.why')).toContainText('no: same words only');
});

test('what was asked before the encoder came is found by it, too, after a reload', async ({ page }) => {
  await open(page);
  await ask(page, FIRST);
  await page.reload();
  await loadEncoder(page);
  await expect(async () => {
    await ask(page, SAME);
    await expect(lane(page, 'match')).toContainText('similar', { timeout: 1000 });
  }).toPass();
});

test('each tier can be broken, and the request is still answered', async ({ page }) => {
  await open(page);
  await ask(page, FIRST);
  await page.locator('#l1-on').uncheck({ force: true });
  await ask(page, FIRST);
  await expect(lane(page, 'l1')).toContainText('switched off');
  await expect(lane(page, 'l2')).toContainText('hit');

  await choose(page, 'L2 Redis', 'down');
  await ask(page, FIRST);
  await expect(lane(page, 'l2')).toContainText(/failed.*refused/s);
  await expect(lane(page, 'l3')).toContainText('hit');

  await choose(page, 'L2 Redis', 'hangs');
  await choose(page, 'L3 IndexedDB', 'full');
  await expect(page.locator('[data-health]')).toContainText('Storage full.');
  await ask(page, FIRST);
  await expect(lane(page, 'l2')).toContainText(/timed out.*no answer within 250 ms/s);
  await expect(lane(page, 'l3')).toContainText('hit');

  await choose(page, 'L3 IndexedDB', 'blocked');
  await ask(page, FIRST);
  await expect(lane(page, 'l3')).toContainText(/failed.*blocked/s);
  await expect(lane(page, 'l4')).toContainText('hit');

  await choose(page, 'L4 CDN edge', 'down');
  await ask(page, FIRST);
  await expect(lane(page, 'l4')).toContainText('failed');
  await expect(lane(page, 'model')).toContainText('answered');
  await expect(summary(page)).toContainText('Answered by the model');

  // So many failures have opened its circuit, which closes again by itself.
  await ask(page, FIRST);
  await expect(lane(page, 'l2')).toContainText(/not asked.*circuit open/s);
  await expect(page.locator('.cache-do')).toContainText('the circuit of redis-simulated opened');
  await choose(page, 'L2 Redis', 'up');
  await expect(async () => {
    await ask(page, FIRST);
    await expect(lane(page, 'l2')).toContainText(/hit|miss/, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
});

test('a model that fails leaves the stale answer, said to be stale, and otherwise none', async ({ page }) => {
  await open(page);
  const ttl = page.getByRole('textbox', { name: 'Time to live' });
  await ttl.fill('0.4');
  await ttl.press('Enter');
  await ask(page, FIRST);
  await choose(page, 'Model', 'fails');
  await page.waitForTimeout(500);
  await ask(page, FIRST);
  await expect(summary(page)).toContainText('a stale answer');
  await expect(page.locator('.answer')).toContainText('stale');
  await ask(page, ALIKE);
  await expect(summary(page)).toContainText('Not answered: the model was switched to failing');
});

test('entries are shown with their life, and go by key, by tag and all at once', async ({ page }) => {
  await open(page);
  for (const prompt of [FIRST, 'Summarise ticket 4217']) {
    await page.getByRole('button', { name: prompt, exact: true }).click();
    await answered(page);
  }
  const rows = page.locator('tbody tr').filter({ has: page.getByRole('button', { name: /^Purge “/ }) });
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: FIRST })).toContainText(/60\smin.*\sB.*orders, all-levels/s);

  await page.getByLabel('Tag to purge').selectOption('orders');
  await page.getByRole('button', { name: 'Purge tag' }).click();
  await expect(page.locator('.told')).toHaveText(
    'Purged everything tagged “orders”: L1 1, L2 1, L3 1, L4 1.',
  );
  await expect(rows).toHaveCount(1);
  await ask(page, FIRST);
  await expect(lane(page, 'model')).toContainText('answered');

  await page.getByRole('button', { name: 'Purge “Summarise ticket 4217”' }).click();
  await expect(page.locator('.told')).toContainText('Purged a key: L1 1, L2 1, L3 1, L4 1.');
  await page.getByRole('button', { name: 'Purge all' }).click();
  await expect(rows).toHaveCount(0);
  await entries(page, 'L3').check({ force: true });
  await expect(page.locator('.cache-see')).toContainText('Nothing is in it.');
});

test('a wrong policy is refused at its field; a right one is obeyed', async ({ page }) => {
  await open(page);
  const ttl = page.getByRole('textbox', { name: 'Time to live' });
  await ttl.fill('-5');
  await ttl.press('Enter');
  await expect(page.locator('#policy-error')).toHaveText('Expected a number above 0, got -5.');
  await expect(ttl).toHaveAttribute('aria-invalid', 'true');
  await expect(ttl).toHaveValue('-5');
  await ttl.fill('90');
  await ttl.press('Enter');
  await expect(page.locator('#policy-error')).toHaveCount(0);
  const levels = page.getByRole('group', { name: 'Levels' });
  for (const name of ['L1', 'L2', 'L3']) await levels.getByRole('checkbox', { name }).uncheck();
  await levels.getByRole('checkbox', { name: 'L4' }).click();
  await expect(page.locator('#policy-error')).toContainText('at least one level');
  await expect(levels.getByRole('checkbox', { name: 'L4' })).toBeChecked();
  await levels.getByRole('checkbox', { name: 'L1' }).check();
  await page.getByLabel('Compress (gzip)').check({ force: true });
  await ask(page, FIRST);
  await expect(lane(page, 'l2')).toContainText('not in this policy');
  await expect(entries(page, 'L2')).toHaveAccessibleName(/, 0 entries/);
  await expect(entries(page, 'L1')).toHaveAccessibleName(/, 1 entries/);
  await expect(page.getByRole('region', { name: 'Entries of L1 memory' })).toContainText(/[89]\d\ss.*gzip/);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(ttl).toHaveValue('3600');
});

test('two agents share Redis, and hear of a purge through the bus', async ({ page }) => {
  await open(page);
  await page.getByLabel('Data policy').selectOption('response');
  await ask(page, FIRST);
  await choose(page, 'Ask as agent', 'B');
  await ask(page, FIRST);
  await expect(lane(page, 'l1')).toContainText('miss');
  await expect(lane(page, 'l2')).toContainText('hit');
  await expect(page.locator('.cache-do')).toContainText('Agent B: L2 had it, so L1 got a copy');
  await ask(page, FIRST);
  await expect(lane(page, 'l1')).toContainText('hit');

  await choose(page, 'Ask as agent', 'A');
  await page.getByRole('button', { name: 'Purge all' }).click();
  await expect(page.locator('.cache-do')).toContainText('Bus: agent B heard that everything changed');
  await choose(page, 'Ask as agent', 'B');
  await expect(entries(page, 'L1')).toHaveAccessibleName(/, 0 entries/);
});

test('tools go by their parameters, conversations keep their newest messages', async ({ page }) => {
  await open(page);
  await page.getByLabel('Data policy').selectOption('tool-result');
  await ask(page, 'get_order {"id": 4217, "expand": false}');
  await ask(page, 'get_order { "expand": false, "id": 4217 }');
  await expect(lane(page, 'l1')).toContainText('hit');
  await page.locator('#prompt').fill('get order');
  await page.locator('#prompt').press('Enter');
  await expect(page.locator('#prompt-error')).toContainText('Expected a call such as get_order');

  await page.getByLabel('Data policy').selectOption('conversation-context');
  await ask(page, 'conversation 4217');
  await expect(page.locator('.answer ol li')).toHaveCount(10);
  await expect(page.locator('.answer')).toContainText('The newest 10 messages');
});

test('an encoder that cannot be loaded is explained; it can be done without, and tried again', async ({
  page,
}) => {
  expectComplaints = true;
  await page.route('**/*.onnx', (route) => route.abort());
  await open(page);
  await page.getByRole('button', { name: 'Load the encoder' }).click();
  await expect(page.getByRole('alert')).toContainText('The encoder failed.');
  await ask(page, FIRST);
  await expect(lane(page, 'model')).toContainText('answered');
  await page.unroute('**/*.onnx');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('[data-encoder="ready"]')).toBeVisible({ timeout: 45_000 });
});

test('without IndexedDB, as in a private window, the page says so and goes on', async ({ page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(window, 'indexedDB', { value: undefined, configurable: true }),
  );
  await open(page);
  await ask(page, FIRST);
  await expect(page.locator('[data-health]')).toContainText('not available');
  await expect(page.locator('[data-health]')).toContainText('private window');
  await expect(lane(page, 'l3')).toContainText('failed');
  await ask(page, FIRST);
  await expect(lane(page, 'l1')).toContainText('hit');
});

test('one can stop waiting; the answer is cached when it comes', async ({ page }) => {
  await page.goto('/#/cache');
  await page.locator('#prompt').fill(FIRST);
  await askButton(page).click();
  await expect(lane(page, 'model')).toContainText('asking');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(summary(page)).toContainText('Stopped.');
  await expect(async () => {
    await ask(page, FIRST);
    await expect(lane(page, 'l1')).toContainText('hit', { timeout: 500 });
  }).toPass();
});

test('it works by keyboard', async ({ page }) => {
  await open(page);
  await page.locator('#prompt').focus();
  await page.keyboard.press('Enter');
  await answered(page);
  await expect(summary(page)).toContainText('Answered by the model');
  await page.keyboard.press('Enter');
  await answered(page);
  await expect(summary(page)).toContainText('Answered by L1');
  await page.locator('#l1-on').focus();
  await page.keyboard.press('Space');
  await expect(page.locator('#l1-on')).not.toBeChecked();
});

for (const [theme, width, height] of [
  ['light', 1440, 900],
  ['dark', 390, 844],
] as const)
  test(`accessible and within its width: ${theme}, ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, `?theme=${theme}`);
    await ask(page, FIRST);
    await choose(page, 'L2 Redis', 'down');
    await ask(page, ALIKE);
    const ttl = page.getByRole('textbox', { name: 'Time to live' });
    await ttl.fill('x');
    await ttl.press('Enter');
    await page.waitForTimeout(800);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0]).toBe(widths[1]);
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll(
          'main :is(button, select, textarea, .switch, .seg label, .param, fieldset label)',
        ),
      ]
        .filter((element) => element.getBoundingClientRect().height < 24)
        .map((element) => element.outerHTML),
    );
    expect(small).toEqual([]);
  });

test('the pages are reached by their links, with focus and title; the lab runs again', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.goto('/?speed=1');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Prime Day, 02:17');
  expect(loaded.filter((url) => /CachePage|ReplayPage|embed/.test(url))).toEqual([]);
  const nav = page.getByRole('navigation', { name: 'Main' });
  await nav.getByRole('link', { name: 'Live' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Live cache');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page).toHaveTitle('Live cache · Surge Lab');
  const within = page.getByRole('navigation', { name: 'Live' });
  await expect(within.getByRole('link', { name: 'Cache' })).toHaveAttribute('aria-current', 'page');
  await page.getByRole('link', { name: 'Skip to content' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
  await expect(page).toHaveURL(/#\/cache$/);

  await nav.getByRole('link', { name: 'Lab' }).click();
  await expect(page).toHaveURL(/\?speed=1#\/$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Prime Day, 02:17');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page).toHaveTitle(/^Prime Day, 02:17/);
  await expect(page.getByRole('button', { name: 'Pause' }).first()).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Live cache');
});

test('an address that names no page says so, with a way on', async ({ page }) => {
  await page.goto('/#/cash');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page here.');
  await expect(page.locator('main')).toContainText('/cash');
  await page.locator('main').getByRole('link', { name: 'Cache' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Live cache');
});
