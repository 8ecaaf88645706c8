import type { CountTokens } from './tokens.ts';

/** What stands where text was taken out, with how much it was. */
export function cutMark(characters: number): string {
  return `\n[… ${characters} characters left out …]\n`;
}

/**
 * The text with its middle left out, so that it has at most `tokens`; as it is when it fits. Three quarters of what stays are the
 * beginning: a result says there what it is, and at its end how it ended. Undefined when not even the mark fits.
 */
export function shortenText(text: string, tokens: number, count: CountTokens): string | undefined {
  if (count(text) <= tokens) return text;
  let [fits, tooMany] = [-1, text.length];
  while (tooMany - fits > 1) {
    const kept = Math.floor((fits + tooMany) / 2);
    if (count(without(text, kept)) <= tokens) fits = kept;
    else tooMany = kept;
  }
  return fits < 0 ? undefined : without(text, fits);
}

function without(text: string, kept: number): string {
  let head = Math.ceil(kept * 0.75);
  let tail = text.length - (kept - head);
  // A character beyond the basic plane is two units; half of one is none.
  if (isLowSurrogate(text, head)) head--;
  if (isLowSurrogate(text, tail)) tail++;
  return text.slice(0, head) + cutMark(tail - head) + text.slice(tail);
}

function isLowSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
