import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { PAGES } from '../stores/route.ts';

// One theme beside the other.
test.describe.configure({ mode: 'parallel' });

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** Goes there without a reload. Every page has a heading, and says so while it is loading. */
async function open(page: Page, href: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), href);
  await expect(heading(page)).toBeFocused();
  await expect(page.getByText(/Loading/)).toHaveCount(0);
}

/** Pages of their own below those of the bar. */
const BELOW = [
  '#/course/data',
  '#/course/certificate',
  '#/learn/metastable',
  '#/learn/no-such',
  '#/code/17-bug-hunt-hit-rate',
  '#/quiz/no-such',
  '#/no-such',
];

for (const theme of ['light', 'dark'] as const)
  test(`nothing for axe to find on any page: ${theme}`, async ({ page }) => {
    test.setTimeout(180_000);
    // The usual mode opens a page of its own for each look, for frames of other origins. There are none.
    const look = async (what: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect.soft(found, what).toEqual([]);
    };
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`/?theme=${theme}&scenario=mmc&speed=1#/`);
    await page.getByRole('button', { name: 'Pause' }).first().click();
    await look('#/');
    for (const href of [...PAGES.map((one) => one.href), ...BELOW]) {
      if (href === '#/') continue;
      await open(page, href);
      if (href === '#/learn/metastable') {
        await page.getByText('The figure as a table').click();
        await expect(page.locator('[data-check]')).toBeVisible();
      }
      await look(href);
    }
    await open(page, '#/quiz/test');
    await look('a question');
    for (const key of ['a', 'c', 'c', 'c', 'b', 'b']) {
      await expect(page.getByRole('button', { name: 'Answer' })).toBeVisible();
      await page.keyboard.press(key);
      await page.keyboard.press('Enter');
      const next = page.getByRole('button', { name: /Next question|See the result/ });
      await expect(next).toBeFocused();
      if (key === 'a') await look('a wrong answer');
      await page.keyboard.press('Enter');
    }
    await expect(heading(page)).toHaveText('4 of 5 right: passed');
    await look('a result');
  });
