import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { fonts } from './lab/fonts/plugin.ts';
import { faces } from './lab/fonts/recipe.ts';
import { courseFacts } from './lab/setup/course-facts.ts';
import { metaPolicy } from './lab/setup/csp.mjs';
import { weightsPackage } from './lab/setup/encoder/assets.mjs';
import { encoder } from './lab/setup/encoder/plugin.ts';
import { figureStills } from './lab/setup/figure-stills.ts';
import { learnerProgram } from './lab/setup/learner-program.ts';
import { licences } from './lab/setup/licences.ts';
import { LongFilesFirst } from './lab/setup/long-files-first.ts';
import { markdown } from './lab/setup/markdown.ts';
import { offline } from './lab/setup/offline.ts';

const top = fileURLToPath(new URL('.', import.meta.url));
const underTest = Boolean(process.env['VITEST']);
/** Tests outside of lab/ that give Node what only browsers have. */
const withBrowserGlobals = ['engine/cache/tiers/indexeddb.test.ts'];

/** In the built page only: the development server puts styles and its client into the page itself. */
const contentSecurityPolicy: Plugin = {
  name: 'surge-lab:csp',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy },
      injectTo: 'head-prepend',
    },
  ],
};

const fontPackages = faces.map(({ source }) =>
  source
    .split('/')
    .slice(0, source.startsWith('@') ? 2 : 1)
    .join('/'),
);
const licence = licences([...fontPackages, weightsPackage]);

export default defineConfig({
  // The page lives in lab/; the tests stand beside the code, all over the tree.
  root: underTest ? top : `${top}lab`,
  base: './',
  plugins: [
    svelte({ configFile: false }),
    markdown(),
    figureStills(),
    courseFacts(),
    learnerProgram(),
    ...(underTest ? [] : [fonts(), encoder()]),
    contentSecurityPolicy,
    licence.page,
    offline(),
  ],
  worker: { format: 'es', plugins: () => [licence.worker()] },
  server: { fs: { allow: [top] } },
  build: {
    outDir: `${top}dist`,
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    reportCompressedSize: true,
    // The policy allows no data: fonts, scripts or styles, so nothing is written into the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    // The default leaves one core idle, which on a machine with two is half of it.
    maxWorkers: availableParallelism(),
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongFilesFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['{engine,exercises,quiz}/**/*.test.ts'],
          exclude: [...withBrowserGlobals],
          // What is tested here keeps no state outside of its objects, so files share a process, which loads and compiles the engine once.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'lab', include: ['lab/**/*.test.ts', ...withBrowserGlobals] },
      },
    ],
  },
});
