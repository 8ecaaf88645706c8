import { createServer } from 'node:net';
import { defineConfig, devices } from '@playwright/test';
import { chromiumFlags, findChromium } from '../setup/browser.mjs';
import { top } from '../setup/places.mjs';

// Playwright reads this file once more in each worker, which inherits the variable and so the port.
const port = (process.env['SURGE_LAB_TEST_PORT'] ??= String(await freePort()));
const baseURL = `http://127.0.0.1:${port}/`;
const chromium = await findChromium();
const notStored = {
  origin: new URL(baseURL).origin,
  localStorage: [{ name: 'surge-lab.offline', value: 'off' }],
};

export default defineConfig({
  testDir: '.',
  outputDir: `${top}/test-results`,
  snapshotPathTemplate: `${top}/docs/pictures/{arg}{ext}`,
  // Files side by side: most of a test's time is waiting, and no test asserts a time.
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  // The JSON goes where PLAYWRIGHT_JSON_OUTPUT_FILE says; without it nobody wants it.
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : [['list']],
  // The lab stores itself for offline use; only offline.spec.ts wants that. Playwright's own way to stop service workers complains on the
  // page's console, which tests listen to.
  use: { baseURL, trace: 'retain-on-failure', storageState: { cookies: [], origins: [notStored] } },
  webServer: {
    command: `node lab/setup/serve.mjs ${port}`,
    cwd: top,
    url: baseURL,
    reuseExistingServer: false,
  },
  // One more browser is one more line: { name: 'firefox', use: devices['Desktop Firefox'] }
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        viewport: { width: 1440, height: 900 },
        launchOptions: { args: chromiumFlags, ...(chromium ? { executablePath: chromium } : {}) },
      },
    },
  ],
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
