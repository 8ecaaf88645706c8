import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { writeWorker } from '../setup/offline.ts';
import { dist } from '../setup/places.mjs';
import { serve } from '../setup/server.mjs';

/** A copy of the site with a server of its own, which a test may change and stop. */
interface Site {
  folder: string;
  address: string;
  stop(): Promise<void>;
}

const test = base.extend<{ site: Site }>({
  storageState: { cookies: [], origins: [] }, // nothing is switched off here
  site: async ({ browserName: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'surge-lab-offline-'));
    cpSync(dist, folder, { recursive: true });
    const { server, address } = await serve({ folder, port: 4310 });
    const stop = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    await use({ folder, address, stop });
    await stop();
    rmSync(folder, { recursive: true });
  },
});
test.setTimeout(120_000);

const state = (page: Page) => page.locator('[data-offline]');
const editor = (page: Page) => page.locator('[data-editor] .cm-content');

async function visit(page: Page, { address }: Site): Promise<void> {
  await page.goto(`${address}?scenario=mmc&seed=3&speed=max`);
  await expect(state(page)).toHaveText('Offline ready', { timeout: 60_000 });
}

test('after one visit the lab, the editor with its compiler and the encoder work without a server', async ({
  page,
  context,
  site,
}) => {
  await visit(page, site);
  const fingerprint = page.locator('.outcome dd.mono');
  await expect(fingerprint).toHaveText(/^[0-9a-f]{16}$/, { timeout: 60_000 });
  const online = await fingerprint.textContent();
  await site.stop();
  await context.setOffline(true);

  await page.reload();
  await expect(fingerprint).toHaveText(online ?? '', { timeout: 60_000 });
  await page.goto(`${site.address}#/code/01-ttl-cache`);
  await editor(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText("const n: number = 'text';");
  await expect(page.locator('.cm-lintRange-error').first()).toBeVisible({ timeout: 30_000 });
  const loaded = await page.evaluate(async () => {
    const urls = (
      await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    )
      .flat()
      .map(({ url }) => url)
      .filter((url) => /\.(wasm|onnx)$/.test(url));
    const answers = await Promise.all(urls.map((url) => fetch(url)));
    return answers.filter(({ ok }) => ok).length;
  });
  expect(loaded).toBe(2);
  await page.goto(`${site.address}#/context`);
  await expect(page.locator('[data-run="done"]')).toBeAttached({ timeout: 30_000 });
});

test('a new version waits for the learner, and a draft outlives it', async ({ page, site }) => {
  await visit(page, site);
  const file = join(site.folder, 'index.html');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('<head>', '<head><meta name="build" content="second">'),
  );
  await writeWorker(site.folder);
  await page.goto(`${site.address}#/code/01-ttl-cache`);
  await page.reload();
  await expect(page.locator('.news')).toContainText('A new version is ready', { timeout: 30_000 });
  await expect(page.locator('meta[name="build"]')).toHaveCount(0);

  await editor(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('// not lost');
  await page.getByRole('button', { name: 'Use it now' }).click(); // within the pause after which a draft is kept
  await expect(page.locator('meta[name="build"]')).toHaveCount(1, { timeout: 30_000 });
  await expect(editor(page)).toHaveText('// not lost');
  await expect(page.locator('.news')).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => caches.keys().then(({ length }) => length))).toBe(1);
});

test('a full storage is told and the lab goes on; what is stored can be removed', async ({
  page,
  context,
  site,
}) => {
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(site.address).origin,
    quotaSize: 4e6,
  });
  await page.goto(site.address);
  await expect(state(page)).toHaveText('Storage full', { timeout: 60_000 });
  await state(page).click();
  const panel = page.locator('#offline-panel');
  await expect(panel).toContainText('The browser has no more room');
  await expect(page.locator('h1').first()).toBeVisible();
  await panel.getByRole('button', { name: 'Remove what is stored' }).click();
  await panel.getByRole('button', { name: 'Remove it now' }).click();
  await expect(state(page)).toHaveText('Not stored');
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});
