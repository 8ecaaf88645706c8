import { describe, expect, it } from 'vitest';
import { escapeGlob, globMatches, utf8Length } from './text.ts';

describe('glob', () => {
  it.each([
    ['*', '', true],
    ['h?llo', 'hello', true],
    ['h?llo', 'hllo', false],
    ['h*llo', 'heeello', true],
    ['h[ae]llo', 'hallo', true],
    ['h[ae]llo', 'hillo', false],
    ['h[^e]llo', 'hallo', true],
    ['h[^e]llo', 'hello', false],
    ['h[a-b]llo', 'hbllo', true],
    ['h[b-a]llo', 'hallo', true],
    ['*a*b*c', 'xxaxxbxxbxc', true],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['[\\]]', ']', true],
    ['abc', 'abcd', false],
  ])('%s %s: %s', (pattern, text, expected) => {
    expect(globMatches(pattern, text)).toBe(expected);
  });

  it('an escaped key matches itself and nothing else', () => {
    for (const key of ['a*b', 'a?b', '[x]', 'a\\b', '^-', 'plain']) {
      expect(globMatches(escapeGlob(key), key)).toBe(true);
      expect(globMatches(escapeGlob(key), `${key}x`)).toBe(false);
    }
    expect(globMatches(escapeGlob('a*b'), 'axb')).toBe(false);
  });
});

it('counts UTF-8 as the platform does', () => {
  for (const text of ['', 'a', 'é', 'ключ', '€', '💾', 'a💾b', '\ud800', '\udc00x', '\ud800\ud800'])
    expect(utf8Length(text), JSON.stringify(text)).toBe(new TextEncoder().encode(text).length);
});
