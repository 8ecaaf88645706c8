import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const button = (page: Page, name: string) => page.getByRole('button', { name });
const editor = (page: Page) => page.locator('[data-editor] .cm-content');

/** The file, and what it holds. */
async function exported(page: Page): Promise<{ path: string; contents: unknown }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Export everything').click(),
  ]);
  const path = await file.path();
  const { contents } = JSON.parse(readFileSync(path, 'utf8')) as { contents: unknown };
  return { path, contents };
}

test('two tabs lose nothing of each other; exported, deleted and imported, all is there again', async ({
  page,
  context,
}) => {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));

  await page.goto('/#/quiz/test');
  await expect(button(page, 'Answer')).toBeVisible();
  const other = await context.newPage();
  await other.goto('/#/code/01-ttl-cache');
  await editor(other).focus();
  await other.keyboard.press('ControlOrMeta+a');
  await other.keyboard.insertText('// of the other tab');
  await expect(other.locator('[data-kept]')).toHaveText('Saved');
  await page.bringToFront();
  await page.keyboard.press('b');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Next question')).toBeFocused();
  await Promise.all([page.reload(), other.reload()]);
  await expect(page.getByRole('list', { name: 'Question 2 of 5' })).toBeVisible();
  await expect(editor(other)).toHaveText('// of the other tab');
  await other.close();

  await page.goto('/#/course/data');
  await expect(page.getByText('Kept here: 1 draft, 1 answer of the quiz.')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  const before = await exported(page);
  await button(page, 'Delete everything …').click();
  await page.getByLabel('Type “delete” to go on').fill('delete');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing is kept here yet.')).toBeVisible();

  await page.getByLabel('File from the lab').setInputFiles(before.path);
  await expect(page.getByText('Adds 1 answer of the quiz.')).toBeVisible();
  await button(page, 'Take it in').click();
  await expect(page.getByText('The file was taken in.')).toBeVisible();
  await expect(page.getByText('Kept here: 1 draft, 1 answer of the quiz.')).toBeVisible();
  expect((await exported(page)).contents).toEqual(before.contents);
  await page.goto('/#/code/01-ttl-cache');
  await expect(editor(page)).toHaveText('// of the other tab');
  expect(complaints).toEqual([]);
});
