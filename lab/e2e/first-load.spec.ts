/** Holds down what a first visit has to fetch. Bytes of the built files, never times. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { filesOfPage, firstFiles } from '../setup/first-load.mjs';
import { dist } from '../setup/places.mjs';

const paths = ['index.html', ...readdirSync(join(dist, 'assets')).map((name) => `assets/${name}`)];
const files = new Map(
  paths
    .filter((path) => /\.(html|js|css)$/.test(path))
    .map((path) => [path, readFileSync(join(dist, path), 'utf8')]),
);
const gzipBytes = (some: Iterable<string>): number =>
  [...some].reduce((sum, path) => sum + gzipSync(files.get(path)!).length, 0);

const home = new Set([...firstFiles(files), ...filesOfPage(files, 'CoursePage')]);
const lab = [...filesOfPage(files, 'LabPage')].filter((path) => !home.has(path));

test('the home page needs at most 100 kB', () => {
  expect(gzipBytes(home)).toBeLessThanOrEqual(100_000);
});

test('the page of the lab adds no more than it did', () => {
  // 60 kB are to be reached: this bound goes down with what is saved, never up.
  expect(gzipBytes(lab)).toBeLessThanOrEqual(90_000);
});

test('editor and encoder come when they are used', () => {
  for (const path of [...home, ...lab]) {
    const text = files.get(path)!;
    expect(text.includes('cm-content'), `${path} has the editor`).toBe(false);
    expect(text.includes('InferenceSession'), `${path} has the encoder`).toBe(false);
  }
  // The words that are looked for are in the files that they stand for.
  expect([...files.values()].some((text) => text.includes('cm-content'))).toBe(true);
  expect([...files.values()].some((text) => text.includes('InferenceSession'))).toBe(true);
});
