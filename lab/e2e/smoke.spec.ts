import { expect, test } from '@playwright/test';

test('the page loads without an error and without a breach of its policy', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} stops ${event.blockedURI}`);
    });
  });

  await page.goto('/');
  await expect(page.locator('h1').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle');
  expect(complaints).toEqual([]);
});

test('the policy comes with the page and with the answer', async ({ page }) => {
  const answer = await page.goto('/');
  const header = (await answer?.headerValue('content-security-policy')) ?? '';
  expect(header).toContain("default-src 'none'");
  expect(header).toContain("frame-ancestors 'none'");
  expect(await answer?.headerValue('x-content-type-options')).toBe('nosniff');
  const meta = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(header.startsWith(`${meta}; `)).toBe(true);

  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
    return 'ran' in window;
  });
  expect(ran, 'the policy stops a script written into the page').toBe(false);
});

test('the fonts of the lab are there', async ({ page }) => {
  await page.goto('/');
  const loaded = await page.evaluate(async () => {
    const wanted = [
      '16px "Inter SL"',
      '16px "Source Serif SL"',
      'italic 16px "Source Serif SL"',
      '16px "JetBrains Mono SL"',
    ];
    const counts = await Promise.all(wanted.map((font) => document.fonts.load(font, 'a≤λ')));
    return counts.map((faces) => faces.length);
  });
  // Inter has all three characters in one file; the others take them from three.
  expect(loaded).toEqual([1, 3, 3, 3]);
});
