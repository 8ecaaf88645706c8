import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faces, symbols } from './recipe.ts';

const css = readFileSync(new URL('../styles/fonts.css', import.meta.url), 'utf8');

test('the style sheet asks for every face, and for no other', () => {
  const asked = [...css.matchAll(/@fonts\/([\w-]+)\.woff2/g)].map((match) => match[1]);
  expect(new Set(asked)).toEqual(new Set(faces.map((face) => face.name)));
});

test('the ranges of the borrowed symbols are the symbols of the recipe', () => {
  const rules = css.split('@font-face').filter((rule) => rule.includes('symbols.woff2'));
  expect(rules).not.toHaveLength(0);
  for (const rule of rules) expect(charactersOf(rule)).toEqual([...symbols].sort());
});

/** The characters in a rule's unicode-range, sorted. */
function charactersOf(rule: string): string[] {
  const characters: string[] = [];
  for (const [, first, last] of rule.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)) {
    const end = parseInt(last ?? first, 16);
    for (let code = parseInt(first, 16); code <= end; code++) characters.push(String.fromCodePoint(code));
  }
  return characters.sort();
}
