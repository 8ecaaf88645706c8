import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import { metaPolicy, securityHeaders } from '../setup/csp.mjs';
import { top } from '../setup/places.mjs';
import type { Graded } from './fixtures/grader-harness.ts';

// The page with the grader alone, under the policy of the lab. Built once: the attacks need no server of their own.
const files = new Map<string, string>();
let entry = '';
test.beforeAll(async () => {
  const built = (await build({
    configFile: false,
    root: top,
    base: './',
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: false,
      rollupOptions: { input: join(top, 'lab/e2e/fixtures/grader-harness.ts') },
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

const secret = 'page-secret-7391';

test.beforeEach(async ({ page }) => {
  arrived = 0;
  await page.route('**/grader/**', async (route) => {
    const name = new URL(route.request().url()).pathname.replace('/grader/', '');
    const headers = { ...securityHeaders };
    if (name === '')
      return route.fulfill({
        headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' },
        body:
          `<!doctype html><meta http-equiv="Content-Security-Policy" content="${metaPolicy}"><title>Grader</title>` +
          `<body><p>Here is the ${secret}.</p><script type="module" src="./${entry}"></script></body>`,
      });
    const body = files.get(name);
    if (body === undefined) return route.fulfill({ status: 404, headers, body: '' });
    return route.fulfill({ headers: { ...headers, 'Content-Type': 'text/javascript' }, body });
  });
  await page.goto('/grader/');
  await page.waitForFunction(() => 'grader' in window);
  await page.evaluate((value) => {
    // Errors of the page itself; Playwright's pageerror has those of the sandbox, too.
    const complaints: string[] = [];
    addEventListener('error', (event) => complaints.push(event.message));
    addEventListener('unhandledrejection', (event) => complaints.push(String(event.reason)));
    Object.assign(window, { complaints });
    localStorage.setItem('secret', value);
    sessionStorage.setItem('secret', value);
    document.cookie = `secret=${value}`;
    indexedDB.open(value);
    void caches.open(value);
    const channel = new BroadcastChannel('secret');
    setInterval(() => channel.postMessage(value), 50);
  }, secret);
});

const grade = (page: Page, id: string, source: string, seed = 1): Promise<Graded> =>
  page.evaluate(([a, b, c]) => window.grader.grade(a, b, c), [id, source, seed] as const);

/** The page is as it was: it works, holds no frame any more, kept its secret, and nothing has left it. */
async function expectUnharmed(page: Page, text: string): Promise<void> {
  expect(text).not.toContain(secret);
  expect(await page.evaluate(() => (window as unknown as { complaints: string[] }).complaints)).toEqual([]);
  expect(arrived).toBe(0);
  expect(await page.locator('iframe').count()).toBe(0);
  expect(await page.evaluate(() => localStorage.getItem('secret'))).toBe(secret);
  expect(await page.evaluate(() => [1, 2].map((n) => n + 1).join())).toBe('2,3');
}

const exercises = join(top, 'exercises');
const fileOf = (id: string, name: string) => readFileSync(join(exercises, id, name), 'utf8');
const ids = readdirSync(exercises).filter((name) => /^\d\d-/.test(name));

// contents.test.ts tries every file of every exercise, without a sandbox.
for (const id of ids)
  test(`${id}: the reference passes, a wrong solution does not`, async ({ page }) => {
    const right = await grade(page, id, fileOf(id, 'reference.ts'));
    expect(right.verdict.kind, right.text).toBe('passed');
    const [wrong] = readdirSync(join(exercises, id, 'wrong'));
    const source = fileOf(id, join('wrong', wrong));
    const bad = await grade(page, id, source);
    expect(bad.verdict.kind, bad.text).toBe('failed');
    expect(bad.text).toContain(/Says: (.*)/.exec(source)?.[1].trim());
    await expectUnharmed(page, right.text + bad.text);
  });

test('the same seed asks the same sequences and finds the same counterexample', async ({ page }) => {
  const source = fileOf('01-ttl-cache', 'wrong/first-in-first-out.ts');
  const [a, b, c] = [
    await grade(page, '01-ttl-cache', source, 7),
    await grade(page, '01-ttl-cache', source, 7),
    await grade(page, '01-ttl-cache', source, 8),
  ];
  expect(a.verdict.checks).toEqual(b.verdict.checks);
  expect(a.verdict.checks).not.toEqual(c.verdict.checks);
});

test('what cannot be read, and what throws, is told with its line', async ({ page }) => {
  const told = async (source: string) => (await grade(page, '01-ttl-cache', source)).verdict;
  expect(await told('export class TtlCache {\n  get( {\n}')).toMatchObject({ kind: 'error', line: 3 });
  // sucrase lets it pass; the browser does not.
  expect(await told('\n\nlet a = 1;\nlet a = 2;\nexport class TtlCache {}')).toMatchObject({
    kind: 'error',
    line: 4,
  });
  expect(await told('\nnull.x;\nexport class TtlCache {}')).toMatchObject({ kind: 'error', line: 2 });
  expect(await told('export class TtlCach {}')).toMatchObject({
    kind: 'error',
    message: expect.stringContaining('Did you mean TtlCach to be TtlCache?'),
  });
  expect(await told("\nimport fs from 'fs';\nexport class TtlCache { x = fs }")).toMatchObject({
    kind: 'error',
    message: expect.stringContaining('nothing to import here'),
    line: 2,
  });
});

test('the console comes along, in order', async ({ page }) => {
  const source = fileOf('01-ttl-cache', 'starter.ts');
  const { verdict } = await grade(
    page,
    '01-ttl-cache',
    `console.warn({ loaded: [1n, undefined] });\n${source}`,
  );
  expect(verdict.console.slice(0, 2)).toEqual([
    { level: 'warn', text: '{ loaded: [1n, undefined] }' },
    { level: 'log', text: expect.stringMatching(/^(get|set) /) },
  ]);
});

const folder = join(exercises, 'grader/attacks');
const attacks = ['', 'takeover'].flatMap((part) =>
  readdirSync(join(folder, part))
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ name: join(part, name), takeover: part !== '' })),
);

/**
 * Breaks out of the function that the learner's code is put into. Of the two readers of this text only the browser knows the comment that
 * starts with `<!--`, so what sucrase takes for a comment is code to it. As a function of the whole program it stands before our part runs.
 */
const breakOut = (payload: string) => `exports.TtlCache = class { get() {} set() {} size() { return 0; } };
let x = 1, y = 1;
x <!-- /*
});
function addEventListener(type, listener) {
  if (type !== 'message') return;
  const listen = (one) => EventTarget.prototype.addEventListener.call(globalThis, 'message', one);
  (${payload})({ root: globalThis, listen, pass: () => listen(listener), post: globalThis.postMessage.bind(globalThis) });
}
(function () {
<!-- */ y;
`;

test('the place to carry things to can be reached, if nothing stops it', async ({ page }) => {
  await page.goto(`http://${away}/`);
  expect(arrived).toBeGreaterThan(0);
});

for (const { name, takeover } of attacks) {
  const read = readFileSync(join(folder, name), 'utf8');
  const header = (key: string) => new RegExp(`^// ${key}: (.*)$`, 'm').exec(read)?.[1];
  test(`attack ${name}: ${header('Attack')}`, async ({ page }) => {
    const text = read.replaceAll('away.test', away);
    const body = text.replace(/^\/\/ .*\n/gm, '').trim();
    const source = takeover ? breakOut(body.replace('export default ', '')) : text;
    const { verdict, text: told } = await grade(page, header('Exercise') ?? '01-ttl-cache', source);
    expect(header('Ends')?.split(' '), told).toContain(verdict.kind);
    expect(told).toContain(header('Says') ?? '');
    await expectUnharmed(page, told + JSON.stringify(verdict.console));
    const after = await grade(page, '01-ttl-cache', '');
    expect(after.text, 'the next run is as any other').toContain('Your file exports nothing');
  });
}
