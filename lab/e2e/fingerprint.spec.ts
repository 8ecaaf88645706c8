import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What Node makes of the same run. */
function inNode(scenario: string, seed: number): { fingerprint: string; requests: number } {
  const args = ['--import', 'tsx', 'engine/runner/cli/sim.ts', scenario, '--seed', String(seed), '--json'];
  return JSON.parse(
    execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 }),
  );
}

for (const [scenario, seed] of [
  ['prime-day', 7],
  ['prime-day', 4217],
  ['mmc', 3],
] as const)
  test(`${scenario}, seed ${seed}: the browser's run has the fingerprint of Node's`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.goto(`./?scenario=${scenario}&seed=${seed}&speed=max`);
    const fingerprint = page.locator('.outcome dd.mono');
    await expect(fingerprint).toHaveText(/^[0-9a-f]{16}$/, { timeout: 90_000 });
    expect(await fingerprint.textContent()).toBe(inNode(scenario, seed).fingerprint);
  });
