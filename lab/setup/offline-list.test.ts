import { expect, test } from 'vitest';
import { listFiles } from './offline-list.ts';

const site = {
  'index.html':
    '<script src="./assets/index-1.js"></script><link rel="stylesheet" href="./assets/index-1.css">',
  'assets/index-1.js': 'new Worker(new URL(`worker-1.js`,import.meta.url)); import("./later-1.js")',
  'assets/index-1.css': '@font-face{src:url(./inter-1.woff2)}',
  'assets/inter-1.woff2': 'font',
  'assets/worker-1.js': 'work',
  'assets/later-1.js': 'new URL("other-1.js", import.meta.url)',
  'assets/other-1.js': 'other',
  'assets/model_quantized-1.onnx': 'x'.repeat(5_000_000),
  'assets/tokenizer-1.json': '{}',
  'sw.js': 'worker of the build before',
};
const map = (files: Record<string, string>) =>
  new Map(Object.entries(files).map(([url, text]) => [url, new TextEncoder().encode(text)]));

test('every file is listed, large ones too; the start page’s parts are told from the others', () => {
  const { files } = listFiles(map(site));
  const part = (name: string) => files.filter((file) => file.part === name).map(({ url }) => url);
  expect(part('shell')).toEqual([
    'assets/index-1.css',
    'assets/index-1.js',
    'assets/inter-1.woff2',
    'assets/worker-1.js',
    'index.html',
  ]);
  expect(part('rest')).toEqual(['assets/later-1.js', 'assets/other-1.js']);
  expect(part('encoder')).toEqual(['assets/model_quantized-1.onnx', 'assets/tokenizer-1.json']);
  expect(files.find(({ url }) => url.endsWith('.onnx'))?.bytes).toBe(5_000_000);
  expect(files.find(({ url }) => url === 'assets/tokenizer-1.json')?.sha256).toBe(
    '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
  );
});

test('the version changes with a file, and not with the worker', () => {
  const { version } = listFiles(map(site));
  expect(listFiles(map({ ...site, 'sw.js': 'another' })).version).toBe(version);
  expect(listFiles(map({ ...site, 'assets/other-1.js': 'othe2' })).version).not.toBe(version);
});

test('a site without a page is refused', () => {
  expect(() => listFiles(map({ 'a.js': '' }))).toThrow('expected an index.html');
});
