import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';
import { walls } from './lab/setup/import-rule.mjs';

const clock =
  'Time is passed in: take `now` as a parameter. Only engine/runner and engine/live read a clock.';
const chance =
  'Randomness is passed in: take a stream of engine/core/random. The same seed must give the same run.';
const inexact =
  'Its last bit differs between JavaScript engines, and so would the run. Use engine/core/exact-math.';

const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'];
const inexactFunctions =
  'log log2 log10 log1p exp expm1 pow sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh cbrt hypot';

/** Rules against clocks and chance. Flat config replaces a rule's options, so each block below has them in full. */
const noClocks = {
  globals: timers.map((name) => ({ name, message: clock })),
  properties: [
    { object: 'Date', property: 'now', message: clock },
    { object: 'performance', property: 'now', message: clock },
    { object: 'Math', property: 'random', message: chance },
    { object: 'crypto', property: 'getRandomValues', message: chance },
    { object: 'crypto', property: 'randomUUID', message: chance },
  ],
  syntax: [
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clock },
    { selector: 'CallExpression[callee.name="Date"]', message: clock },
  ],
};

const noInexactMath = {
  properties: inexactFunctions.split(' ').map((property) => ({ object: 'Math', property, message: inexact })),
  syntax: [
    { selector: 'BinaryExpression[operator="**"]', message: inexact },
    { selector: 'AssignmentExpression[operator="**="]', message: inexact },
  ],
};

const exactRooms = ['core', 'cache', 'cost', 'latency', 'simulation', 'scenarios'];
const tests = '**/*.test.ts';

export default typescript.config(
  { ignores: ['dist/', 'node_modules/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  typescript.configs.recommended,
  svelte.configs.recommended,
  {
    plugins: { house: { rules: { walls } } },
    rules: {
      'house/walls': 'error',
      eqeqeq: ['error', 'always'],
      'no-var': 'error',
      'prefer-const': 'error',
      // The types check names; for components, svelte-check does.
      'no-undef': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  { files: ['**/*.mjs', '*.js', 'vite.config.ts'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: typescript.parser, extraFileExtensions: ['.svelte'] } },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      'prefer-const': 'off', // $props() and $bindable() need let
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$derived'] }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'SvelteAttribute[key.name="style"]',
          message:
            'The policy of the page blocks style attributes. Use a class, or the directive style:name={value}.',
        },
      ],
    },
  },
  {
    files: ['engine/**/*.ts'],
    ignores: ['engine/runner/**', 'engine/live/**'],
    rules: {
      'no-restricted-globals': ['error', ...noClocks.globals],
      'no-restricted-properties': ['error', ...noClocks.properties],
      'no-restricted-syntax': ['error', ...noClocks.syntax],
    },
  },
  {
    files: exactRooms.map((room) => `engine/${room}/**/*.ts`),
    ignores: [tests],
    rules: {
      'no-restricted-properties': ['error', ...noClocks.properties, ...noInexactMath.properties],
      'no-restricted-syntax': ['error', ...noClocks.syntax, ...noInexactMath.syntax],
    },
  },
  {
    // Learner code: a starter has arguments that nothing uses yet.
    files: ['exercises/*/{starter,reference,mended}.ts', 'exercises/*/{wrong,mutants}/*.ts'],
    rules: { '@typescript-eslint/no-unused-vars': 'off' },
  },
  // Coefficients are printed as published, with more digits than a double holds.
  { files: ['engine/core/exact-math.ts'], rules: { 'no-loss-of-precision': 'off' } },
);
