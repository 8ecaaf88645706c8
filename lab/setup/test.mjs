/**
 * `npm test`: every check there is, from a fresh clone. The last line is the sum.
 *
 *   npm test
 *   npm test -- --only=unit,e2e     some steps: format, lint, types, unit, build, e2e
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureChromium } from './browser.mjs';
import { build, ensureBuild } from './build.mjs';
import { addCounts, countOfStep, countsOfPlaywright, countsOfVitest, sumLine } from './counts.mjs';
import { ensurePackages, requireNode, run, tool } from './packages.mjs';
import { cache } from './places.mjs';
import { ensureRedisServer } from './redis-server.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */

requireNode();

const types = ['engine', 'engine-worker', 'node', 'learner', 'tests'].map(
  (name) => `lab/setup/types/${name}.json`,
);

/** @type {Record<string, { title: string, run: () => Promise<Counts> }>} in the order in which they run */
const steps = {
  format: { title: 'Format (prettier)', run: async () => countOfStep(await run(...tools.prettier)) },
  lint: {
    title: 'Lint (eslint, the walls of the house)',
    run: async () => countOfStep(await run(...tools.eslint)),
  },
  types: { title: 'Types (tsc, svelte-check)', run: checkTypes },
  unit: { title: 'Unit and property tests (vitest)', run: unitTests },
  build: { title: 'Build (vite)', run: async () => countOfStep(await build()) },
  e2e: { title: 'Browser tests (playwright)', run: browserTests },
};

const tools = {
  prettier: tool(
    'prettier/bin/prettier.cjs',
    '--check',
    '--log-level=warn',
    '**/*.{ts,js,mjs,json,svelte,css,html}',
  ),
  eslint: tool('eslint/bin/eslint.js', '--max-warnings=0', '.'),
};

const wanted = readOptions();
await ensurePackages();
mkdirSync(cache, { recursive: true });

/** Steps that need one core each, write nothing and print only what is wrong: they run side by side, and are told in their order. */
const sideBySide = ['format', 'lint', 'types'].filter((name) => wanted.includes(name));
/** @type {Map<string, Promise<Counts>>} */
const begun = new Map(sideBySide.map((name) => [name, ended(name)]));

/** @type {Counts} */
let total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const summary = [];
for (const [name, step] of Object.entries(steps)) {
  if (!wanted.includes(name)) continue;
  console.log(`\n── ${step.title}`);
  const started = performance.now();
  const counts = await (begun.get(name) ?? ended(name));
  total = addCounts(total, counts);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const line = `${counts.failed ? '✗' : '✓'} ${name.padEnd(7)} ${sumLine(counts)} (${seconds} s)`;
  summary.push(line);
  console.log(line);
}

console.log(`\n${summary.join('\n')}\n`);
console.log(sumLine(total));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/** @param {string} name */
function ended(name) {
  return steps[name].run().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return countOfStep(1);
  });
}

async function checkTypes() {
  const compiler = await run(...tool('typescript/bin/tsc', '-b', ...types));
  const components = await run(
    ...tool('svelte-check/bin/svelte-check', '--tsconfig', 'lab/setup/types/lab.json', '--fail-on-warnings'),
  );
  return countOfStep(compiler || components);
}

async function unitTests() {
  const report = join(cache, 'vitest.json');
  rmSync(report, { force: true });
  const redis = ensureRedisServer();
  if (redis) console.log(`Redis: ${redis}`);
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(...tool('vitest/vitest.mjs', ...args), redis ? { REDIS_SERVER: redis } : {});
  return countsOfVitest(readReport(report), code);
}

async function browserTests() {
  const report = join(cache, 'playwright.json');
  rmSync(report, { force: true });
  if (!wanted.includes('build')) await ensureBuild();
  const browser = await ensureChromium();
  console.log(`Browser: ${browser}`);
  const code = await run(
    ...tool('@playwright/test/cli.js', 'test', '--config', 'lab/e2e/playwright.config.ts'),
    { CHROME_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  );
  return countsOfPlaywright(readReport(report), code);
}

/** @param {string} file */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function readOptions() {
  const names = Object.keys(steps);
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const only = values.only?.split(',').map((name) => name.trim()) ?? names;
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`--only knows no step "${unknown.join(', ')}". The steps are: ${names.join(', ')}.`);
    process.exit(1);
  }
  return only;
}
