import { expect, test } from 'vitest';
import { filesOfPage, firstFiles } from './first-load.mjs';

const files = new Map(
  Object.entries({
    'index.html':
      '<script src="./assets/index-1.js"></script><link href="./assets/index-1.css"><a href="./icon.svg">',
    'assets/index-1.js':
      'm.f=["./LabPage-1.js","./charts-1.js","./LabPage-1.css"];import{a}from"./shared-1.js";' +
      'x(()=>import(`./OtherPage-1.js`),__vite__mapDeps([1]));x(()=>import(`./LabPage-1.js`).then(e=>e.t),__vite__mapDeps([0,2]))',
    'assets/index-1.css': '',
    'assets/shared-1.js': 'import"./deep-1.js";',
    'assets/deep-1.js': 'import("./later-1.js")',
    'assets/LabPage-1.js': 'import{b as c}from"./charts-1.js";import(`./editor-1.js`)',
    'assets/LabPage-1.css': '',
    'assets/charts-1.js': 'import{a}from"./shared-1.js"',
  }),
);

test('the first files are what index.html names, and what that imports', () => {
  expect([...firstFiles(files)].sort()).toEqual([
    'assets/deep-1.js',
    'assets/index-1.css',
    'assets/index-1.js',
    'assets/shared-1.js',
    'index.html',
  ]);
});

test('a page brings its own imports and styles, and nothing that is fetched later', () => {
  expect([...filesOfPage(files, 'LabPage')].sort()).toEqual([
    'assets/LabPage-1.css',
    'assets/LabPage-1.js',
    'assets/charts-1.js',
    'assets/deep-1.js',
    'assets/shared-1.js',
  ]);
  expect(() => filesOfPage(files, 'NoPage')).toThrow('NoPage');
});
