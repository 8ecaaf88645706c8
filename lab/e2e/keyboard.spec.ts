import { expect, test, type Page } from '@playwright/test';

/** As much room as a screen of 1440 × 900 has at 200 %. */
test.use({ viewport: { width: 720, height: 450 } });

const skip = (page: Page) => page.getByRole('link', { name: 'Skip to content' });

/** Tabs once around. @returns how many places took the focus, and those that could not be seen with it */
async function around(page: Page): Promise<{ stops: number; unseen: string[] }> {
  const unseen: string[] = [];
  let stops = 0;
  await page.keyboard.press('Tab');
  await expect(skip(page)).toBeFocused();
  for (;;) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const focused = document.activeElement!;
      const { width, height, top, bottom, left, right } = focused.getBoundingClientRect();
      // A radio of a row of choices is drawn by its label.
      const box = focused.closest('label')?.getBoundingClientRect() ?? {
        width,
        height,
        top,
        bottom,
        left,
        right,
      };
      return {
        isBrowser: focused === document.body,
        isFirst: focused.matches('.skip'),
        isSeen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        html: focused.outerHTML.slice(0, 120),
      };
    });
    if (at.isBrowser || at.isFirst) return { stops, unseen };
    stops += 1;
    expect(stops, at.html).toBeLessThan(250);
    if (!at.isSeen) unseen.push(at.html);
  }
}

test('at 200 %: nothing holds the focus, all that has it is seen, and nothing is beside the screen', async ({
  page,
}) => {
  test.slow(); // four pages, each tabbed through
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const [hash, ready] of [
    ['#/', 'main'],
    ['#/quiz/test', 'main form'],
    ['#/code/01-ttl-cache', 'main h1'],
    ['#/learn/metastable', '[data-figure]'],
  ] as const) {
    await page.goto(`/?scenario=mmc&speed=1${hash}`);
    await expect(page.locator(ready).first()).toBeVisible();
    // Another fragment is no new page, and leaves the focus on its heading: here it begins at the browser.
    if (hash !== '#/') await page.reload();
    await expect(page.locator(ready).first()).toBeVisible();
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0], hash).toBe(widths[1]);
    const moving = await page.evaluate(() => document.getAnimations().length);
    expect(moving, hash).toBe(0);
    const { stops, unseen } = await around(page);
    expect(stops, hash).toBeGreaterThan(8);
    expect(unseen, hash).toEqual([]);
  }
});
