import { expect, test } from 'vitest';
import { segments } from './rich-text.ts';

test('terms come out of the text around them', () => {
  expect(segments('A failover emptied [[l2|Redis]] and [[l1|memory]].')).toEqual([
    'A failover emptied ',
    { tier: 'l2', words: 'Redis' },
    ' and ',
    { tier: 'l1', words: 'memory' },
    '.',
  ]);
  expect(segments('[[trouble|A retry storm]]')).toEqual([{ tier: 'trouble', words: 'A retry storm' }]);
});

test('a figure and its unit stay together', () =>
  expect(segments('2.1 k calls in 12 s')).toEqual(['2.1\u00a0k calls in 12\u00a0s']));

test('what names no tier stays as it is', () => {
  expect(segments('plain')).toEqual(['plain']);
  expect(segments('a [[cdn|edge]] b')).toEqual(['a [[cdn|edge]] b']);
  expect(segments('')).toEqual([]);
});

test('strong words and code come out, too, and what is not closed stays', () => {
  expect(segments('It is **not** `max-age`.')).toEqual([
    'It is ',
    { strong: 'not' },
    ' ',
    { code: 'max-age' },
    '.',
  ]);
  expect(segments('2 ** 3 and a ` alone')).toEqual(['2 ** 3 and a ` alone']);
});
