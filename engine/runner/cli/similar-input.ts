import { InputError, show } from '../../core/errors.ts';

/**
 * @param file where the text is from, for messages
 * @throws InputError when it isn't an array of pairs of texts; it says which element is wrong
 */
export function pairsFrom(file: string, text: string): [string, string][] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(file, 'JSON', show(text), error instanceof Error ? `${error.message}.` : '');
  }
  if (!Array.isArray(value)) throw new InputError(file, 'an array of pairs of texts', show(value));
  return value.map((pair: unknown, i): [string, string] => {
    const place = `${file}[${i}]`;
    if (!Array.isArray(pair) || pair.length !== 2)
      throw new InputError(place, 'a pair [a, b] of texts', show(pair));
    pair.forEach((prompt: unknown, j) => {
      if (typeof prompt !== 'string') throw new InputError(`${place}[${j}]`, 'a text', show(prompt));
    });
    return pair as [string, string];
  });
}
