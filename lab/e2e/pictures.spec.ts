import { expect, test, type Page } from '@playwright/test';
import { PAGES } from '../stores/route.ts';

/**
 * Every page as it looks, against the pictures in docs/pictures. They are made by Debian's Chromium; another system draws letters and
 * lines a little differently, so there they are not compared. `npm run pictures` makes them anew after a change that is meant.
 */
test.skip(process.platform !== 'linux', 'The pictures were made on Linux.');
test.describe.configure({ mode: 'parallel' });

/** Share of the points that may be another: the edge of a letter, a time that was taken. A line of words that wraps elsewhere is more. */
const TOLERANCE = 0.002;

/** A day of the course, so that no date and no price of the night gets into a picture. */
const NOON = new Date('2026-06-01T12:00:00Z');

/** Pages of their own below those of the bar, by the name of their picture. */
const BELOW: readonly [name: string, href: string][] = [
  ['course-data', '#/course/data'],
  ['course-certificate', '#/course/certificate'],
  ['learn-metastable', '#/learn/metastable'],
  ['exercise', '#/code/01-ttl-cache'],
  ['question', '#/quiz/test'],
  ['not-found', '#/no-such'],
];

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

/** Goes there without a reload, and waits until there is nothing left to come. */
async function open(page: Page, href: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), href);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByText(/Loading|Computing|Simulating|^par …$/)).toHaveCount(0, { timeout: 30_000 });
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 30_000 });
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    scrollTo(0, 0);
  });
}

for (const theme of ['light', 'dark'] as const)
  for (const size of SIZES)
    test(`looks as in the pictures: ${theme}, ${size.width}`, async ({ page }) => {
      test.setTimeout(240_000);
      const look = (name: string): Promise<void> =>
        expect.soft(page).toHaveScreenshot(`${name}-${theme}-${size.width}.png`, {
          animations: 'disabled',
          maxDiffPixelRatio: TOLERANCE,
        });
      await page.clock.setFixedTime(NOON);
      await page.setViewportSize(size);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(`/?theme=${theme}&scenario=prime-day&seed=7&speed=max#/`);
      await expect(page.getByRole('heading', { name: 'What came out' })).toBeVisible({ timeout: 60_000 });
      await look('lab');
      for (const { name, href } of PAGES) {
        if (href === '#/') continue;
        await open(page, href);
        // Its quickest check runs by itself.
        if (name === 'trust')
          await expect(page.getByRole('button', { name: /^Run all/ })).toBeVisible({ timeout: 30_000 });
        await look(name);
      }
      for (const [name, href] of BELOW) {
        await open(page, href);
        await look(name);
      }
    });
