import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { top } from '../setup/places.mjs';

/** Fails when the page complains on the console, as it does of a breach of its policy. */
const test = base.extend<{ quiet: void }>({
  quiet: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(String(error.error())));
      await use();
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

const cache = '01-ttl-cache';
const fileOf = (id: string, name: string) => readFileSync(join(top, 'exercises', id, name), 'utf8');
const wrong = fileOf(cache, 'wrong/first-in-first-out.ts');

const editor = (page: Page) => page.locator('[data-editor] .cm-content');
const spoken = (page: Page) => page.locator('main + [role="status"]');
const kept = (page: Page) => page.locator('[data-kept]');
const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function open(page: Page, id = cache, query = ''): Promise<void> {
  await page.goto(`/${query}#/code/${id}`);
  await expect(editor(page)).toBeVisible();
}

/** Types over all that there is. */
async function write(page: Page, text: string): Promise<void> {
  await editor(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
  await expect(kept(page)).toHaveText('Saved');
}

async function run(page: Page, text: string): Promise<void> {
  await write(page, text);
  await page.keyboard.press('ControlOrMeta+Enter');
}

/** The text of the editor, also of the lines that are out of sight. */
async function textOf(page: Page): Promise<string> {
  await editor(page).focus();
  return (await editor(page).locator('.cm-line').allTextContents()).join('\n');
}

test('a wrong solution has a trace, the same seed the same one; the reference passes, and that is kept', async ({
  page,
}) => {
  await open(page);
  await run(page, wrong);
  await expect(spoken(page)).toContainText(
    /^\d of \d checks pass\. First failure: .* expected undefined, got "B"/,
  );
  await expect(page.locator('[data-check="failed"]').first()).toBeVisible();
  const differs = page.locator('[data-trace="differs"]');
  await expect(differs.locator('ins')).toHaveText('undefined');
  await expect(differs.locator('del')).toHaveText('"B"');
  const before = await page.locator('[data-trace]').count();
  await button(page, 'match, show').click();
  expect(await page.locator('[data-trace]').count()).toBeGreaterThan(before);

  await page.getByRole('textbox', { name: 'Seed' }).fill('x');
  await button(page, 'Run with it').click();
  await expect(page.getByText('Expected a whole number')).toBeVisible();
  await page.getByRole('textbox', { name: 'Seed' }).fill('4217');
  await button(page, 'Run with it').click();
  await expect(page.getByText(/seed 4217, ran in/)).toBeVisible();
  const results = await page.locator('[data-check]').allTextContents();
  await button(page, 'Run seed 4217 again').click();
  await expect(page.getByText(/met, 3 tries/)).toBeVisible();
  expect(await page.locator('[data-check]').allTextContents()).toEqual(results);

  await run(page, fileOf(cache, 'reference.ts'));
  await expect(page.locator('[data-verdict="passed"]')).toContainText('checks pass');
  await page.reload();
  await expect(page.getByText('Solved after 4 tries')).toBeVisible();
  await page.goto('/#/code');
  await expect(page.locator(`[data-exercise="${cache}"]`)).toContainText('Solved after 4 tries');
});

test('errors stand at their lines; a loop that never ends is ended; a run can be stopped', async ({
  page,
}) => {
  await open(page);
  await write(page, 'export class TtlCache {\n  size(): number {\n    return "one";\n  }\n}\n');
  await expect(button(page, /1 type error/)).toContainText("Line 3: Type 'string' is not assignable", {
    timeout: 20_000,
  });
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(1);
  await run(page, '\nnull.x;\nexport class TtlCache {}');
  await expect(page.locator('.cm-fault')).toContainText('Your code stopped while it loaded');
  await expect(page.locator('[data-verdict="error"]')).toContainText('Line 2.');
  // Nothing was asked, so nothing is known.
  await expect(page.locator('[data-check="failed"]')).toHaveCount(0);

  await write(page, 'export const a   = "x"');
  await button(page, 'Format').click();
  await expect(page.getByText('The code was put in form.')).toBeVisible({ timeout: 20_000 });
  await expect(editor(page)).toHaveText("export const a = 'x';");

  await run(page, fileOf(cache, 'starter.ts').replace('return this.entries.get(key);', 'for (;;);'));
  await expect(page.locator('.cm-fault')).toHaveCount(0);
  await expect(page.locator('[data-verdict="timeout"]')).toBeVisible();
  await expect(page.locator('[data-trace="differs"] del')).toHaveText('none');
  await page.keyboard.press('ControlOrMeta+Enter');
  await button(page, 'Stop').click();
  await expect(spoken(page)).toContainText('The run was stopped.');
  await expect(button(page, /^Run tests/)).toBeVisible();
});

test('undo goes back over a reload; a reset is undone, and keeps a version', async ({ page }) => {
  await open(page);
  const starter = await textOf(page);
  await write(page, 'first');
  // Undo takes back what was typed within half a second as one.
  await page.waitForTimeout(600);
  await page.keyboard.type(' second');
  await page.reload();
  await expect(editor(page)).toHaveText('first second');
  await editor(page).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor(page)).toHaveText('first');
  await page.keyboard.press('ControlOrMeta+z');
  expect(await textOf(page)).toBe(starter);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(editor(page)).toHaveText('first');

  await button(page, 'Reset').click();
  expect(await textOf(page)).toBe(starter);
  await page.getByText('Versions (1)').click();
  await button(page, 'Bring back').click();
  await expect(editor(page)).toHaveText('first');
  await expect(page.getByText('Versions (2)')).toBeVisible();
  await editor(page).focus();
  await page.keyboard.press('ControlOrMeta+z');
  expect(await textOf(page)).toBe(starter);
});

test('two tabs: the newer text stands, and the other one is a version', async ({ page, context }) => {
  await open(page);
  const other = await context.newPage();
  await open(other);
  await write(page, 'of the first tab');
  await expect(other.getByText('another text in another tab')).toBeVisible();
  await write(other, 'of the second tab');
  await expect(other.getByText('the other one is a version now')).toBeVisible();
  await button(page, 'Take that text').click();
  await expect(editor(page)).toHaveText('of the second tab');
  await page.reload();
  await page.getByText(/^Versions/).click();
  await button(page, 'Bring back').last().click();
  await expect(editor(page)).toHaveText('of the first tab');
});

test('hints open one after the other; the solution after a try, beside the code; what changed is shown', async ({
  page,
}) => {
  await open(page);
  await expect(button(page, /Where to look/)).toBeDisabled();
  await expect(button(page, /Solution/)).toBeDisabled();
  await button(page, /A nudge/).click();
  await expect(page.getByText('1 of 4 open')).toBeVisible();
  await button(page, /Where to look/).click();
  await page.reload();
  await expect(page.getByText('2 of 4 open')).toBeVisible();

  await run(page, wrong);
  await expect(spoken(page)).toContainText('First failure');
  await button(page, /Solution/).click();
  await button(page, 'Keep trying').click();
  await expect(tab(page, /solution/)).toHaveCount(0);
  await button(page, /Solution/).click();
  await button(page, 'Show the solution').click();
  await expect(page.locator('[data-read-only]')).toContainText('makeRoom');
  await expect(editor(page)).toBeVisible();
  expect(await textOf(page)).toContain('Wrong: a read does not count');

  await tab(page, /changes/).click();
  await expect(page.locator('[data-read-only] .cm-changedLine').first()).toBeVisible();
  await page.goto('/#/code');
  await expect(page.locator(`[data-exercise="${cache}"]`)).toContainText('solution seen');
});

test('a bug hunt: its test passes on the right version, and finds the defects', async ({ page }) => {
  const hunt = '17-bug-hunt-hit-rate';
  await open(page, hunt);
  await tab(page, /hit-rate\.ts/).click();
  await expect(page.locator('[data-read-only]')).toContainText('class CacheStats');
  await tab(page, /hit-rate\.test\.ts/).click();
  await run(page, fileOf(hunt, 'wrong/expects-the-defect.ts'));
  await expect(page.locator('[data-check="failed"]')).toHaveCount(1);
  await expect(page.locator('[data-check="unknown"]').first()).toContainText('not judged');
  await run(page, fileOf(hunt, 'reference.ts'));
  await expect(page.locator('[data-verdict="passed"]')).toBeVisible({ timeout: 20_000 });
});

test('by keyboard alone: into the editor, out of it, run, solved; tabs and hints', async ({ page }) => {
  await page.goto(`/#/code/${cache}`);
  await expect(editor(page)).toBeVisible();
  // The editor has its own tree below this element, which then stands for what has the focus.
  const inEditor = '[data-editor]';
  const focused = (selector: string) =>
    page.evaluate((wanted) => document.activeElement!.matches(wanted), selector);
  /** Presses the key until the focus is there. */
  const go = async (key: string, selector: string): Promise<void> => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press(key);
      if (await focused(selector)) return;
    }
    throw new Error(`${key} does not lead to ${selector}`);
  };
  await go('Tab', inEditor);
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('Tab');
  await expect(editor(page).locator('.cm-line').first()).toHaveText(/^ {2}/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Tab');
  await expect(button(page, /^Run tests/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(spoken(page)).toContainText('First failure');
  await go('Tab', inEditor);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(fileOf(cache, 'reference.ts'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  expect(await focused(inEditor)).toBe(false);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Tab');
  await expect(button(page, /^Run tests/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-verdict="passed"]')).toBeVisible();
  await expect(spoken(page)).toContainText('pass');

  await go('Shift+Tab', '[role="tab"]');
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, /changes/)).toBeFocused();
  await expect(page.locator('[data-read-only]')).toBeVisible();
  await page.keyboard.press('Home');
  await go('Shift+Tab', '.hints li:first-child button');
  await page.keyboard.press('Enter');
  await expect(page.locator('.hints .text')).toBeFocused();
  await go('Tab', inEditor);
  await page.keyboard.press('Control+f');
  await expect(page.locator('.cm-search input[name="search"]')).toBeFocused();
});

test('without IndexedDB the page says so, keeps the text, and runs', async ({ page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(window, 'indexedDB', { value: undefined, configurable: true }),
  );
  await open(page);
  await editor(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(fileOf(cache, 'reference.ts'));
  await expect(kept(page)).toHaveText('Not saved');
  await expect(page.getByText('Your text is not kept')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByText('Solved after 1 try')).toBeVisible();
});

for (const [theme, width, height] of [
  ['light', 390, 844],
  ['dark', 1440, 900],
] as const)
  test(`accessible and within its width: ${theme}, ${width} × ${height}`, async ({ page }) => {
    test.slow(); // four states are looked at
    await page.setViewportSize({ width, height });
    const phone = width < 720;
    const part = (name: string | RegExp) =>
      phone
        ? page.getByRole('group', { name: 'Part of the page' }).getByText(name).click()
        : Promise.resolve();
    const look = async (what: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect(found, what).toEqual([]);
      const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(widths[0], what).toBe(widths[1]);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('main :is(button, summary, .seg label, .input)')]
          .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 24)
          .map((element) => element.outerHTML),
      );
      expect(small, what).toEqual([]);
    };
    await page.goto(`/?theme=${theme}#/code/${cache}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await button(page, /A nudge/).click();
    await look('task');
    await part('Code');
    await run(page, wrong);
    await expect(spoken(page)).toContainText('First failure');
    await look('results');
    await part('Code');
    await write(page, `${wrong}\nconst a: string = 1;`);
    await expect(button(page, /1 type error/)).toBeVisible({ timeout: 20_000 });
    await look('code');
    await tab(page, /changes/).click();
    await expect(page.locator('[data-read-only] .cm-content').first()).toBeVisible();
    await look('changes');
  });
