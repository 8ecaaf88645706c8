import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = [
  'hot-key',
  '--seed',
  '5',
  '--set',
  'stations.pool.servers=30',
  '--at',
  '00:01:00',
  'coalescing=on',
];

test('a run is a link and a file: settings and levers give the command line’s run, here and when the file is opened', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const inNode = JSON.parse(
    execFileSync(process.execPath, ['--import', 'tsx', 'engine/runner/cli/sim.ts', ...run, '--json'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    }),
  ) as { fingerprint: string; wallMs: number; requestsPerSecond: number };
  const { wallMs: _, requestsPerSecond: __, ...figures } = inNode;
  const address =
    '?scenario=hot-key&seed=5&speed=max&set=stations.pool.servers=30&at=00:01:00+coalescing=on&engine=0.9.0';
  await page.goto(`./${address}`);
  await expect(page.getByText('made with engine 0.9.0')).toBeVisible();
  const fingerprint = page.locator('.outcome dd.mono');
  await expect(fingerprint).toHaveText(inNode.fingerprint, { timeout: 60_000 });
  expect(new URL(page.url()).search).toBe(address);

  const share = page.getByRole('button', { name: 'Share', exact: true });
  await share.click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Run (JSON)' }).click(),
  ]);
  const file = {
    name: 'run.json',
    mimeType: 'application/json',
    buffer: readFileSync(await download.path()),
  };
  expect(JSON.parse(file.buffer.toString())).toMatchObject(figures);

  const field = page.getByLabel('A run in JSON');
  await field.setInputFiles({ ...file, buffer: Buffer.from('{"seed":5}') });
  await expect(page.getByRole('alert')).toContainText(
    'run.json: expected "format": "surge-lab-run", got {"seed":5}.',
  );
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(fingerprint).toHaveText(inNode.fingerprint);

  // Another seed, without the lever: the address follows, and comes back with the file.
  const seed = page.getByLabel('Seed of the run; another one restarts it');
  await seed.fill('6');
  await seed.press('Enter');
  await expect(page).toHaveURL(
    /\?scenario=hot-key&seed=6&speed=max&set=stations\.pool\.servers=30&engine=[\d.]+$/,
  );
  await share.click();
  await field.setInputFiles(file);
  await expect(page.getByText('The same run as in run.json, to the last bit')).toBeVisible({
    timeout: 60_000,
  });
  await expect(page).toHaveURL(/seed=5.*&at=00:01:00\+coalescing=on/);

  // It was kept.
  const kept = await page.evaluate(
    (id) =>
      new Promise((done) => {
        const open = indexedDB.open('surge-lab-progress');
        open.onsuccess = () => {
          const get = open.result.transaction('runs').objectStore('runs').get(id);
          get.onsuccess = () => done(get.result);
        };
      }),
    inNode.fingerprint,
  );
  expect(kept).toMatchObject({
    scenario: 'hot-key',
    seed: 5,
    pulls: [{ atS: 60, lever: 'coalescing', value: true }],
  });
});
