import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { top } from './places.mjs';

const eslint = new ESLint({ cwd: top });
const guarded = /^(house\/|no-restricted-)/;

/** The rules of the house that `code` breaks when it stands in `file`. */
async function broken(file: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath: `${top}/${file}` });
  const messages = results.flatMap((result) => result.messages);
  const fatal = messages.find((message) => message.fatal || !message.ruleId);
  if (fatal) throw new Error(`${file} was not linted: ${fatal.message}`);
  return messages.map((message) => String(message.ruleId)).filter((rule) => guarded.test(rule));
}

const use = (from: string) => `import { thing } from '${from}';\nthing();\n`;

describe('a wall stops', () => {
  test.each([
    ['engine/core/a.ts', '../cache/b.ts'],
    ['engine/core/a.ts', '../simulation/b.ts'],
    ['engine/cache/a.ts', '../cost/b.ts'],
    ['engine/cache/eviction/a.ts', '../../latency/b.ts'],
    ['engine/cache/a.ts', '../simulation/b.ts'],
    ['engine/cache/a.ts', './../../engine/cost/b.ts'],
    ['engine/cost/a.ts', '../latency/b.ts'],
    ['engine/cost/a.ts', '../simulation/b.ts'],
    ['engine/latency/a.ts', '../cache/b.ts'],
    ['engine/latency/a.ts', '../simulation/b.ts'],
    ['engine/simulation/a.ts', '../scenarios/b.ts'],
    ['engine/simulation/a.ts', '../runner/b.ts'],
    ['engine/scenarios/a.ts', '../simulation/b.ts'],
    ['engine/scenarios/a.ts', '../cache/b.ts'],
    ['engine/tuning/a.ts', '../runner/b.ts'],
    ['engine/tuning/a.ts', '../live/b.ts'],
    ['engine/live/a.ts', '../tuning/b.ts'],
    ['engine/attic/a.ts', '../core/b.ts'],
    ['engine/core/a.ts', '../../lab/b.ts'],
    ['engine/runner/a.ts', '../../lab/b.ts'],
    ['engine/runner/a.ts', '../../quiz/b.ts'],
    ['engine/runner/a.ts', '../../lab/setup/b.mjs'],
    ['engine/runner/cli/a.ts', '../../../lab/stores/b.ts'],
    ['engine/runner/a.test.ts', '../../exercises/b.ts'],
    ['engine/runner/a.ts', 'svelte'],
    ['engine/runner/a.ts', 'svelte/store'],
    ['engine/runner/a.ts', 'uplot'],
    ['engine/cache/a.ts', 'node:fs'],
    ['engine/cache/a.ts', 'fs/promises'],
    ['engine/runner/worker.ts', 'node:fs'],
    ['quiz/a.ts', '../exercises/b.ts'],
    ['quiz/a.ts', '../lab/b.ts'],
    ['quiz/a.test.ts', '../exercises/b.ts'],
    ['exercises/01-x/a.ts', '../../quiz/b.ts'],
    ['exercises/grader/a.ts', '../../lab/b.ts'],
    ['lab/a.ts', '../engine/runner/cli/sim.ts'],
  ])('%s → %s', async (file, from) => {
    expect(await broken(file, use(from))).toEqual(['house/walls']);
  });

  test.each([
    ['export', `export { thing } from '../cost/b.ts';\n`],
    ['export of all', `export * from '../cost/b.ts';\n`],
    ['type', `import type { Thing } from '../cost/b.ts';\nexport const x: Thing = 1;\n`],
    ['type in place', `export type X = import('../cost/b.ts').Thing;\n`],
    ['later import', `export const x = import('../cost/b.ts');\n`],
    ['worker', `export const x = new Worker(new URL('../cost/b.ts', import.meta.url));\n`],
    ['query', `import x from '../cost/b.ts?worker';\nx();\n`],
  ])('every form of import: %s', async (_form, code) => {
    expect(await broken('engine/cache/a.ts', code)).toEqual(['house/walls']);
  });

  test('an import in a component', async () => {
    const code = `<script lang="ts">\n  import { thing } from '../../engine/runner/cli/sim.ts';\n  thing();\n</script>\n`;
    expect(await broken('lab/components/A.svelte', code)).toEqual(['house/walls']);
  });
});

describe('a door lets through', () => {
  test.each([
    ['engine/core/a.ts', './b.ts'],
    ['engine/core/a.ts', 'valibot'],
    ['engine/cache/flow/a.ts', '../../core/b.ts'],
    ['engine/cache/flow/a.ts', '../eviction/b.ts'],
    ['engine/cost/a.ts', '../core/b.ts'],
    ['engine/latency/context/a.ts', '../../core/b.ts'],
    ['engine/simulation/a.ts', '../cache/b.ts'],
    ['engine/simulation/a.ts', '../cost/b.ts'],
    ['engine/simulation/a.ts', '../latency/b.ts'],
    ['engine/scenarios/a.ts', '../core/b.ts'],
    ['engine/tuning/a.ts', '../scenarios/b.ts'],
    ['engine/live/a.ts', '../simulation/b.ts'],
    ['engine/runner/worker.ts', '../simulation/b.ts'],
    ['engine/runner/worker.ts', 'comlink'],
    ['engine/runner/cli/sim.ts', 'node:fs'],
    ['engine/runner/cli/sim.ts', '../../scenarios/b.ts'],
    ['engine/runner/cli/bench/a.ts', '../../../../lab/setup/b.mjs'],
    ['engine/cache/tiers/redis.node.ts', 'node:net'],
    ['engine/cache/a.test.ts', 'node:fs'],
    ['engine/cache/a.test.ts', '../simulation/b.ts'],
    ['quiz/a.ts', '../engine/simulation/b.ts'],
    ['exercises/01-x/a.ts', '../../engine/cache/b.ts'],
    ['lab/a.ts', '../engine/runner/protocol.ts'],
    ['lab/a.ts', '../exercises/catalogue.ts'],
    ['lab/routes/a.ts', '../../quiz/grading.ts'],
    ['lab/routes/a.ts', 'svelte'],
  ])('%s → %s', async (file, from) => {
    expect(await broken(file, use(from))).toEqual([]);
  });

  test('types of the simulation, into scenarios', async () => {
    const code = `import type { Thing } from '../simulation/scenario.ts';\nexport const x: Thing = 1;\n`;
    expect(await broken('engine/scenarios/a.ts', code)).toEqual([]);
  });
});

describe('clocks, chance and inexact mathematics', () => {
  const forbidden: [string, string][] = [
    ['Date.now()', 'no-restricted-properties'],
    ['new Date()', 'no-restricted-syntax'],
    ['Math.random()', 'no-restricted-properties'],
    ['performance.now()', 'no-restricted-properties'],
    ['setTimeout(f, 1)', 'no-restricted-globals'],
    ['setInterval(f, 1)', 'no-restricted-globals'],
    ['Math.log(2)', 'no-restricted-properties'],
    ['Math.exp(2)', 'no-restricted-properties'],
    ['Math.pow(2, 3)', 'no-restricted-properties'],
    ['Math.sin(2)', 'no-restricted-properties'],
    ['Math.cos(2)', 'no-restricted-properties'],
    ['Math.tan(2)', 'no-restricted-properties'],
    ['2 ** 3', 'no-restricted-syntax'],
  ];
  const code = (expression: string) => `declare const f: () => void;\nexport const x = [f, ${expression}];\n`;

  for (const room of ['core', 'cache', 'cost', 'latency', 'simulation', 'scenarios']) {
    test.each(forbidden)(`not in engine/${room}: %s`, async (expression, rule) => {
      expect(await broken(`engine/${room}/a.ts`, code(expression))).toEqual([rule]);
    });
  }

  test.each(['engine/runner/a.ts', 'engine/live/a.ts', 'lab/a.ts'])('all in %s', async (file) => {
    for (const [expression] of forbidden) expect(await broken(file, code(expression))).toEqual([]);
  });

  test('a test may compare with Math.log, but not draw lots', async () => {
    expect(await broken('engine/core/a.test.ts', code('Math.log(2)'))).toEqual([]);
    expect(await broken('engine/core/a.test.ts', code('Math.random()'))).toEqual([
      'no-restricted-properties',
    ]);
  });

  test('what is exact stays allowed', async () => {
    expect(await broken('engine/core/a.ts', code('Math.sqrt(2), new Date(0), Math.imul(2, 3)'))).toEqual([]);
  });
});

test('a style attribute, which the policy of the page would block, is found', async () => {
  expect(await broken('lab/A.svelte', '<p style="color: red">x</p>\n')).toEqual(['no-restricted-syntax']);
  expect(await broken('lab/A.svelte', '<p style:color="red">x</p>\n')).toEqual([]);
});
