import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import type { YoursEnd } from '../../exercises/prime-day/yours.ts';
import { metaPolicy, securityHeaders } from '../setup/csp.mjs';
import { learnerProgram } from '../setup/learner-program.ts';
import { top } from '../setup/places.mjs';
import type {} from './fixtures/prime-day-harness.ts';

// The page with the runs alone, under the policy of the lab.
const files = new Map<string, string>();
let entry = '';
test.beforeAll(async () => {
  const built = (await build({
    configFile: false,
    root: top,
    base: './',
    logLevel: 'warn',
    plugins: [learnerProgram()],
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: false,
      rollupOptions: { input: join(top, 'lab/e2e/fixtures/prime-day-harness.ts') },
    },
  })) as Rolldown.RolldownOutput;
  for (const file of built.output) {
    files.set(file.fileName, file.type === 'chunk' ? file.code : String(file.source));
    if (file.type === 'chunk' && file.isEntry) entry = file.fileName;
  }
});

// Where an attack would carry its booty. It counts connections, whatever is said on them.
let arrived = 0;
let away = '';
const thief = createServer((_request, response) => response.end()).on('connection', () => (arrived += 1));
test.beforeAll(async () => {
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
  away = `127.0.0.1:${(thief.address() as AddressInfo).port}`;
});
test.afterAll(() => void thief.close());

const secret = 'page-secret-5120';
test.beforeEach(async ({ page }) => {
  arrived = 0;
  await page.route('**/prime-day/**', async (route) => {
    const name = new URL(route.request().url()).pathname.replace('/prime-day/', '');
    const headers = { ...securityHeaders };
    if (name === '')
      return route.fulfill({
        headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' },
        body:
          `<!doctype html><meta http-equiv="Content-Security-Policy" content="${metaPolicy}"><title>Prime Day</title>` +
          `<body><p>Here is the ${secret}.</p><script type="module" src="./${entry}"></script></body>`,
      });
    const body = files.get(name);
    if (body === undefined) return route.fulfill({ status: 404, headers, body: '' });
    return route.fulfill({ headers: { ...headers, 'Content-Type': 'text/javascript' }, body });
  });
  await page.goto('/prime-day/');
  await page.waitForFunction(() => 'primeDay' in window);
  await page.evaluate((value) => {
    localStorage.setItem('secret', value);
    document.cookie = `secret=${value}`;
  }, secret);
});

const yours = (page: Page, kind: 'eviction' | 'retry', source: string): Promise<YoursEnd> =>
  page.evaluate(([a, b]) => window.primeDay.yours(a, b, 1), [kind, source] as const);

/** It works, holds no frame any more, kept its secret, and nothing has left it. */
async function expectUnharmed(page: Page, end: YoursEnd): Promise<void> {
  expect(JSON.stringify(end)).not.toContain(secret);
  expect(arrived).toBe(0);
  expect(await page.locator('iframe').count()).toBe(0);
  expect(await page.evaluate(() => localStorage.getItem('secret'))).toBe(secret);
}

const attack = (name: string): string =>
  readFileSync(join(top, 'exercises/grader/attacks', name), 'utf8').replaceAll('away.test', away);
/** The attacks are written as a TtlCache; here an eviction policy calls one of its methods. */
const asEviction = (source: string, call: string): string => `${source}
export class Eviction {
  onInsert() { const cache = new TtlCache(); const got = ${call}; if (got !== undefined) throw new Error(JSON.stringify(got)); }
  onHit() {}
  onRemove() {}
  victim() { return 0; }
}`;

test('a million requests in the sandbox are, number for number, those of the worker beside it', async ({
  page,
}) => {
  const source = `export class Retry {
  next({ attempt }: { attempt: number }): number | undefined {
    return attempt <= 3 ? 0 : undefined;
  }
}`;
  const end = await yours(page, 'retry', source);
  if (end.kind !== 'report') throw new Error(JSON.stringify(end));
  const reference = await page.evaluate(() => window.primeDay.reference('retry', 'at-once', 1));
  expect(end.report.whole.requests).toBeGreaterThan(1_000_000);
  expect(end.report.calls).toBeGreaterThan(10_000);
  expect(end.report.fingerprint).toBe(reference.fingerprint);
  expect(end.report.series).toEqual(reference.series);
  await expectUnharmed(page, end);
});

test('what throws, and what gives no key, ends with a report that has its line', async ({ page }) => {
  const lines = (victim: string): string =>
    `export class Eviction {\n  onInsert() {}\n  onHit() {}\n  onRemove() {}\n  victim(): unknown {\n    ${victim}\n  }\n}`;
  const threw = await yours(page, 'eviction', lines('return (null as any).key;'));
  expect(threw).toMatchObject({
    kind: 'fault',
    line: 6,
    fault: { call: 'victim()', got: expect.stringContaining('TypeError') },
  });
  const gave = await yours(page, 'eviction', lines('return NaN;'));
  expect(gave).toMatchObject({
    kind: 'fault',
    message: 'victim(): expected one of the 10000 keys that are held, got NaN.',
  });
  const syntax = await yours(page, 'eviction', 'let a = 1;\nlet a = 2;');
  expect(syntax).toMatchObject({ kind: 'error', line: 2 });
  const chance = await yours(page, 'eviction', lines('return Math.random();'));
  expect(chance).toMatchObject({
    kind: 'fault',
    fault: { got: expect.stringContaining('Math.random is not there') },
  });
});

test('network and storage are not there', async ({ page }) => {
  const network = await yours(page, 'eviction', asEviction(attack('network.js'), 'cache.get()'));
  expect(network).toMatchObject({
    kind: 'fault',
    fault: { got: expect.stringContaining('without a network') },
  });
  await expectUnharmed(page, network);
  const storage = await yours(page, 'eviction', asEviction(attack('storage.js'), 'cache.get()'));
  expect(storage.kind).toBe('fault');
  await expectUnharmed(page, storage);
});

test('an endless loop, and one that allocates, are ended', async ({ page }) => {
  for (const name of ['loop-in-method.js', 'loop-at-load.js', 'allocation-bomb.js']) {
    const end = await yours(page, 'eviction', asEviction(attack(name), "cache.set('a', 'A', 0)"));
    expect(['timeout', 'memory'], name).toContain(end.kind);
    await expectUnharmed(page, end);
  }
});

test('what is slow is ended at its limit, and says how far it got', async ({ page }) => {
  const source = `export class Eviction {
  private keys: number[] = [];
  onInsert(key: number) { this.keys.push(key); }
  onHit(key: number) { for (let i = 0; i < 20; i++) this.keys.sort(); }
  onRemove(key: number) { this.keys = this.keys.filter((one) => one !== key); }
  victim() { return this.keys[0]; }
}`;
  const end = await page.evaluate(
    (text) => window.primeDay.yours('eviction', text, 1, { totalMs: 3000 }),
    source,
  );
  expect(end).toMatchObject({
    kind: 'timeout',
    message: expect.stringMatching(/ended after 3 s: \d+ % of the run/),
  });
  await expectUnharmed(page, end);
});
