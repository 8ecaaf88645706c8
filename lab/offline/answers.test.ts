import { expect, test } from 'vitest';
import { answerer, type Asked } from './answers.ts';

const base = 'https://lab.example/course/';
const file = { sha256: '', bytes: 1, part: 'shell' } as const;
const list = {
  version: 'one',
  files: [
    { ...file, url: 'index.html' },
    { ...file, url: 'assets/a-1.js' },
  ],
};
const answer = answerer(list, base);
const asked = (url: string, more: Partial<Asked> = {}): Asked => ({
  url,
  method: 'GET',
  mode: 'cors',
  range: false,
  ...more,
});
const page = { mode: 'navigate' };

test('the page, under each of its addresses, and the listed files come from the store', () => {
  for (const url of [base, `${base}?seed=7#/code`, `${base}index.html`])
    expect(answer(asked(url, page))).toEqual({ from: 'store', url: `${base}index.html` });
  expect(answer(asked(`${base}assets/a-1.js?x`))).toEqual({ from: 'store', url: `${base}assets/a-1.js` });
});

test('another page asks the network first; a part of an older version may still be here', () => {
  expect(answer(asked(`${base}somewhere`, page))).toEqual({
    from: 'network',
    otherwise: `${base}index.html`,
  });
  expect(answer(asked(`${base}assets/a-0.js`))).toEqual({ from: 'older', url: `${base}assets/a-0.js` });
});

test('what is not ours is left to the browser', () => {
  expect(answer(asked(base, { method: 'POST' }))).toBeUndefined();
  expect(answer(asked(`${base}assets/a-1.js`, { range: true }))).toBeUndefined();
  expect(answer(asked('https://lab.example/other/', page))).toBeUndefined();
  expect(answer(asked(`${base}data`))).toBeUndefined();
});
