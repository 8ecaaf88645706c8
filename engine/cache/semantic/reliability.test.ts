import { describe, expect, it } from 'vitest';
import { TUNE } from './pairs.fixture.ts';
import { looksEnglish, unreliable } from './reliability.ts';

describe('reliability of a vector', () => {
  it('needs a text of 1 to 128 pieces that the encoder knows', () => {
    expect(unreliable('', 0, 0)).toBe('empty');
    expect(unreliable('?!', 1, 0)).toBe('empty');
    expect(unreliable('a text', 128, 0)).toBe(null);
    expect(unreliable('a text', 129, 0)).toBe('too long');
    expect(unreliable('a text', 20, 2)).toBe('not English');
  });

  it.each([
    'Was ist die Hauptstadt von Frankreich?',
    'Donne-moi une recette de crêpes',
    '¿Cuál es la capital de Francia?',
    'Come si fa la pasta?',
    'Qual é a capital do Brasil?',
    'Hoe laat is het?',
    'Hur mår du?',
    'Jak się masz?',
    'Berapa harga ini?',
    'Bonjour',
    '你好，你是谁',
    'Привет, как дела',
    'こんにちは',
  ])('%s is not English', (text) => expect(looksEnglish(text)).toBe(false));

  it.each([
    'Translate "Wie geht es dir, mein Freund?" into English',
    'AI ethics',
    'Los Angeles weather',
    'Does vitamin D help?',
    'What is a café?',
    'kubectl get pods -n default',
    '2 + 2',
  ])('%s is English', (text) => expect(looksEnglish(text)).toBe(true));

  it('takes every prompt of the pairs for English', () => {
    const prompts = TUNE.flatMap(({ a, b }) => [a, b]);
    expect(prompts.filter((prompt) => !looksEnglish(prompt))).toEqual([]);
  });
});
